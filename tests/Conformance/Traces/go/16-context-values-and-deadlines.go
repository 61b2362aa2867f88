package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type key string

// Values are looked up the tree, the earlier deadline counts, and both ends have their text.
func main() {
	root := context.WithValue(context.Background(), key("user"), "ada")
	far, cancelFar := context.WithTimeout(root, time.Hour)
	near, cancelNear := context.WithTimeout(far, time.Minute)
	farther, cancelFarther := context.WithTimeout(near, 2*time.Hour)
	leaf := context.WithValue(farther, key("user"), "grace")
	fmt.Println(root.Value(key("user")), far.Value(key("user")), leaf.Value(key("user")), leaf.Value(key("other")))
	a, _ := near.Deadline()
	b, _ := farther.Deadline()
	_, has := root.Deadline()
	fmt.Println(a.Equal(b), has)
	over, cancelOver := context.WithTimeout(leaf, -time.Second)
	<-over.Done()
	fmt.Println(over.Err(), errors.Is(over.Err(), context.DeadlineExceeded), leaf.Err())
	cancelOver()
	fmt.Println(over.Err())
	cancelNear()
	fmt.Println(far.Err(), near.Err(), farther.Err(), leaf.Err())
	fmt.Println(leaf.Value(key("user")))
	cancelFarther()
	cancelFar()
	soon, cancelSoon := context.WithTimeout(root, 20*time.Millisecond)
	defer cancelSoon()
	select {
	case <-soon.Done():
		fmt.Println("soon", soon.Err())
	case <-time.After(time.Hour):
		fmt.Println("late")
	}
}
