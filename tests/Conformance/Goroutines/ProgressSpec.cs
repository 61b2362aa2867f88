using System.Net;
using System.Net.Sockets;
using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>The rest of runtime/proc_test.go: everybody comes to their turn, whatever the others do.</summary>
public sealed class ProgressSpec
{
    // Gosched lets others run, also from a goroutine that is bound to its thread.
    [Pins("runtime.TestYieldLockedProgress", "runtime.TestYieldLocked")]
    [Fact]
    public void A_locked_goroutine_that_yields_lets_others_run_and_keeps_its_thread() => Runs(async () =>
    {
        var stop = false;
        var done = new Chan<Unit>();
        Go.Run(async () =>
        {
            Go.LockThread();
            var thread = Environment.CurrentManagedThreadId;
            for (var i = 0; !Volatile.Read(ref stop); i++)
            {
                await Go.Yield();
                if (i == 3) await Go.SleepAsync(TimeSpan.FromMilliseconds(1));
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
            }

            await done.SendAsync(default);
        });
        for (var i = 0; i < 10; i++) await Go.Yield();
        Volatile.Write(ref stop, true);
        await done.ReceiveAsync();
    }, maxProcs: 1);

    // As many goroutines as processors spin for each other's turn, each on a thread of its own, after the scheduler had gone to sleep.
    [Pins("runtime.TestGoroutineParallelism2")]
    [Fact]
    public void Goroutines_bound_to_threads_run_at_the_same_moment_after_a_rest() => Runs(async () =>
    {
        const int p = 3;
        for (var round = 0; round < 3; round++)
        {
            await Go.SleepAsync(TimeSpan.FromMilliseconds(5));
            var turn = 0;
            var group = new WaitGroup();
            for (var i = 0; i < p; i++)
            {
                var number = i;
                group.Go(async () =>
                {
                    Go.LockThread();
                    while (Volatile.Read(ref turn) != number)
                    {
                    }

                    Interlocked.Increment(ref turn);
                    await GoTask.CompletedTask;
                });
            }

            await group.WaitAsync();
            Assert.Equal(p, turn);
        }
    });

    // Goroutines that wake each other through a channel for ever do not keep the result of a blocking call from being used.
    [Pins("runtime.TestTimerFairness2")]
    [Fact]
    public void A_blocking_call_returns_although_goroutines_keep_a_channel_busy() => Runs(async () =>
    {
        var busy = new Chan<Unit>(1);
        var stop = false;
        var group = new WaitGroup();
        for (var g = 0; g < 2; g++)
        {
            group.Go(async () =>
            {
                while (!Volatile.Read(ref stop))
                {
                    busy.TrySend(default);
                    busy.TryReceive(out _);
                    await Go.Yield();
                }
            });
        }

        using var gate = new ManualResetEventSlim();
        Go.Run(async () =>
        {
            await Go.SleepAsync(TimeSpan.FromMilliseconds(2));
            gate.Set();
        });
        Go.Blocking(gate.Wait);
        Volatile.Write(ref stop, true);
        await group.WaitAsync();
    }, maxProcs: 1);

    // A goroutine that came back from a blocking call and then computes can be preempted as any other.
    [Pins("runtime.TestPreemptionAfterSyscall")]
    [Fact]
    public void A_loop_after_a_blocking_call_does_not_hold_others() => Runs(async () =>
    {
        var ready = false;
        var group = new WaitGroup();
        group.Go(async () =>
        {
            Go.Blocking(() => Thread.Yield());
            while (!Volatile.Read(ref ready))
            {
            }

            await GoTask.CompletedTask;
        });
        await Go.SleepAsync(TimeSpan.FromMilliseconds(1));
        Volatile.Write(ref ready, true);
        await group.WaitAsync();
    }, maxProcs: 1);

    // GOMAXPROCS is changed again and again while goroutines start and end.
    [Pins("runtime.TestStopTheWorldDeadlock")]
    [Fact]
    public void Changing_the_number_of_processors_stops_nobody_for_ever() => Runs(async () =>
    {
        var group = new WaitGroup();
        for (var g = 0; g < 4; g++)
        {
            group.Go(async () =>
            {
                for (var i = 0; i < 500; i++)
                {
                    var inner = new WaitGroup();
                    inner.Go(async () => await Go.Yield());
                    await inner.WaitAsync();
                }
            });
        }

        for (var i = 0; group.Count > 0; i++)
        {
            Go.MaxProcs = 1 + (i % 4);
            await Go.Yield();
        }

        await group.WaitAsync();
        Go.MaxProcs = 3;
        Assert.Equal(3, Go.MaxProcs);
    });

