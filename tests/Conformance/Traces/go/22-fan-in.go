package main

import (
	"fmt"
	"sync"
)

// Three senders, one receiver, no buffer: each gets its turn in the order of waiting.
func main() {
	c := make(chan string)
	var group sync.WaitGroup
	for i := 0; i < 3; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			for n := 0; n < 3; n++ {
				c <- fmt.Sprint("sender ", i, " value ", n)
				fmt.Println("sent", i, n)
			}
		}(i)
	}
	go func() {
		group.Wait()
		fmt.Println("all sent")
		close(c)
	}()
	for v := range c {
		fmt.Println(v)
	}
}
