package main

import (
	"fmt"
	"sync"
)

// The goroutine started last runs first, the others in the order of their start.
func main() {
	var group sync.WaitGroup
	for i := 0; i < 10; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			fmt.Println("goroutine", i)
		}(i)
	}
	fmt.Println("main waits")
	group.Wait()
	fmt.Println("done")
}
