package main

import (
	"fmt"
	"runtime"
	"sync"
)

// Giving way goes behind everybody.
func main() {
	var group sync.WaitGroup
	for i := 0; i < 3; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			for step := 0; step < 3; step++ {
				fmt.Println("goroutine", i, "step", step)
				runtime.Gosched()
			}
		}(i)
	}
	group.Wait()
	fmt.Println("done")
}
