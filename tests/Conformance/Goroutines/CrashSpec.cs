using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>The rest of runtime/crash_test.go: panics, Goexit and deadlocks, and what becomes of one inside of another.</summary>
public sealed class CrashSpec
{
    // A deadlock is found while a type is being initialised, which blocks its thread.
    [Pins("runtime.TestInitDeadlock")]
    [Fact]
    public void A_deadlock_in_an_initialiser_is_found()
    {
        var error = Assert.Throws<GoDeadlockException>(() => Runs(async () =>
        {
            Go.Run(() => RuntimeHelpers.RunClassConstructor(typeof(WaitsForEver).TypeHandle));
            await new Select();
        }));
        Assert.Equal("all goroutines are asleep - deadlock!", error.Message.Split('\n')[0].TrimEnd());
        Assert.Contains(error.Parked, parked => parked.WaitsFor.StartsWith("receive from", StringComparison.Ordinal));
    }

    // A bound goroutine that sleeps for ever keeps nobody from finding the deadlock.
    [Pins("runtime.TestLockedDeadlock2")]
    [Fact]
    public void A_locked_goroutine_beside_main_can_be_in_a_deadlock()
    {
        var parked = Deadlocks(async () =>
        {
            Go.Run(async () =>
            {
                Go.LockThread();
                await new Chan<int>().ReceiveAsync();
            });
            await Go.SleepAsync(TimeSpan.FromMilliseconds(1));
            await new Chan<int>().ReceiveAsync();
        });
        Assert.Equal(2, parked.Count);
    }

    // main leaves by Goexit, the others end later: there is no goroutine any more, and the program says so.
    [Pins("runtime.TestGoexitCrash")]
    [Fact]
    public void When_main_exited_and_the_last_goroutine_ended_it_is_a_deadlock()
    {
        var ended = false;
        Assert.Equal("no goroutines (main called runtime.Goexit) - deadlock!", Exits(() =>
        {
            Go.Run(async () =>
            {
                await Go.SleepAsync(TimeSpan.FromMilliseconds(1));
                ended = true;
            });
            GC.Collect();
            Go.Exit();
        }));
        Assert.True(ended);
    }

    // Goexit in a deferred call ends the goroutine in the midst of its panic: the panic is over.
    [Pins("runtime.TestGoexitInPanic")]
    [Fact]
    public void Exit_in_a_finally_block_ends_a_panic()
    {
        Assert.Equal("no goroutines (main called runtime.Goexit) - deadlock!", Exits(() =>
        {
            Go.Run(() =>
            {
                try
                {
                    throw new FormatException("hello");
                }
                finally
                {
                    Go.Exit();
                }
            });
            Go.Exit();
        }));
    }

    // A panic in a deferred call that Goexit runs is a panic.
    [Pins("runtime.TestPanicAfterGoexit")]
    [Fact]
    public void A_panic_in_a_finally_block_that_Exit_runs_escapes()
    {
        var panics = Panicking(async () =>
        {
            var group = new WaitGroup();
            group.Go(async () =>
            {
                try
                {
                    Go.Exit();
                }
                finally
                {
                    await Go.Yield();
                    Throw("hello");
                }
            });
            await group.WaitAsync();
        });
        Assert.Equal("hello", Assert.Single(panics).Exception.Message);
    }

    // The same panic, recovered inside of the deferred call: Goexit goes on.
    [Pins("runtime.TestRecoveredPanicAfterGoexit")]
    [Fact]
    public void A_panic_that_is_caught_in_a_finally_block_does_not_stop_Exit()
    {
        var reached = false;
        Assert.Equal("no goroutines (main called runtime.Goexit) - deadlock!", Exits(() =>
        {
            try
            {
                Go.Exit();
            }
            finally
            {
                Assert.Throws<FormatException>(() => Throw("hello"));
            }

            reached = true;
        }));
        Assert.False(reached);
    }

    // What escapes tells through which calls it came, waits in between or not.
    [Pins("runtime.TestPanicTraceback")]
    [Fact]
    public void A_panic_tells_the_calls_it_came_through()
    {
        var panic = Assert.Single(Panicking(async () =>
        {
            var group = new WaitGroup();
            group.Go(First);
            await group.WaitAsync();
        }));
        var trace = panic.Exception.StackTrace!;
        Assert.True(trace.IndexOf(nameof(Second), StringComparison.Ordinal) < trace.IndexOf(nameof(First), StringComparison.Ordinal));
        Assert.Contains(nameof(Second), trace, StringComparison.Ordinal);

        static async GoTask First() => await Second();

        static async GoTask Second()
        {
            await Go.Yield();
            Throw("hello");
        }
    }

    // Several goroutines panic at once: each panic is told once.
    [Pins("runtime.TestPanicRace")]
    [Fact]
    public void Panics_at_the_same_moment_are_all_told()
    {
        var panics = Panicking(async () =>
        {
            var group = new WaitGroup();
            for (var i = 0; i < 20; i++)
            {
                var number = i;
                group.Go(async () =>
                {
                    await Go.Yield();
                    Throw($"{number}");
                });
            }

            await group.WaitAsync();
        }, expected: 20);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}").Order(), panics.Select(panic => panic.Exception.Message).Order());
    }

    private static void Throw(string message) => throw new FormatException(message);

    /// <summary>Runs a main that exits, and returns how the program ended.</summary>
    private static string Exits(Action main) => Assert.Throws<GoDeadlockException>(() => Runs(async () =>
    {
        await Go.Yield();
        main();
    })).Message;

    private static List<GoPanic> Panicking(Func<GoTask> main, int expected = 1)
    {
        var panics = new BlockingCollection<GoPanic>();
        var options = new GoSchedulerOptions { MaxProcs = 4, UnhandledException = panics.Add };
        Limited.Run(() => GoScheduler.Run(main, options));

        // Each is told by its own goroutine, which may still be about to when main ends.
        List<GoPanic> told = [];
        while (told.Count < expected && panics.TryTake(out var panic, TimeSpan.FromSeconds(30))) told.Add(panic);
        Assert.Empty(panics);
        return told;
    }

    private static class WaitsForEver
    {
        static WaitsForEver() => new Chan<int>().Receive();
    }
}
