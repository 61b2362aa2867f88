package main

import "fmt"

// A pair passes a value through run-next while a third goroutine waits for its turn.
func main() {
	there, back, done := make(chan int), make(chan int), make(chan bool)
	go func() {
		fmt.Println("third runs")
		done <- true
	}()
	go func() {
		for v := range there {
			fmt.Println("ping", v)
			back <- v + 1
		}
		done <- true
	}()
	v := 0
	for i := 0; i < 4; i++ {
		there <- v
		v = <-back
		fmt.Println("pong", v)
	}
	close(there)
	<-done
	<-done
	fmt.Println("done")
}
