// The Go side of the comparison. One workload per process: warm up twice, measure five times, print the CPU time of each per operation.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

func cpu() float64 {
	var usage syscall.Rusage
	syscall.Getrusage(0, &usage)
	return float64(usage.Utime.Nano() + usage.Stime.Nano())
}

func resident() int {
	status, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(status), "\n") {
		if strings.HasPrefix(line, "VmRSS:") {
			kilobytes, _ := strconv.Atoi(strings.Fields(line)[1])
			return kilobytes * 1024
		}
	}
	return 0
}

func spawn(n int) {
	var group sync.WaitGroup
	group.Add(n)
	for i := 0; i < n; i++ {
		go group.Done()
	}
	group.Wait()
}

func pingpong(n int) {
	there, back := make(chan int), make(chan int)
	go func() {
		for v := range there {
			back <- v + 1
		}
	}()
	for i, v := 0, 0; i < n; i++ {
		there <- v
		v = <-back
	}
	close(there)
}

func mpmc(sides, capacity, n int) {
	c := make(chan int, capacity)
	var senders, receivers sync.WaitGroup
	for p := 0; p < sides; p++ {
		senders.Add(1)
		receivers.Add(1)
		go func() {
			for i := 0; i < n/sides; i++ {
				c <- i
			}
			senders.Done()
		}()
		go func() {
			sum := 0
			for v := range c {
				sum += v
			}
			receivers.Done()
		}()
	}
	senders.Wait()
	close(c)
	receivers.Wait()
}

func selects(k, n int) {
	cs := make([]chan int, 8)
	for i := 0; i < k; i++ {
		c := make(chan int)
		cs[i] = c
		go func() {
			for j := 0; j < n/k; j++ {
				c <- j
			}
		}()
	}
	sum := 0
	for j := 0; j < n/k*k; j++ {
		switch k {
		case 2:
			select {
			case v := <-cs[0]:
				sum += v
			case v := <-cs[1]:
				sum += v
			}
		case 4:
			select {
			case v := <-cs[0]:
				sum += v
			case v := <-cs[1]:
				sum += v
			case v := <-cs[2]:
				sum += v
			case v := <-cs[3]:
				sum += v
			}
		case 8:
			select {
			case v := <-cs[0]:
				sum += v
			case v := <-cs[1]:
				sum += v
			case v := <-cs[2]:
				sum += v
			case v := <-cs[3]:
				sum += v
			case v := <-cs[4]:
				sum += v
			case v := <-cs[5]:
				sum += v
			case v := <-cs[6]:
				sum += v
			case v := <-cs[7]:
				sum += v
			}
		}
	}
}

func sieve(n int) {
	first := make(chan int)
	source := first
	stop := make(chan struct{})
	go func() {
		for i := 2; ; i++ {
			select {
			case first <- i:
			case <-stop:
				return
			}
		}
	}()
	for i := 0; i < n; i++ {
		prime := <-source
		from, to := source, make(chan int)
		go func() {
			for {
				v := <-from
				if v%prime != 0 {
					to <- v
				}
			}
		}()
		source = to
	}
	close(stop)
}

func ring(n, hops int) {
	first := make(chan int)
	done := make(chan bool)
	from := first
	for i := 0; i < n; i++ {
		to := first
		if i < n-1 {
			to = make(chan int)
		}
		go func(from, to chan int) {
			for v := range from {
				if v == 0 {
					done <- true
					return
				}
				to <- v - 1
			}
		}(from, to)
		from = to
	}
	first <- hops
	<-done
}

func parked(n int) {
	runtime.GC()
	before := resident()
	c := make(chan int)
	var started sync.WaitGroup
	started.Add(n)
	for i := 0; i < n; i++ {
		go func() { started.Done(); <-c }()
	}
	started.Wait()
	time.Sleep(200 * time.Millisecond)
	runtime.GC()
	fmt.Println(float64(resident()-before) / float64(n))
}

// A sleep of 5 ms on the one processor on which a loop never gives way: the median.
func timer1p(n int) {
	runtime.GOMAXPROCS(1)
	var stop int32
	go func() {
		for atomic.LoadInt32(&stop) == 0 {
		}
	}()
	var late []float64
	for i := 0; i < n; i++ {
		since := time.Now()
		time.Sleep(5 * time.Millisecond)
		late = append(late, float64(time.Since(since)-5*time.Millisecond))
	}
	atomic.StoreInt32(&stop, 1)
	sort.Float64s(late)
	fmt.Println(late[n/2])
}

// A receiver whose sender goes on computing for a millisecond, with a second processor idle: the one at the given
// hundredth.
func latency(n, hundredth int) {
	c := make(chan time.Time)
	go func() {
		for i := 0; i < n; i++ {
			time.Sleep(time.Millisecond)
			c <- time.Now()
			for since := time.Now(); time.Since(since) < time.Millisecond; {
			}
		}
		close(c)
	}()
	var late []float64
	for since := range c {
		late = append(late, float64(time.Since(since)))
	}
	sort.Float64s(late)
	fmt.Println(late[n*hundredth/100])
}

func main() {
	runtime.GOMAXPROCS(2)
	workloads := map[string]struct {
		n   int
		run func(n int)
	}{
		"spawn":     {500_000, spawn},
		"pingpong":  {500_000, pingpong},
		"spsc":      {2_000_000, func(n int) { mpmc(1, 128, n) }},
		"mpmc128":   {1_000_000, func(n int) { mpmc(8, 128, n) }},
		"mpmc0":     {500_000, func(n int) { mpmc(8, 0, n) }},
		"select2":   {400_000, func(n int) { selects(2, n) }},
		"select4":   {400_000, func(n int) { selects(4, n) }},
		"select8":   {400_000, func(n int) { selects(8, n) }},
		"sieve1500": {1, func(int) { sieve(1500) }},
		"ring100k":  {300_000, func(n int) { ring(100_000, n) }},
	}
	name := os.Args[1]
	if name == "parked" {
		parked(500_000)
		return
	}
	for i := 0; i < 5 && name == "timer1p"; i++ {
		timer1p(60)
	}
	for i := 0; i < 5 && name == "latency50"; i++ {
		latency(500, 50)
	}
	for i := 0; i < 5 && name == "latency"; i++ {
		latency(500, 99)
	}
	w, known := workloads[name]
	if !known {
		return // ten million parked goroutines would take 27 GB
	}
	for i := 0; i < 7; i++ {
		before := cpu()
		w.run(w.n)
		if i >= 2 {
			fmt.Println((cpu() - before) / float64(w.n))
		}
	}
}
