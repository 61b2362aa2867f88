package main

import (
	"fmt"
	"runtime"
	"sync"
)

// A buffered channel lets two in at a time.
func main() {
	places := make(chan struct{}, 2)
	var group sync.WaitGroup
	for i := 0; i < 5; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			places <- struct{}{}
			fmt.Println("in", i, len(places))
			runtime.Gosched()
			fmt.Println("out", i)
			<-places
		}(i)
	}
	group.Wait()
	fmt.Println("done", len(places))
}
