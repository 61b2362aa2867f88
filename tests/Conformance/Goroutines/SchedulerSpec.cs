using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>runtime/proc_test.go, crash_test.go and test/chan/{goroutines,fifo,sieve1,zerosize}.go.</summary>
public sealed class SchedulerSpec
{
    // TestYieldProgress: "runtime.Gosched must let the others run", with one processor
    [Pins("runtime.TestYieldProgress")]
    [Fact]
    public void Yield_lets_others_run() => Runs(async () =>
    {
        var stop = false;
        Go.Run(async () =>
        {
            stop = true;
            await Go.Yield();
        });
        while (!stop) await Go.Yield();
    }, maxProcs: 1);

    // TestGoroutineParallelism: P goroutines that wait for each other without giving way must run at once
    [Pins("runtime.TestGoroutineParallelism")]
    [Fact]
    public void Goroutines_run_at_the_same_moment() => Runs(async () =>
    {
        const int p = 4;
        for (var round = 0; round < 3; round++)
        {
            var turn = 0;
            var done = new Chan<bool>();
            for (var i = 0; i < p; i++)
            {
                var number = i;
                Go.Run(async () =>
                {
                    for (var t = 0; t < 3; t++)
                    {
                        while (Volatile.Read(ref turn) != (p * t) + number)
                        {
                        }

                        Interlocked.Increment(ref turn);
                    }

                    await done.SendAsync(true);
                });
            }

            for (var i = 0; i < p; i++) await done.ReceiveAsync();
        }
    });

    // TestPreemption, TestAsyncPreempt: "a tight loop without calls must not hold the others", with one processor
    [Pins("runtime.TestPreemption", "runtime.TestAsyncPreempt")]
    [Fact]
    public void A_loop_that_never_gives_way_does_not_hold_others() => Runs(async () =>
    {
        var ready = false;
        Go.Run(async () =>
        {
            while (!Volatile.Read(ref ready))
            {
            }

            await GoTask.CompletedTask;
        });
        await Go.Yield();
        Go.Run(async () =>
        {
            Volatile.Write(ref ready, true);
            await GoTask.CompletedTask;
        });
        while (!Volatile.Read(ref ready)) await Go.Yield();
    }, maxProcs: 1);

    // TestPingPongHog: a pair that plays ping-pong through run-next must not starve the others
    [Pins("runtime.TestPingPongHog")]
    [Fact]
    public void A_pair_that_plays_ping_pong_does_not_starve_others() => Runs(async () =>
    {
        var (there, back, stop) = (new Chan<int>(), new Chan<int>(), false);
        Go.Run(async () =>
        {
            while (!stop)
            {
                await there.SendAsync(1);
                await back.ReceiveAsync();
            }

            there.Close();
        });
        Go.Run(async () =>
        {
            await foreach (var ball in there) await back.SendAsync(ball);
        });
        for (var i = 0; i < 20; i++) await Go.Yield();
        stop = true;
    }, maxProcs: 1);

    // TestBlockLocked, TestLockOSThreadNesting
    [Pins("runtime.TestBlockLocked", "runtime.TestLockOSThreadNesting")]
    [Fact]
    public void A_locked_goroutine_stays_on_its_thread_until_it_unlocked_as_often() => Runs(async () =>
    {
        var channel = new Chan<int>();
        Go.Run(async () =>
        {
            for (var i = 0; i < 100; i++) await channel.SendAsync(i);
            channel.Close();
        });
        var group = new WaitGroup();
        group.Go(async () =>
        {
            Go.LockThread();
            Go.LockThread();
            var thread = Environment.CurrentManagedThreadId;
            for (var i = 0; i < 50; i++)
            {
                await channel.ReceiveAsync();
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
            }

            Go.UnlockThread();
            for (var i = 0; i < 50; i++)
            {
                await channel.ReceiveAsync();
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
            }

            Go.UnlockThread();
            Go.UnlockThread(); // one too many does nothing
        });
        await group.WaitAsync();
    });

