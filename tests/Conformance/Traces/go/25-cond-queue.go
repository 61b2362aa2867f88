package main

import (
	"fmt"
	"runtime"
	"sync"
)

// A queue of two places under a condition: the producer waits for room, the consumers for items.
func main() {
	var mutex sync.Mutex
	changed := sync.NewCond(&mutex)
	var items []int
	closed := false
	var group sync.WaitGroup
	for i := 0; i < 2; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			for {
				mutex.Lock()
				for len(items) == 0 && !closed {
					fmt.Println("consumer", i, "waits")
					changed.Wait()
				}
				if len(items) == 0 {
					mutex.Unlock()
					fmt.Println("consumer", i, "ends")
					return
				}
				v := items[0]
				items = items[1:]
				fmt.Println("consumer", i, "takes", v)
				changed.Broadcast()
				mutex.Unlock()
				runtime.Gosched()
			}
		}(i)
	}
	for v := 0; v < 6; v++ {
		mutex.Lock()
		for len(items) == 2 {
			fmt.Println("producer waits")
			changed.Wait()
		}
		items = append(items, v)
		fmt.Println("producer puts", v)
		changed.Signal()
		mutex.Unlock()
	}
	mutex.Lock()
	closed = true
	changed.Broadcast()
	mutex.Unlock()
	group.Wait()
	fmt.Println("done")
}
