package main

import (
	"fmt"
	"runtime"
	"sync"
)

// Who waits for a mutex gets it in the order of waiting, unless somebody who runs takes it first.
func main() {
	var mutex sync.Mutex
	var group sync.WaitGroup
	mutex.Lock()
	for i := 0; i < 5; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			fmt.Println("wants", i)
			mutex.Lock()
			fmt.Println("has", i)
			mutex.Unlock()
		}(i)
	}
	runtime.Gosched()
	fmt.Println("unlock")
	mutex.Unlock()
	fmt.Println("barges in", mutex.TryLock())
	fmt.Println("twice", mutex.TryLock())
	runtime.Gosched()
	fmt.Println("unlock again")
	mutex.Unlock()
	group.Wait()
	fmt.Println("done", mutex.TryLock())
}
