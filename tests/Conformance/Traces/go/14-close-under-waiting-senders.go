package main

import (
	"fmt"
	"runtime"
	"sync"
)

// Senders that wait when the channel is closed fail, the longest waiting first; what was in the buffer stays.
func main() {
	c := make(chan int, 1)
	c <- 0
	var group sync.WaitGroup
	for i := 1; i < 5; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			defer func() { fmt.Println("sender", i, recover()) }()
			fmt.Println("waiting", i)
			c <- i
			fmt.Println("sent", i)
		}(i)
	}
	runtime.Gosched()
	v := <-c
	fmt.Println("received", v, len(c))
	close(c)
	group.Wait()
	for v := range c {
		fmt.Println("left", v)
	}
	fmt.Println("done")
}
