package main

import (
	"fmt"
	"runtime"
	"sync"
)

// A waiting writer keeps new readers out; after it all of them get in together.
func main() {
	var lock sync.RWMutex
	var group sync.WaitGroup
	start := func(body func()) {
		group.Add(1)
		go func() {
			defer group.Done()
			body()
		}()
	}
	lock.RLock()
	lock.RLock()
	start(func() {
		fmt.Println("writer wants")
		lock.Lock()
		fmt.Println("writer has")
		runtime.Gosched()
		fmt.Println("writer leaves")
		lock.Unlock()
	})
	runtime.Gosched()
	for i := 0; i < 3; i++ {
		i := i
		start(func() {
			fmt.Println("reader wants", i)
			lock.RLock()
			fmt.Println("reader has", i)
			lock.RUnlock()
		})
	}
	runtime.Gosched()
	fmt.Println("reader tries", lock.TryRLock(), "writer tries", lock.TryLock())
	fmt.Println("first reader leaves")
	lock.RUnlock()
	runtime.Gosched()
	fmt.Println("second reader leaves")
	lock.RUnlock()
	group.Wait()
	fmt.Println("reader tries", lock.TryRLock(), "writer tries", lock.TryLock())
}
