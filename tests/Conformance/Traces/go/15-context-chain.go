package main

import (
	"context"
	"fmt"
	"runtime"
	"sync"
)

// A cancelled context ends those below it and none above; who waited is told why.
func main() {
	var group sync.WaitGroup
	contexts := []context.Context{context.Background()}
	var cancels []context.CancelFunc
	for i := 0; i < 4; i++ {
		child, cancel := context.WithCancel(contexts[i])
		contexts = append(contexts, child)
		cancels = append(cancels, cancel)
	}
	for i := 1; i <= 4; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			fmt.Println("waiting", i)
			<-contexts[i].Done()
			fmt.Println("over", i, contexts[i].Err())
		}(i)
	}
	runtime.Gosched()
	for _, n := range []int{3, 1} {
		fmt.Println("cancel", n)
		cancels[n-1]()
		for i := 1; i <= 4; i++ {
			fmt.Println(i, contexts[i].Err())
		}
		runtime.Gosched()
	}
	cancels[0]()
	group.Wait()
	late, cancel := context.WithCancel(contexts[2])
	defer cancel()
	fmt.Println("born under a cancelled one", late.Err())
}
