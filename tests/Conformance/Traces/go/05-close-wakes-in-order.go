package main

import (
	"fmt"
	"runtime"
	"sync"
)

// Close makes all receivers runnable in the order of waiting; the last one made runnable runs next.
func main() {
	c := make(chan int)
	var group sync.WaitGroup
	for i := 0; i < 5; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			fmt.Println("waiting", i)
			v, ok := <-c
			fmt.Println("woken", i, v, ok)
		}(i)
	}
	runtime.Gosched()
	fmt.Println("close")
	close(c)
	group.Wait()
	fmt.Println("done")
}