    // TestLockedDeadlock: a locked goroutine can be part of a deadlock
    [Pins("runtime.TestLockedDeadlock")]
    [Fact]
    public void A_locked_goroutine_can_be_in_a_deadlock() => Deadlocks(async () =>
    {
        Go.LockThread();
        await new Chan<int>().ReceiveAsync();
    });

    // TestNumGoroutine
    [Pins("runtime.TestNumGoroutine")]
    [Fact]
    public void The_number_of_goroutines_is_known() => Runs(async () =>
    {
        Assert.Equal(1, Go.GoroutineCount);
        var stop = new Chan<Unit>();
        for (var i = 0; i < 10; i++) Go.Run(async () => await stop.ReceiveAsync());
        Assert.Equal(11, Go.GoroutineCount);
        stop.Close();
        while (Go.GoroutineCount > 1) await Go.Yield();
    });

    // TestSimpleDeadlock: "all goroutines are asleep - deadlock!"
    [Pins("runtime.TestSimpleDeadlock")]
    [Fact]
    public void A_deadlock_tells_who_waits_for_what()
    {
        var error = Assert.Throws<GoDeadlockException>(() => Runs(async () =>
        {
            var channel = new Chan<string>(3);
            Go.Run(WaitHere(channel));
            await new Select();
        }));
        Assert.StartsWith("all goroutines are asleep - deadlock!", error.Message);
        Assert.Equal(2, error.Parked.Count);
        Assert.Single(error.Parked, main => main.WaitsFor == "select without an open case");
        var parked = Assert.Single(error.Parked, other => other.Goroutine == "SchedulerSpec.WaitHere");
        Assert.Matches(@"^receive from Chan<String> #\d+ \(capacity 3\)$", parked.WaitsFor);
    }

    // TestGoexitDeadlock: "no goroutines (main called runtime.Goexit) - deadlock!"
    [Pins("runtime.TestGoexitDeadlock")]
    [Fact]
    public void Main_that_exits_lets_the_others_go_on_and_then_is_a_deadlock()
    {
        var finished = false;
        var error = Assert.Throws<GoDeadlockException>(() => Runs(async () =>
        {
            Go.Run(async () =>
            {
                for (var i = 0; i < 10; i++) await Go.Yield();
                finished = true;
            });
            await Go.Yield();
            Go.Exit();
        }));
        Assert.Equal("no goroutines (main called runtime.Goexit) - deadlock!", error.Message);
        Assert.True(finished);
    }

    // TestGoexitDefer: "Goexit runs all deferred calls before terminating the goroutine", through nested calls
    [Pins("runtime.TestGoexitDefer")]
    [Fact]
    public void Exit_runs_the_finally_blocks() => Runs(async () =>
    {
        List<string> order = [];
        var group = new WaitGroup();
        group.Go(async () =>
        {
            try
            {
                await Inner();
                order.Add("not reached");
            }
            finally
            {
                order.Add("outer");
            }
        });
        await group.WaitAsync();
        Assert.Equal(["inner", "outer"], order);

        async GoTask Inner()
        {
            try
            {
                await Go.Yield();
                Go.Exit();
            }
            finally
            {
                await Go.Yield();
                order.Add("inner");
            }
        }
    });

    // TestGoNil: "go of nil func value"
    [Pins("runtime.TestGoNil")]
    [Fact]
    public void A_nil_function_panics()
    {
        Assert.StartsWith("go of nil func value", Assert.Throws<ArgumentNullException>(() => Go.Run((Func<GoTask>)null!)).Message);
        Assert.StartsWith("go of nil func value", Assert.Throws<ArgumentNullException>(() => Go.Run((Action)null!)).Message);
    }

    // "makechan: size out of range"; close of nil channel
    [Fact]
    public void Bad_channels_panic_with_the_texts_of_Go()
    {
        Assert.StartsWith("makechan: size out of range", Assert.Throws<ArgumentOutOfRangeException>(() => new Chan<int>(-1)).Message);
        Assert.Equal("close of nil channel", Assert.Throws<ChanClosedException>(Chan<int>.Nil.Close).Message);
    }

