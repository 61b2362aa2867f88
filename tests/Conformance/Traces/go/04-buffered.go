package main

import "fmt"

// A sender runs on until the buffer is full, a receiver until it is empty.
func main() {
	c := make(chan int, 3)
	done := make(chan bool)
	go func() {
		for i := 0; i < 8; i++ {
			c <- i
			fmt.Println("sent", i, "len", len(c))
		}
		close(c)
		done <- true
	}()
	for v := range c {
		fmt.Println("received", v, "len", len(c))
	}
	<-done
	fmt.Println("done")
}