    [Pins("runtime.TestBigGOMAXPROCS")]
    [Fact]
    public void A_thousand_processors_are_allowed() => Runs(async () =>
    {
        Go.MaxProcs = 1024;
        Assert.Equal(1024, Go.MaxProcs);
        var group = new WaitGroup();
        for (var i = 0; i < 2_000; i++) group.Go(async () => await Go.Yield());
        await group.WaitAsync();
    });

    // A later wait in the system does not delay an earlier timer that is set meanwhile.
    [Pins("runtime.TestNetpollBreak")]
    [Fact]
    public void A_short_sleep_ends_although_a_long_one_was_there_before() => Runs(async () =>
    {
        Go.Run(async () => await Go.SleepAsync(TimeSpan.FromDays(1)));
        await Go.Yield();
        await Go.SleepAsync(TimeSpan.FromMilliseconds(5));
    });

    // Goroutines that bind themselves and start others at the same time, in a program that just began.
    [Pins("runtime.TestLockOSThreadTemplateThreadRace")]
    [Fact]
    public void Many_goroutines_can_bind_themselves_at_once() => Runs(async () =>
    {
        var group = new WaitGroup();
        for (var i = 0; i < 50; i++)
        {
            group.Go(async () =>
            {
                Go.LockThread();
                var inner = new WaitGroup();
                inner.Go(async () => await Go.Yield());
                await inner.WaitAsync();
                Go.UnlockThread();
            });
        }

        await group.WaitAsync();
    });

    // What a bound goroutine did to its thread is not handed to the threads that are started for the goroutines that it starts.
    [Pins("runtime.TestLockOSThreadAvoidsStatePropagation")]
    [Fact]
    public void What_a_locked_goroutine_did_to_its_thread_reaches_no_other() => Runs(async () =>
    {
        var local = new AsyncLocal<string>();
        var seen = new Chan<(string?, string, int)>();
        Go.LockThread();
        local.Value = "mine";
        Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
        var mine = Environment.CurrentManagedThreadId;
        for (var i = 0; i < 10; i++)
        {
            Go.Run(async () =>
            {
                var culture = Thread.CurrentThread.CurrentCulture.Name;
                await seen.SendAsync((local.Value, culture, Environment.CurrentManagedThreadId));
            });
        }

        for (var i = 0; i < 10; i++)
        {
            var (value, culture, thread) = (await seen.ReceiveAsync()).Value;
            Assert.Null(value);
            Assert.NotEqual("de-DE", culture);
            Assert.NotEqual(mine, thread);
        }
    });

    // A goroutine that ends while it is bound takes nobody with it.
    [Pins("test/fixedbugs/issue5963.go")]
    [Fact]
    public void A_goroutine_may_exit_while_it_is_bound() => Runs(async () =>
    {
        for (var i = 0; i < 20; i++)
        {
            var group = new WaitGroup();
            group.Go(async () =>
            {
                Go.LockThread();
                await Go.Yield();
                Go.Exit();
            });
            await group.WaitAsync();
        }
    }, maxProcs: 1);

    // Helpers of the runtime are not counted among the goroutines: a timer that is set is none.
    [Pins("runtime.TestNoHelperGoroutines")]
    [Fact]
    public void Timers_and_contexts_are_no_goroutines() => Runs(async () =>
    {
        var timer = GoTimer.AfterFunc(TimeSpan.FromHours(1), () => GoTask.CompletedTask);
        var ticker = new Ticker(TimeSpan.FromHours(1));
        var (_, cancel) = GoContext.WithTimeout(GoContext.Background, TimeSpan.FromHours(1));
        Assert.Equal(1, Go.GoroutineCount);
        timer.Stop();
        ticker.Stop();
        cancel();
        await GoTask.CompletedTask;
    });

    // Waiting for the network is no deadlock, although every goroutine sleeps.
    [Pins("runtime.TestNetpollDeadlock")]
    [Fact]
    public void Waiting_for_a_connection_is_no_deadlock() => Runs(async () =>
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepted = new Chan<bool>();
        Go.Run(async () =>
        {
            using var socket = await listener.AcceptSocketAsync();
            await accepted.SendAsync(socket.Connected);
        });
        await Go.SleepAsync(TimeSpan.FromMilliseconds(5));
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        Assert.True((await accepted.ReceiveAsync()).Value);
    });
}
