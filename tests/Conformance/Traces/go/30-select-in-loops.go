// Selects over channels that close, become nil, fill up and drain; who is served when several wait.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func turns(n int) {
	for i := 0; i < n; i++ {
		runtime.Gosched()
	}
}

func mergeUntilClosed() {
	a, b := make(chan int), make(chan int)
	go func() {
		for i := 0; i < 2; i++ {
			a <- i
		}
		close(a)
	}()
	sum, closed := 0, 0
	turns(3)
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				fmt.Println("a closed")
				a = nil
				closed++
				go func() { b <- 10; b <- 20; close(b) }()
				continue
			}
			fmt.Println("a", v)
			sum += v
		case v, ok := <-b:
			if !ok {
				fmt.Println("b closed")
				b = nil
				closed++
				continue
			}
			fmt.Println("b", v)
			sum += v
		}
	}
	fmt.Println(sum, closed)
}

func sendOrDefault() {
	c := make(chan int, 2)
	for i := 0; i < 4; i++ {
		select {
		case c <- i:
			fmt.Println("sent", i, len(c))
		default:
			fmt.Println("full", i)
		}
	}
	close(c)
	for i := 0; i < 3; i++ {
		select {
		case v, ok := <-c:
			fmt.Println(v, ok)
		default:
			fmt.Println("never")
		}
	}
}

func waitingSelects() {
	c, quit := make(chan int), make(chan struct{})
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			for {
				select {
				case v := <-c:
					fmt.Println("worker", i, "got", v)
				case <-quit:
					fmt.Println("worker", i, "quits")
					return
				}
			}
		}(i)
	}
	turns(2)
	for v := 0; v < 5; v++ {
		c <- v
		turns(2)
	}
	close(quit)
	wg.Wait()
}

func sendersInSelect() {
	c, d := make(chan string), make(chan string)
	for _, n := range []string{"x", "y", "z"} {
		go func(n string) {
			select {
			case c <- n + " by c":
				fmt.Println(n, "sent by c")
			case d <- n + " by d":
				fmt.Println(n, "sent by d")
			}
		}(n)
	}
	turns(2)
	fmt.Println(<-d)
	turns(1)
	fmt.Println(<-c)
	turns(1)
	fmt.Println(<-d)
	turns(1)
	select {
	case v := <-c:
		fmt.Println("never", v)
	case v := <-d:
		fmt.Println("never", v)
	default:
		fmt.Println("nobody left")
	}
}

func closeUnderSelect() {
	c, done := make(chan int), make(chan bool)
	go func() {
		defer func() { fmt.Println("recovered:", recover()); done <- true }()
		select {
		case c <- 1:
			fmt.Println("never")
		case <-make(chan int):
			fmt.Println("never")
		}
	}()
	turns(2)
	close(c)
	<-done
	v, ok := <-c
	fmt.Println(v, ok)
}

func nilInSelect() {
	var none chan int
	c := make(chan int, 1)
	select {
	case none <- 1:
		fmt.Println("never")
	case <-none:
		fmt.Println("never")
	case c <- 5:
		fmt.Println("sent")
	}
	select {
	case v := <-none:
		fmt.Println("never", v)
	case v := <-c:
		fmt.Println("got", v)
	}
	fmt.Println(len(none), cap(none))
}

func tokens() {
	tokens := make(chan struct{}, 2)
	var wg sync.WaitGroup
	active := 0
	for i := 0; i < 5; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			tokens <- struct{}{}
			active++
			fmt.Println("begin", i, active)
			turns(1)
			active--
			<-tokens
			fmt.Println("end", i)
		}(i)
	}
	wg.Wait()
	fmt.Println(len(tokens), active)
}

func main() {
	for _, part := range []struct {
		name string
		run  func()
	}{{"mergeUntilClosed", mergeUntilClosed}, {"sendOrDefault", sendOrDefault}, {"waitingSelects", waitingSelects},
		{"sendersInSelect", sendersInSelect}, {"closeUnderSelect", closeUnderSelect}, {"nilInSelect", nilInSelect}, {"tokens", tokens}} {
		fmt.Println("--", part.name)
		part.run()
	}
}
