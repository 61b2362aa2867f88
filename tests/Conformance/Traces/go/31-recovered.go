// Panics, deferred functions and Goexit within each other; what is left of locks, Once and groups.
package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"
)

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "recovered:", r)
		} else {
			fmt.Println(name, "fine")
		}
	}()
	f()
}

func deferred() {
	defer fmt.Println("first deferred runs last")
	defer func() {
		defer func() { fmt.Println("inner recovered:", recover()) }()
		panic("in a deferred function")
	}()
	defer fmt.Println("third deferred runs first")
	panic("outer")
}

func repanic() {
	defer func() {
		r := recover()
		panic(fmt.Sprint("again ", r))
	}()
	panic("once")
}

func goexit() {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		defer fmt.Println("recover in Goexit:", recover())
		func() {
			defer fmt.Println("inner deferred")
			runtime.Goexit()
		}()
		fmt.Println("never")
	}()
	go func() {
		defer wg.Done()
		try("nested", func() { panic(errors.New("an error")) })
	}()
	wg.Wait()
}

func once() {
	var o sync.Once
	try("once", func() { o.Do(func() { fmt.Println("tries"); panic("failed once") }) })
	try("once again", func() { o.Do(func() { fmt.Println("never") }) })
}

func locks() {
	var m sync.Mutex
	try("locked", func() {
		m.Lock()
		defer m.Unlock()
		panic("holding")
	})
	fmt.Println(m.TryLock(), m.TryLock())
	m.Unlock()
	var wg sync.WaitGroup
	try("negative", func() { wg.Done() })
	var group sync.WaitGroup
	group.Add(2)
	go func() { defer group.Done(); try("worker", func() { panic(42) }) }()
	go func() { defer group.Done(); runtime.Goexit() }()
	group.Wait()
	var rw sync.RWMutex
	rw.RLock()
	fmt.Println(rw.TryLock(), rw.TryRLock())
	rw.RUnlock()
	rw.RUnlock()
	fmt.Println(rw.TryLock(), rw.TryRLock())
}

func misuse() {
	c := make(chan int)
	close(c)
	try("send", func() { c <- 1 })
	try("close", func() { close(c) })
	try("close nil", func() { var n chan int; close(n) })
	try("select send", func() {
		select {
		case c <- 1:
		default:
		}
	})
	try("ticker", func() { time.NewTicker(0) })
	try("nil parent", func() { context.WithValue(nil, "k", 1) })
	try("nil key", func() { context.WithValue(context.Background(), nil, 1) })
	try("make", func() { n := -1; _ = make(chan int, n) })
}

func waiters() {
	c := make(chan int)
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			try(fmt.Sprint("sender ", i), func() { c <- i })
		}(i)
	}
	runtime.Gosched()
	fmt.Println("received", <-c)
	close(c)
	wg.Wait()
}

func main() {
	try("deferred", deferred)
	try("repanic", repanic)
	goexit()
	once()
	locks()
	misuse()
	waiters()
}
