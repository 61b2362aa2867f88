package main

import (
	"fmt"
	"time"
)

// Timers fire in the order of their times, whatever the order in which they were set; stopping tells whether it came in time.
func main() {
	const unit = 40 * time.Millisecond
	c := make(chan string)
	for _, n := range []int{3, 1, 4, 2} {
		n := n
		time.AfterFunc(time.Duration(n)*unit, func() { c <- fmt.Sprint("timer ", n) })
	}
	stopped := time.AfterFunc(time.Hour, func() { c <- "never" })
	fmt.Println("stopped", stopped.Stop(), stopped.Stop())
	for i := 0; i < 4; i++ {
		fmt.Println(<-c)
	}
	timer := time.NewTimer(time.Hour)
	fmt.Println("reset", timer.Reset(unit))
	<-timer.C
	fmt.Println("fired", timer.Stop(), timer.Reset(unit))
	select {
	case <-timer.C:
		fmt.Println("again")
	case <-time.After(20 * unit):
		fmt.Println("timed out")
	}
	ticker := time.NewTicker(unit)
	for i := 0; i < 3; i++ {
		<-ticker.C
		fmt.Println("tick", i)
	}
	ticker.Stop()
	select {
	case <-ticker.C:
		fmt.Println("tick after stop")
	case <-time.After(3 * unit):
		fmt.Println("quiet")
	}
}
