using System.Runtime.CompilerServices;
using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>Runs a test's body as the main goroutine of a Go program of its own.</summary>
internal static class GoProgram
{
    /// <summary>Ends when main ends; a deadlock, and a panic in any goroutine, fails the test.</summary>
    internal static void Runs(Func<GoTask> main, int maxProcs = 4, bool slices = true)
    {
        var panics = new List<GoPanic>();
        var options = new GoSchedulerOptions
        {
            MaxProcs = maxProcs,
            TimeSlice = slices ? TimeSpan.FromMilliseconds(10) : Timeout.InfiniteTimeSpan,
            UnhandledException = panic =>
            {
                lock (panics) panics.Add(panic);
            },
        };
        GoScheduler.Run(main, options);
        lock (panics) Assert.Empty(panics);
    }

    /// <summary>Runs until the scheduler finds that nobody can go on, and returns who waits.</summary>
    internal static IReadOnlyList<ParkedGoroutine> Deadlocks(Func<GoTask> main, int maxProcs = 4) =>
        Assert.Throws<GoDeadlockException>(() => Runs(main, maxProcs)).Parked;

    /// <summary>Awaits what must panic, and returns the panic's text.</summary>
    internal static async GoTask<string> Panics(Func<GoTask> body, [CallerArgumentExpression(nameof(body))] string told = "")
    {
        try
        {
            await body();
        }
        catch (GoRuntimeException panic)
        {
            return panic.Message;
        }

        Assert.Fail($"no panic: {told}");
        return "";
    }
}
