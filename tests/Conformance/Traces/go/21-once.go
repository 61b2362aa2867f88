package main

import (
	"fmt"
	"sync"
)

// Once is once, also when it fails; who comes meanwhile waits for it.
func main() {
	var once sync.Once
	var group sync.WaitGroup
	gate := make(chan bool)
	for i := 0; i < 3; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			fmt.Println("comes", i)
			once.Do(func() {
				fmt.Println("does", i)
				<-gate
				fmt.Println("has done", i)
			})
			fmt.Println("goes", i)
		}(i)
	}
	gate <- true
	group.Wait()
	var failing sync.Once
	for i := 0; i < 2; i++ {
		func() {
			defer func() { fmt.Println("recovered", recover()) }()
			failing.Do(func() { panic("failed") })
		}()
	}
}
