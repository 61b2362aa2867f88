package main

import "fmt"

// Each link adds one to what comes from its right.
func main() {
	leftmost := make(chan int)
	left := leftmost
	for i := 0; i < 6; i++ {
		right := make(chan int)
		go func(i int, left chan<- int, right <-chan int) {
			fmt.Println("link", i, "waits")
			v := <-right
			fmt.Println("link", i, "has", v)
			left <- v + 1
			fmt.Println("link", i, "ends")
		}(i, left, right)
		left = right
	}
	go func(c chan<- int) {
		fmt.Println("start")
		c <- 1
	}(left)
	fmt.Println("result", <-leftmost)
}
