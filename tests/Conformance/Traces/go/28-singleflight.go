package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync"

	"golang.org/x/sync/singleflight"
)

// Who shares a call and who makes one: two that meet, one that comes after Forget, one that comes later, an error for all.
func main() {
	var flight singleflight.Group
	var group sync.WaitGroup
	gates := []chan string{make(chan string), make(chan string)}
	calls := 0
	call := func() (interface{}, error) {
		n := calls
		calls++
		fmt.Println("call", n, "begins")
		text := <-gates[n]
		if text == "fails" {
			return nil, errors.New("call failed")
		}
		return text, nil
	}
	ask := func(name string) {
		group.Add(1)
		go func() {
			defer group.Done()
			v, err, shared := flight.Do("key", call)
			fmt.Println(name, "has", v, err, shared)
		}()
		runtime.Gosched()
	}
	ask("first")
	ask("second")
	flight.Forget("key")
	ask("third")
	ask("fourth")
	gates[1] <- "two"
	for i := 0; i < 10; i++ {
		runtime.Gosched()
	}
	gates[0] <- "fails"
	group.Wait()
	result := <-flight.DoChan("key", func() (interface{}, error) { return "again", nil })
	fmt.Println("channel has", result.Val, result.Err, result.Shared)
}
