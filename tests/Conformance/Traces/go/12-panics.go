package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func try(what string, body func()) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Printf("%s: %v\n", what, p)
			return
		}
		fmt.Println(what + " went well")
	}()
	body()
}

// What misuse says.
func main() {
	var never chan int
	closed := make(chan int, 1)
	close(closed)
	size := -1
	try("close of nil", func() { close(never) })
	try("close of closed", func() { close(closed) })
	try("send to closed", func() { closed <- 1 })
	try("receive from closed", func() { <-closed })
	try("select that sends to closed", func() {
		select {
		case closed <- 1:
		case never <- 1:
		}
	})
	try("select with a default that sends to closed", func() {
		select {
		case closed <- 1:
		default:
		}
	})
	try("negative size", func() { closed = make(chan int, size) })
	try("counter below zero", func() {
		var group sync.WaitGroup
		group.Add(1)
		group.Done()
		group.Done()
	})
	try("no parent", func() { context.WithCancel(nil) })
	try("no key", func() { context.WithValue(context.Background(), nil, 1) })
	try("ticker of zero", func() { time.NewTicker(0) })
	try("reset of a ticker to zero", func() {
		ticker := time.NewTicker(time.Hour)
		defer ticker.Stop()
		ticker.Reset(0)
	})
}
