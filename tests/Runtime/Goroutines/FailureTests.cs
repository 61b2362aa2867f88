using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>What escapes from goroutines, who is told, and goroutines that nobody can wake.</summary>
public sealed class FailureTests
{
    [Fact]
    public void A_handler_gets_what_escapes_and_the_others_go_on()
    {
        ConcurrentQueue<GoPanic> panics = [];
        LimitedRun.Run(async () =>
        {
            Go.Run(Fails());
            Go.Run((Action)(() => throw new FormatException("synchronous")));
            Go.Run(async Task () =>
            {
                await Task.Yield();
                throw new FormatException("plain");
            });
            while (Go.GoroutineCount > 1) await Go.Yield();
        }, new GoSchedulerOptions { MaxProcs = 1, UnhandledException = panics.Enqueue });
        Assert.Equal(["plain", "strand", "synchronous"], panics.Select(panic => panic.Exception.Message).Order());
        Assert.Contains(panics, panic => panic.Goroutine == "FailureTests.Fails");
    }

    // A body is called in its goroutine, also one that is no async method; the near miss is an argument, which is evaluated by the caller.
    [Fact]
    public void A_body_that_throws_before_it_is_a_call_throws_in_its_goroutine()
    {
        ConcurrentQueue<GoPanic> panics = [];
        LimitedRun.Run(async () =>
        {
            Go.Run(() => Refuse("goroutine"));
            Go.Run(static text => Refuse(text), "with an argument");
            GoTimer.AfterFunc(TimeSpan.FromMilliseconds(1), () => Refuse("timer"));
            var (context, cancel) = GoContext.WithCancel(GoContext.Background);
            GoContext.AfterFunc(context, () => Refuse("context"));
            cancel();
            Assert.Throws<FormatException>(() => Go.Run(Refuse("argument")));
            while (panics.Count < 4) await Go.SleepAsync(TimeSpan.FromMilliseconds(1));
        }, new GoSchedulerOptions { MaxProcs = 1, UnhandledException = panics.Enqueue });
        Assert.Equal(["context", "goroutine", "timer", "with an argument"], panics.Select(panic => panic.Exception.Message).Order());

        static GoTask Refuse(string text) => throw new FormatException(text);
    }

    [Fact]
    public void A_body_that_blocks_before_it_is_a_call_blocks_its_goroutine_only() => LimitedRun.Run(async () =>
    {
        var (question, answer) = (new Chan<int>(), new Chan<int>(1));
        Go.Run(() =>
        {
            answer.Send(question.Receive().Value);
            Go.LockThread();
            return LockedAsync(Environment.CurrentManagedThreadId);
        });
        await question.SendAsync(3);
        Assert.Equal(3, (await answer.ReceiveAsync()).Value);
        Assert.Equal(1, (await answer.ReceiveAsync()).Value);

        async GoTask LockedAsync(int thread)
        {
            for (var i = 0; i < 10; i++) await Go.Yield();
            await answer.SendAsync(thread == Environment.CurrentManagedThreadId ? 1 : 0);
        }
    }, new GoSchedulerOptions { MaxProcs = 1 });

    // Go ends the program ("thread exhaustion"): here the handler is told, and whoever woke the thread goes on.
    [Theory]
    [InlineData(8, true)]
    [InlineData(200, false)]
    public void More_threads_than_allowed_are_told_to_the_handler(int threads, bool exhausted)
    {
        ConcurrentQueue<GoPanic> panics = [];
        LimitedRun.Run(async () =>
        {
            var (channel, group) = (new Chan<int>(), new WaitGroup());
            for (var i = 0; i < 20; i++)
            {
                group.Add(1);
                Go.Run(() =>
                {
                    channel.Receive();
                    group.Done();
                });
            }

            while (GoScheduler.Current.ThreadCount < 20) await Go.Yield();
            channel.Close();
            await group.WaitAsync();
        }, new GoSchedulerOptions { MaxProcs = 2, MaxThreads = threads, UnhandledException = panics.Enqueue });
        Assert.Equal(exhausted, !panics.IsEmpty);
        Assert.All(panics, panic => Assert.StartsWith("thread exhaustion", panic.Exception.Message, StringComparison.Ordinal));
    }

