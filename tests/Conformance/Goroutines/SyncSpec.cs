using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>Package sync: waitgroup_test.go, mutex_test.go, rwmutex_test.go, once_test.go, oncefunc_test.go, cond_test.go.</summary>
public sealed class SyncSpec
{
    // TestWaitGroup: "Run the same test a few times to ensure barrier is in a proper state."
    [Pins("sync.TestWaitGroup")]
    [Fact]
    public void A_wait_group_releases_its_waiters_at_zero_and_can_be_used_again() => Runs(async () =>
    {
        var (first, second) = (new WaitGroup(), new WaitGroup());
        for (var round = 0; round < 8; round++)
        {
            const int n = 16;
            first.Add(n);
            second.Add(n);
            var exited = new Chan<bool>(n);
            for (var i = 0; i < n; i++)
            {
                Go.Run(async () =>
                {
                    first.Done();
                    await second.WaitAsync();
                    await exited.SendAsync(true);
                });
            }

            await first.WaitAsync();
            for (var i = 0; i < n; i++)
            {
                Assert.False(exited.TryReceive(out _), "released too early");
                second.Done();
            }

            for (var i = 0; i < n; i++) await exited.ReceiveAsync();
        }
    });

    // TestWaitGroupMisuse: "sync: negative WaitGroup counter"
    [Pins("sync.TestWaitGroupMisuse")]
    [Fact]
    public void A_negative_counter_panics()
    {
        var group = new WaitGroup();
        group.Add(1);
        group.Done();
        Assert.Equal("sync: negative WaitGroup counter", Assert.Throws<GoRuntimeException>(group.Done).Message);
        Assert.Equal(0, group.Count);
    }

    // TestWaitGroupRace: "Wait must observe the effects of the goroutines"
    [Pins("sync.TestWaitGroupRace")]
    [Fact]
    public void What_was_done_before_Done_is_seen_after_Wait() => Runs(async () =>
    {
        for (var i = 0; i < 1_000; i++)
        {
            var group = new WaitGroup();
            var count = 0;
            group.Add(1);
            for (var g = 0; g < 2; g++)
            {
                group.Go(async () =>
                {
                    Interlocked.Increment(ref count);
                    await GoTask.CompletedTask;
                });
            }

            group.Done();
            await group.WaitAsync();
            Assert.Equal(2, count);
        }
    });

    // TestWaitGroupGo: the goroutine is counted until its body returns, or exits
    [Pins("sync.TestWaitGroupGo")]
    [Fact]
    public void A_counted_goroutine_that_exits_is_done() => Runs(async () =>
    {
        var group = new WaitGroup();
        group.Go(async () =>
        {
            await Go.Yield();
            Go.Exit();
        });
        await group.WaitAsync();
        Assert.Equal(0, group.Count);
    });

    // TestMutex: "HammerMutex", and TryLock fails while it is locked
    [Pins("sync.TestMutex")]
    [Fact]
    public void A_mutex_excludes() => Runs(async () =>
    {
        var mutex = new GoMutex();
        await mutex.LockAsync();
        Assert.False(mutex.TryLock());
        mutex.Unlock();
        Assert.True(mutex.TryLock());
        mutex.Unlock();
        var total = 0;
        var group = new WaitGroup();
        for (var g = 0; g < 10; g++)
        {
            group.Go(async () =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    await mutex.LockAsync();
                    total++;
                    mutex.Unlock();
                }
            });
        }

