using System.Runtime.CompilerServices;
using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>What escapes from goroutines, who is told, and goroutines that nobody can wake.</summary>
public sealed class FailureTests
{
    [Fact]
    public void A_handler_gets_what_escapes_and_the_others_go_on()
    {
        List<GoPanic> panics = [];
        GoScheduler.Run(async () =>
        {
            Go.Run(Fails());
            Go.Run((Action)(() => throw new FormatException("synchronous")));
            Go.Run(async Task () =>
            {
                await Task.Yield();
                throw new FormatException("plain");
            });
            while (Go.GoroutineCount > 1) await Go.Yield();
        }, new GoSchedulerOptions { MaxProcs = 1, UnhandledException = panics.Add });
        Assert.Equal(["plain", "strand", "synchronous"], panics.Select(panic => panic.Exception.Message).Order());
        Assert.Contains(panics, panic => panic.Goroutine == "FailureTests.Fails");
    }

    [Fact]
    public void What_main_throws_is_thrown_by_Run() =>
        Assert.Throws<FormatException>(() => GoScheduler.Run(async () =>
        {
            await Go.Yield();
            throw new FormatException();
        }, null));

    [Fact]
    public void A_deadlock_is_scoped_to_its_scheduler()
    {
        using var busy = new GoScheduler(new GoSchedulerOptions { MaxProcs = 1 });
        var stop = false;
        busy.Run(Spin());
        Assert.Throws<GoDeadlockException>(() => GoScheduler.Run(async () => await new Chan<int>().ReceiveAsync(), null));
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
            GoScheduler.Run(async () =>
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
        var running = Task.Run(() => scheduler.Run(async () => await channel.ReceiveAsync()));
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
            scheduler.Run(async () =>
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
        scheduler.Run(async () =>
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

    private static async GoTask Fails()
    {
        await Go.Yield();
        throw new FormatException("strand");
    }

    private static async GoTask Waits(Chan<int> channel) => await channel.ReceiveAsync();
}
