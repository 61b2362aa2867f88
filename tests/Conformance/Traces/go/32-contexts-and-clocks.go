// Trees of contexts and what ends them; timers and tickers that are stopped, reset and late.
package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"
)

type key string

func tree() {
	root, cancelRoot := context.WithCancel(context.WithValue(context.Background(), key("name"), "root"))
	left, cancelLeft := context.WithCancel(root)
	right, cancelRight := context.WithTimeout(context.WithValue(root, key("name"), "right"), time.Hour)
	leaf, cancelLeaf := context.WithCancel(context.WithValue(left, key("leaf"), 1))
	defer cancelRight()
	defer cancelLeaf()
	fmt.Println(left.Value(key("name")), right.Value(key("name")), leaf.Value(key("leaf")), right.Value(key("leaf")))
	_, has := right.Deadline()
	_, none := leaf.Deadline()
	fmt.Println(has, none)
	cancelLeft()
	fmt.Println(root.Err(), left.Err(), leaf.Err(), right.Err())
	cancelRoot()
	cancelRoot()
	fmt.Println(root.Err(), right.Err(), errors.Is(right.Err(), context.Canceled))
	late, cancelLate := context.WithCancel(right)
	fmt.Println(late.Err())
	cancelLate()
	select {
	case <-late.Done():
		fmt.Println("late is done")
	default:
		fmt.Println("never")
	}
	fmt.Println(context.Background().Done() == nil, context.Background().Err())
}

func deadlines() {
	ctx, cancel := context.WithTimeout(context.Background(), 0)
	fmt.Println(ctx.Err())
	cancel()
	fmt.Println(ctx.Err())
	parent, cancelParent := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancelParent()
	child, cancelChild := context.WithTimeout(parent, time.Hour)
	defer cancelChild()
	p, _ := parent.Deadline()
	c, _ := child.Deadline()
	fmt.Println(p.Equal(c))
	<-child.Done()
	fmt.Println(child.Err(), errors.Is(child.Err(), context.DeadlineExceeded), parent.Err())
	cancelChild()
	fmt.Println(child.Err())
}

func waiting() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan string)
	for i := 0; i < 3; i++ {
		go func(i int) {
			<-ctx.Done()
			done <- fmt.Sprint("waiter ", i, " ", ctx.Err())
		}(i)
	}
	runtime.Gosched()
	runtime.Gosched()
	cancel()
	for i := 0; i < 3; i++ {
		fmt.Println(<-done)
	}
}

func timers() {
	t := time.NewTimer(time.Hour)
	fmt.Println(t.Stop(), t.Stop(), t.Reset(20*time.Millisecond))
	<-t.C
	fmt.Println("fired", t.Stop(), t.Reset(time.Hour), t.Reset(20*time.Millisecond))
	<-t.C
	fired := make(chan string, 4)
	f := time.AfterFunc(20*time.Millisecond, func() { fired <- "function" })
	fmt.Println(<-fired, f.Stop(), f.Reset(20*time.Millisecond))
	fmt.Println(<-fired)
	g := time.AfterFunc(time.Hour, func() { fired <- "never" })
	fmt.Println(g.Stop(), g.Stop())
	for _, d := range []int{150, 50, 250} {
		d := d
		time.AfterFunc(time.Duration(d)*time.Millisecond, func() { fired <- fmt.Sprint("after ", d) })
	}
	for i := 0; i < 3; i++ {
		fmt.Println(<-fired)
	}
	select {
	case <-time.After(50 * time.Millisecond):
		fmt.Println("timed out")
	case v := <-fired:
		fmt.Println("never", v)
	}
	ticker := time.NewTicker(20 * time.Millisecond)
	for i := 0; i < 3; i++ {
		<-ticker.C
		fmt.Println("tick", i)
	}
	ticker.Reset(time.Hour)
	ticker.Stop()
	select {
	case <-ticker.C:
		fmt.Println("never")
	case <-time.After(60 * time.Millisecond):
		fmt.Println("stopped")
	}
	ticker.Reset(20 * time.Millisecond)
	<-ticker.C
	fmt.Println("ticks again")
	ticker.Stop()
}

func main() {
	for _, part := range []struct {
		name string
		run  func()
	}{{"tree", tree}, {"deadlines", deadlines}, {"waiting", waiting}, {"timers", timers}} {
		fmt.Println("--", part.name)
		part.run()
	}
}