        await group.WaitAsync();
        Assert.Equal(10_000, total);
    });

    // TestMutexMisuse
    [Pins("sync.TestMutexMisuse")]
    [Fact]
    public void Unlocking_what_is_not_locked_panics()
    {
        Assert.Equal("sync: unlock of unlocked mutex", Assert.Throws<GoRuntimeException>(new GoMutex().Unlock).Message);
        Assert.Equal("sync: Unlock of unlocked RWMutex", Assert.Throws<GoRuntimeException>(new GoRWMutex().Unlock).Message);
        Assert.Equal("sync: RUnlock of unlocked RWMutex", Assert.Throws<GoRuntimeException>(new GoRWMutex().RUnlock).Message);
        var read = new GoRWMutex();
        Assert.True(read.TryRLock());
        Assert.Equal("sync: Unlock of unlocked RWMutex", Assert.Throws<GoRuntimeException>(read.Unlock).Message);
        var write = new GoRWMutex();
        Assert.True(write.TryLock());
        Assert.Equal("sync: RUnlock of unlocked RWMutex", Assert.Throws<GoRuntimeException>(write.RUnlock).Message);
    }

    // TestMutexFairness: "If a waiter fails to acquire the mutex for more than 1ms, it switches mutex to the starvation mode."
    // In virtual time: the one who holds on to the mutex for 2 ms at a time, and takes it again at once, cannot keep the other one out.
    [Pins("sync.TestMutexFairness")]
    [Fact]
    public void Somebody_who_always_comes_back_cannot_starve_a_waiter()
    {
        GoTest.Explore(200, async () =>
        {
            var mutex = new GoMutex();
            var stop = false;
            Go.Run(async () =>
            {
                while (!stop)
                {
                    await mutex.LockAsync();
                    await Go.SleepAsync(TimeSpan.FromMilliseconds(2));
                    mutex.Unlock();
                }
            });
            for (var i = 0; i < 10; i++)
            {
                await Go.SleepAsync(TimeSpan.FromMilliseconds(2));
                await mutex.LockAsync();
                mutex.Unlock();
            }

            stop = true;
            Assert.True(GoScheduler.Current.TimeProvider.GetUtcNow().Year == 2000);
        });
    }

    // TestRWMutex: HammerRWMutex: "wlock" excludes readers and writers, readers share
    [Pins("sync.TestRWMutex")]
    [Fact]
    public void Readers_share_and_writers_exclude() => Runs(async () =>
    {
        var mutex = new GoRWMutex();
        var (activity, group) = (0, new WaitGroup());
        for (var g = 0; g < 2; g++)
        {
            group.Go(async () =>
            {
                for (var i = 0; i < 500; i++)
                {
                    await mutex.LockAsync();
                    Assert.Equal(10_000, Interlocked.Add(ref activity, 10_000));
                    Interlocked.Add(ref activity, -10_000);
                    mutex.Unlock();
                }
            });
        }

        for (var g = 0; g < 8; g++)
        {
            group.Go(async () =>
            {
                for (var i = 0; i < 500; i++)
                {
                    await mutex.RLockAsync();
                    Assert.InRange(Interlocked.Increment(ref activity), 1, 9_999);
                    Interlocked.Decrement(ref activity);
                    mutex.RUnlock();
                }
            });
        }

        await group.WaitAsync();
    });

    // RWMutex: "a blocked Lock call excludes new readers from acquiring the lock"
    [Fact]
    public void A_waiting_writer_keeps_new_readers_out() => GoTest.Run(1, async () =>
    {
        var mutex = new GoRWMutex();
        await mutex.RLockAsync();
        Go.Run(async () =>
        {
            await mutex.LockAsync();
            mutex.Unlock();
        });
        await GoTest.IdleAsync();
        Assert.False(mutex.TryRLock());
        mutex.RUnlock();
        await GoTest.IdleAsync();
        Assert.True(mutex.TryRLock());
    });

    // TestOnce: "once failed inside run"
    [Pins("sync.TestOnce")]
    [Fact]
    public void Once_runs_once_and_everybody_waits_for_its_end() => Runs(async () =>
    {
        var once = new Once();
        var count = 0;
        var group = new WaitGroup();
        for (var g = 0; g < 10; g++)
        {
            group.Go(async () =>
            {
                await once.DoAsync(async () =>
                {
                    await Go.Yield();
                    count++;
                });
                Assert.Equal(1, count);
            });
        }

        await group.WaitAsync();
        Assert.True(once.IsDone);
    });

    // TestOncePanic: "Once.Do called twice" after a panic: it does not run again
    [Pins("sync.TestOncePanic")]
    [Fact]
    public void A_once_that_panicked_does_not_run_again()
    {
        var once = new Once();
        Assert.Throws<FormatException>(() => once.Do(() => throw new FormatException()));
        once.Do(() => Assert.Fail("called twice"));
    }

    // TestOnceFunc, TestOnceValue
    [Pins("sync.TestOnceFunc", "sync.TestOnceValue")]
    [Fact]
    public void OnceFunc_and_OnceValue_call_once()
    {
        var calls = 0;
        var value = Once.Value(() => ++calls);
        Assert.Equal((1, 1, 1), (value(), value(), calls));
        var function = Once.Func(() => calls++);
        function();
        function();
        Assert.Equal(2, calls);
    }

    // TestOnceFuncPanic: "If f panics, the returned function will panic with the same value on every call."
    [Pins("sync.TestOnceFuncPanic")]
    [Fact]
    public void OnceFunc_panics_with_the_same_value_on_every_call()
    {
        var calls = 0;
        var function = Once.Func(() =>
        {
            calls++;
            throw new FormatException("x");
        });
        var first = Assert.Throws<FormatException>(function);
        Assert.Same(first, Assert.Throws<FormatException>(function));
        Assert.Equal(1, calls);
    }

    // TestCondSignal, TestCondSignalGenerations: "goroutines are woken in the order in which they waited"
    [Pins("sync.TestCondSignal", "sync.TestCondSignalGenerations")]
    [Fact]
    public void Signal_wakes_one_in_the_order_of_waiting() => GoTest.Explore(100, async () =>
    {
        var mutex = new GoMutex();
        var cond = new Cond(mutex);
        List<int> woken = [];
        for (var g = 0; g < 5; g++)
        {
            var number = g;
            Go.Run(async () =>
            {
                await mutex.LockAsync();
                await cond.WaitAsync();
                woken.Add(number);
                mutex.Unlock();
            });
            await GoTest.IdleAsync();
        }

        for (var g = 0; g < 5; g++)
        {
            Assert.Equal(g, woken.Count);
            cond.Signal();
            await GoTest.IdleAsync();
        }

        Assert.Equal([0, 1, 2, 3, 4], woken);
        cond.Signal(); // nobody waits: no effect
    });

    // TestCondBroadcast
    [Pins("sync.TestCondBroadcast")]
    [Fact]
    public void Broadcast_wakes_everybody() => GoTest.Explore(100, async () =>
    {
        var mutex = new GoMutex();
        var cond = new Cond(mutex);
        var (running, exit) = (0, false);
        var group = new WaitGroup();
        for (var g = 0; g < 4; g++)
        {
            group.Go(async () =>
            {
                await mutex.LockAsync();
                while (!exit)
                {
                    running++;
                    await cond.WaitAsync();
                }

                mutex.Unlock();
            });
        }

        await GoTest.IdleAsync();
        Assert.Equal(4, running);
        await mutex.LockAsync();
        exit = true;
        mutex.Unlock();
        cond.Broadcast();
        await group.WaitAsync();
    });

    // TestCondSignalStealing: "a Signal must not be consumed by a Wait that began after it"
    [Pins("sync.TestCondSignalStealing")]
    [Fact]
    public void A_later_wait_cannot_steal_a_signal() => GoTest.Explore(300, async () =>
    {
        var mutex = new GoMutex();
        var cond = new Cond(mutex);
        var done = false;
        var first = new WaitGroup();
        first.Go(async () =>
        {
            await mutex.LockAsync();
            await cond.WaitAsync();
            mutex.Unlock();
        });
        await GoTest.IdleAsync();
        Go.Run(async () =>
        {
            await mutex.LockAsync();
            while (!done) await cond.WaitAsync();
            mutex.Unlock();
        });
        await mutex.LockAsync();
        mutex.Unlock();
        cond.Signal();
        await first.WaitAsync();
        await mutex.LockAsync();
        done = true;
        mutex.Unlock();
        cond.Broadcast();
    });

    [Fact]
    public void A_wait_without_the_mutex_panics() => Runs(async () =>
        Assert.Equal("sync: unlock of unlocked mutex", await Panics(async () => await new Cond(new GoMutex()).WaitAsync())));
}
