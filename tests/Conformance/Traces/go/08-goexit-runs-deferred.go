package main

import (
	"fmt"
	"runtime"
	"sync"
)

func inner() {
	defer fmt.Println("inner deferred")
	runtime.Goexit()
}

// Goexit runs deferred calls from the inside out and ends the goroutine only.
func main() {
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		defer fmt.Println("outer deferred")
		inner()
		fmt.Println("not reached")
	}()
	group.Wait()
	fmt.Println("done")
}
