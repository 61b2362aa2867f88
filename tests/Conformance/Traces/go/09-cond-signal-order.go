package main

import (
	"fmt"
	"runtime"
	"sync"
)

// Signals wake in the order of waiting.
func main() {
	var mutex sync.Mutex
	var group sync.WaitGroup
	cond := sync.NewCond(&mutex)
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			mutex.Lock()
			fmt.Println("waits", i)
			cond.Wait()
			fmt.Println("woken", i)
			mutex.Unlock()
		}(i)
	}
	runtime.Gosched()
	for i := 0; i < 2; i++ {
		fmt.Println("signal")
		cond.Signal()
		runtime.Gosched()
	}
	fmt.Println("broadcast")
	cond.Broadcast()
	group.Wait()
	fmt.Println("done")
}
