package main

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"
)

// A limit of two, an error in the midst, and the context that it ends: who starts when, what Wait returns, what TryGo says.
func main() {
	group, ctx := errgroup.WithContext(context.Background())
	group.SetLimit(2)
	gates := []chan int{make(chan int), make(chan int)}
	for i := 0; i < 6; i++ {
		i := i
		fmt.Println("main asks for", i)
		group.Go(func() error {
			fmt.Println(i, "begins")
			if i < 2 {
				fmt.Println(i, "got", <-gates[i])
			} else {
				<-ctx.Done()
				fmt.Println(i, "sees", ctx.Err())
			}
			if i == 1 {
				return errors.New("one failed")
			}
			return ctx.Err()
		})
		if i == 1 {
			fmt.Println("one more", group.TryGo(func() error { return nil }))
			gates[0] <- 10
			gates[1] <- 20
		}
	}
	fmt.Println("main waits")
	fmt.Println("the group says", group.Wait())
	fmt.Println("the context says", ctx.Err())

	var plain errgroup.Group
	fmt.Println("free", plain.TryGo(func() error {
		fmt.Println("alone")
		return nil
	}))
	fmt.Println("no error", plain.Wait() == nil)
	plain.SetLimit(0)
	fmt.Println("none", plain.TryGo(func() error { return nil }))
}