    // goroutines.go: a daisy chain of 10,000
    [Pins("test/chan/goroutines.go")]
    [Fact]
    public void Ten_thousand_goroutines_in_a_chain_pass_a_value_through() => Runs(async () =>
    {
        var leftmost = new Chan<int>();
        var left = leftmost;
        for (var i = 0; i < 10_000; i++)
        {
            var right = new Chan<int>();
            Go.Run(Link(left, right));
            left = right;
        }

        var last = left;
        Go.Run(async () => await last.SendAsync(1));
        Assert.Equal(10_001, (await leftmost.ReceiveAsync()).Value);

        static async GoTask Link(Chan<int> left, Chan<int> right) => await left.SendAsync((await right.ReceiveAsync()).Value + 1);
    });

    // sieve1.go: "Generate primes up to 100 using channels, checking the results."
    [Pins("test/chan/sieve1.go")]
    [Fact]
    public void The_sieve_finds_the_primes() => Runs(async () =>
    {
        var primes = new Chan<int>();
        Go.Run(Sieve(primes));
        foreach (var prime in new[] { 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97 })
        {
            Assert.Equal(prime, (await primes.ReceiveAsync()).Value);
        }

        static async GoTask Sieve(Chan<int> primes)
        {
            var source = new Chan<int>();
            Go.Run(Generate(source));
            while (true)
            {
                var prime = (await source.ReceiveAsync()).Value;
                await primes.SendAsync(prime);
                var filtered = new Chan<int>();
                Go.Run(Filter(source, filtered, prime));
                source = filtered;
            }
        }

        static async GoTask Generate(ISendChan<int> numbers)
        {
            for (var i = 2; ; i++) await numbers.SendAsync(i);
        }

        static async GoTask Filter(IReceiveChan<int> source, ISendChan<int> target, int prime)
        {
            await foreach (var number in source)
            {
                if (number % prime != 0) await target.SendAsync(number);
            }
        }
    });

    // zerosize.go: "Making channels of a zero-sized type should not panic."
    [Pins("test/chan/zerosize.go")]
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_channel_of_nothing_works(int capacity) => Runs(async () =>
    {
        var channel = Chan.Make<Unit>(capacity);
        Go.Run(async () => await channel.SendAsync(default));
        Assert.Equal(new Received<Unit>(default, true), await channel.ReceiveAsync());
    });

    // TestRecursivePanic and friends: an exception travels through calls, with its finally blocks, to who catches it
    [Pins("runtime.TestRecursivePanic")]
    [Fact]
    public void An_exception_travels_through_deep_calls() => Runs(async () =>
    {
        var unwound = 0;
        try
        {
            await Deep(100_000);
            Assert.Fail("nothing was thrown");
        }
        catch (FormatException error)
        {
            Assert.Equal("bottom", error.Message);
        }

        Assert.Equal(2_000, unwound);

        async GoTask Deep(int depth)
        {
            if (depth == 0) throw new FormatException("bottom");
            if (depth <= 98_000)
            {
                // Only two thousand frames rethrow: an exception's trace grows with each.
                await Bottom();
                return;
            }

            try
            {
                await Deep(depth - 1);
            }
            finally
            {
                unwound++;
            }
        }

        async GoTask Bottom()
        {
            await Go.Yield();
            throw new FormatException("bottom");
        }
    });

    // Goroutine stacks grow (design/contiguous stacks): here a call needs no stack at all
    [Fact]
    public void Calls_can_be_a_million_deep() => Runs(async () =>
    {
        Assert.Equal(1_000_000, await Count(1_000_000));

        static async GoTask<int> Count(int depth) => depth == 0 ? 0 : 1 + await Count(depth - 1);
    });

    private static async GoTask WaitHere(Chan<string> channel) => await channel.ReceiveAsync();
}
