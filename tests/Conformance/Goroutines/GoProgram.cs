using System.Runtime.CompilerServices;
using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>Runs a test's body as the main goroutine of a Go program of its own.</summary>
internal static class GoProgram
{
    /// <summary>Ends when main ends; a deadlock, a panic in any goroutine, and a main that does not end, fails the test.</summary>
    internal static void Runs(Func<GoTask> main, int maxProcs = 4, bool slices = true, [CallerMemberName] string test = "")
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
        Limited.Run(() => GoScheduler.Run(main, options), test);
        lock (panics) Assert.Empty(panics);
    }

    /// <summary>Runs until the scheduler finds that nobody can go on, and returns who waits.</summary>
    internal static IReadOnlyList<ParkedGoroutine> Deadlocks(
        Func<GoTask> main, int maxProcs = 4, [CallerMemberName] string test = "") =>
        Assert.Throws<GoDeadlockException>(() => Runs(main, maxProcs, test: test)).Parked;

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
