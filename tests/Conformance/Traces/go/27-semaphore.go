package main

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"golang.org/x/sync/semaphore"
)

// A large request at the head of the queue keeps small ones behind it waiting; who gives up lets them pass.
func main() {
	ctx := context.Background()
	sem := semaphore.NewWeighted(4)
	fmt.Println("three", sem.TryAcquire(3))
	var group sync.WaitGroup
	ask := func(ctx context.Context, name string, weight int64) {
		group.Add(1)
		go func() {
			defer group.Done()
			fmt.Println(name, "asks for", weight)
			if err := sem.Acquire(ctx, weight); err != nil {
				fmt.Println(name, "gives up:", err)
				return
			}
			fmt.Println(name, "holds", weight)
			runtime.Gosched()
			sem.Release(weight)
			fmt.Println(name, "gave", weight)
		}()
		runtime.Gosched()
	}
	impatient, cancel := context.WithCancel(ctx)
	ask(impatient, "large", 4)
	ask(ctx, "small", 1)
	ask(ctx, "other", 1)
	fmt.Println("one", sem.TryAcquire(1))
	cancel()
	for i := 0; i < 10; i++ {
		runtime.Gosched()
	}
	ask(ctx, "whole", 4)
	ask(ctx, "late", 1)
	fmt.Println("main gives three")
	sem.Release(3)
	group.Wait()
	fmt.Println("four", sem.TryAcquire(4))
}
