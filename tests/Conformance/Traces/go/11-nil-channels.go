package main

import "fmt"

// A nil channel disables its case: two sources are merged until both have ended.
func main() {
	a, b := make(chan int), make(chan int)
	produce := func(c chan<- int, from int) {
		for i := 0; i < 3; i++ {
			fmt.Println("sending", from+i)
			c <- from + i
		}
		close(c)
	}
	go produce(a, 10)
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			fmt.Println("a", v, ok)
			if !ok {
				a = nil
				go produce(b, 20)
			}
		case v, ok := <-b:
			fmt.Println("b", v, ok)
			if !ok {
				b = nil
			}
		}
	}
	var never chan int
	select {
	case never <- 1:
		fmt.Println("sent to nil")
	case <-never:
		fmt.Println("received from nil")
	default:
		fmt.Println("both are nil")
	}
	fmt.Println(len(never), cap(never))
}
