package main

import "fmt"

func generate(target chan<- int) {
	for i := 2; ; i++ {
		target <- i
	}
}

func filter(source <-chan int, target chan<- int, prime int) {
	for v := range source {
		if v%prime != 0 {
			fmt.Println("filter", prime, "passes", v)
			target <- v
		}
	}
}

// The sieve: in which order the filters of the chain run.
func main() {
	source := make(chan int)
	go generate(source)
	for i := 0; i < 6; i++ {
		prime := <-source
		fmt.Println("prime", prime)
		target := make(chan int)
		go filter(source, target, prime)
		source = target
	}
}
