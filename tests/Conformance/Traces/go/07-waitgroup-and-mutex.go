package main

import (
	"fmt"
	"runtime"
	"sync"
)

// A mutex in normal mode: the holder that comes back takes it before the waiter that it woke.
func main() {
	var mutex sync.Mutex
	var group sync.WaitGroup
	for i := 0; i < 3; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			for turn := 0; turn < 2; turn++ {
				mutex.Lock()
				fmt.Println("goroutine", i, "turn", turn)
				runtime.Gosched()
				mutex.Unlock()
			}
		}(i)
	}
	group.Wait()
	fmt.Println("done")
}
