package main

import "fmt"

// Who goes on after a hand-off on an unbuffered channel.
func main() {
	c := make(chan int)
	done := make(chan bool)
	go func() {
		for i := 0; i < 4; i++ {
			fmt.Println("sending", i)
			c <- i
			fmt.Println("sent", i)
		}
		close(c)
		fmt.Println("closed")
		done <- true
	}()
	for v := range c {
		fmt.Println("received", v)
	}
	fmt.Println("end of range")
	<-done
	fmt.Println("done")
}
