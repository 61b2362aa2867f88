package main

import "fmt"

// What is in the buffer outlives the close.
func main() {
	c := make(chan string, 4)
	c <- "a"
	c <- "b"
	c <- "c"
	fmt.Println(len(c), cap(c))
	v, ok := <-c
	fmt.Println(v, ok, len(c))
	close(c)
	fmt.Println("closed", len(c), cap(c))
	for v := range c {
		fmt.Println("ranged", v, len(c))
	}
	v, ok = <-c
	fmt.Println("["+v+"]", ok)
	select {
	case v, ok = <-c:
		fmt.Println("select ["+v+"]", ok)
	default:
		fmt.Println("default")
	}
}
