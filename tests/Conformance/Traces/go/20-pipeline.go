package main

import "fmt"

// Three stages, each of which sends and receives: in which order they get on.
func main() {
	stage := func(name string, in <-chan int, f func(int) int) <-chan int {
		out := make(chan int)
		go func() {
			for v := range in {
				fmt.Println(name, "has", v)
				out <- f(v)
			}
			fmt.Println(name, "ends")
			close(out)
		}()
		return out
	}
	source := make(chan int)
	go func() {
		for i := 1; i <= 4; i++ {
			fmt.Println("source", i)
			source <- i
		}
		close(source)
	}()
	squared := stage("square", source, func(v int) int { return v * v })
	added := stage("add", squared, func(v int) int { return v + 1 })
	for v := range added {
		fmt.Println("result", v)
	}
}