    // Nothing can wake them, and so they are in nobody's queue: they are listed all the same.
    [Fact]
    public void Who_waits_on_nil_channels_and_empty_selects_is_listed()
    {
        var error = Assert.Throws<GoDeadlockException>(() => LimitedRun.Run(async () =>
        {
            Go.Run(async () => await Chan<int>.Nil.ReceiveAsync());
            Go.Run(async () => await Chan<string>.Nil.SendAsync(""));
            Go.Run(() => Chan<int>.Nil.Receive());
            await new Select();
        }, null));
        Assert.Equal(
            ["receive from a nil channel", "receive from a nil channel", "select without an open case", "send to a nil channel"],
            error.Parked.Select(parked => parked.WaitsFor).Order());
    }

    [Fact]
    public void What_main_throws_is_thrown_by_Run() =>
        Assert.Throws<FormatException>(() => LimitedRun.Run(async () =>
        {
            await Go.Yield();
            throw new FormatException();
        }, null));

    // Go's program is gone when main returns, and nobody hears of what the others were about to do. The near miss is who is no goroutine.
    [Fact]
    public async Task Who_still_runs_when_main_has_ended_starts_goroutines_that_never_run()
    {
        using var ended = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var told = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var (ran, panics) = (0, new ConcurrentQueue<GoPanic>());
        var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 2, UnhandledException = panics.Enqueue });
        LimitedRun.Run(scheduler, async () =>
        {
            Go.Run(() =>
            {
                begun.Set();
                ended.Wait();
                told.SetResult(Record.Exception(() =>
                {
                    Go.Run(Counts());
                    Go.Run(Counts);
                    Go.Run(() => ran++);
                    Go.Run(async Task () => ran++);
                }));
            });
            while (!begun.IsSet) await Go.Yield();
        });
        scheduler.Dispose();
        Assert.Throws<ObjectDisposedException>(() => scheduler.Run(Counts()));
        ended.Set();
        Assert.Null(await told.Task);
        Assert.Empty(panics);
        Assert.Equal(0, ran);

        async GoTask Counts() => ran++;
    }

    [Fact]
    public void A_deadlock_is_scoped_to_its_scheduler()
    {
        using var busy = new GoScheduler(new GoSchedulerOptions { MaxProcs = 1 });
        var stop = false;
        busy.Run(Spin());
        Assert.Throws<GoDeadlockException>(() => LimitedRun.Run(async () => await new Chan<int>().ReceiveAsync(), null));
        Volatile.Write(ref stop, true);

        async GoTask Spin()
        {
            while (!Volatile.Read(ref stop)) await Go.Yield();
        }
    }

    // No false alarm while something outside can still wake somebody.
    [Fact]
    public void Waiting_for_a_task_a_timer_or_a_token_is_no_deadlock()
    {
        for (var i = 0; i < 50; i++)
        {
            LimitedRun.Run(async () =>
            {
                await Task.Run(() => Thread.Yield());
                await Go.SleepAsync(TimeSpan.FromMilliseconds(1));
                using var stop = new CancellationTokenSource(1);
                await Assert.ThrowsAsync<OperationCanceledException>(async () => await new Chan<int>().ReceiveAsync(stop.Token));
            }, new GoSchedulerOptions { MaxProcs = 2 });
        }
    }

    [Fact]
    public async Task Detection_can_be_turned_off()
    {
        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 1, DetectDeadlock = false });
        var channel = new Chan<int>();
        var running = Task.Run(() => LimitedRun.Run(scheduler, async () => await channel.ReceiveAsync()));
        channel.Send(1);
        await running.WaitAsync(TimeSpan.FromMinutes(1));
    }

    // A scheduler that is used again: between two mains all are asleep, and nobody waits for anything.
    [Fact]
    public void That_others_sleep_when_main_ends_or_before_it_begins_is_no_deadlock()
    {
        var reports = 0;
        Action<QuintetReport> count = report =>
        {
            if (report.Stack?.Contains(nameof(Sleeper), StringComparison.Ordinal) == true) Interlocked.Increment(ref reports);
        };
        QuintetDiagnostics.Reported += count;
        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 2 });
        var never = new Chan<int>();
        for (var i = 0; i < 3_000; i++)
        {
            LimitedRun.Run(scheduler, async () =>
            {
                Go.Run(Sleeper(never));
                await Go.Yield();
            });
        }

        QuintetDiagnostics.Reported -= count;
        Assert.Equal(0, reports);
        GC.KeepAlive(never);

        static async GoTask Sleeper(Chan<int> never) => await never.ReceiveAsync();
    }

    [Fact]
    public void Goroutines_that_nobody_can_wake_are_collected_and_reported()
    {
        var leaks = new List<GoLeak>();
        using var scheduler = new GoScheduler(new GoSchedulerOptions
        {
            MaxProcs = 1,
            LeakedGoroutine = leak =>
            {
                lock (leaks) leaks.Add(leak);
            },
        });
        var kept = new Chan<int>();
        LimitedRun.Run(scheduler, async () =>
        {
            for (var i = 0; i < 10; i++) Leak();
            Go.Run(Waits(kept)); // the near miss: somebody still knows its channel
            for (var i = 0; i < 5; i++) await Go.Yield();
        });
        for (var i = 0; i < 50 && Count() < 9; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(Count(), 9, 10); // a thread's stack may still show the last one
        Assert.All(leaks, leak => Assert.Equal("FailureTests.Waits", leak.Goroutine));
        Assert.All(leaks, leak => Assert.Equal("FailureTests.cs", Path.GetFileName(leak.SpawnFile)));
        Assert.All(leaks, leak => Assert.True(leak.SpawnLine > 0));
        GC.KeepAlive(kept);

        int Count()
        {
            lock (leaks) return leaks.Count;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Leak() => Go.Run(Waits(new Chan<int>()));
    }

    // Groups start goroutines for their users: what is told is the user's line and method, not the library's.
    [Fact]
    public void A_leak_is_told_with_the_line_that_asked_a_group_for_it()
    {
        ConcurrentQueue<GoLeak> leaks = [];
        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 1, LeakedGoroutine = leaks.Enqueue });
        LimitedRun.Run(scheduler, async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                new WaitGroup().Go(() => Waits(new Chan<int>()));
                new ErrGroup().Go(NeverAsync);
                new SingleFlight<int, int>().DoChan(1, NoneAsync);
            }

            for (var i = 0; i < 5; i++) await Go.Yield();
        });
        for (var i = 0; i < 50 && leaks.Count < 14; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(leaks.Count, 14, 15); // a thread's stack may still show the last one
        Assert.InRange(scheduler.GoroutineCount, 0, 1);
        Assert.All(leaks, leak => Assert.Equal("FailureTests.cs", Path.GetFileName(leak.SpawnFile)));
        var methods = leaks.ToLookup(leak => leak.SpawnLine, leak => leak.Goroutine.Split(" lambda")[0]);
        Assert.Equal(
            ["FailureTests.A_leak_is_told_with_the_line_that_asked_a_group_for_it", "FailureTests.NeverAsync", "FailureTests.NoneAsync"],
            methods.OrderBy(line => line.Key).Select(line => Assert.Single(line.Distinct())));
    }

    // What starts a goroutine later knows who asked for it; what an await outside of the model starts has nobody's line.
    [Fact]
    public void A_leak_is_told_with_the_line_that_asked_a_timer_a_context_or_a_task_for_it()
    {
        ConcurrentQueue<GoLeak> leaks = [];
        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 1, LeakedGoroutine = leaks.Enqueue });
        LimitedRun.Run(scheduler, async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                GoTimer.AfterFunc(TimeSpan.Zero, TimerAsync);
                var (context, cancel) = GoContext.WithCancel(GoContext.Background);
                GoContext.AfterFunc(context, ContextAsync);
                cancel();
                _ = NeverAsync().AsTask();
                _ = NoneAsync().AsTask();
            }

            await Go.SleepAsync(TimeSpan.FromMilliseconds(1)); // behind the timers
            for (var i = 0; i < 5; i++) await Go.Yield();
        });
        for (var i = 0; i < 50 && leaks.Count < 19; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(leaks.Count, 19, 20); // a thread's stack may still show the last one
        Assert.All(leaks, leak => Assert.Equal("FailureTests.cs", Path.GetFileName(leak.SpawnFile)));
        var methods = leaks.ToLookup(leak => leak.SpawnLine, leak => leak.Goroutine);
        Assert.Equal(
            ["FailureTests.TimerAsync", "FailureTests.ContextAsync", "FailureTests.NeverAsync", "FailureTests.NoneAsync"],
            methods.OrderBy(line => line.Key).Select(line => Assert.Single(line.Distinct())));
    }

    private static GoTask TimerAsync() => NeverAsync();

    private static GoTask ContextAsync() => NeverAsync();

    private static async GoTask NeverAsync() => await Waits(new Chan<int>());

    private static async GoTask<int> NoneAsync()
    {
        await NeverAsync();
        return 0;
    }

    private static async GoTask Fails()
    {
        await Go.Yield();
        throw new FormatException("strand");
    }

    private static async GoTask Waits(Chan<int> channel) => await channel.ReceiveAsync();
}
