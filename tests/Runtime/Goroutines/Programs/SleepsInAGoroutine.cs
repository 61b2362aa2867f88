using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see DetectorTests.</summary>
public static class SleepsInAGoroutine
{
    public static async GoTask Begin()
    {
        var done = new Chan<bool>();
        Go.Run(Sleep(done));
        while (!done.TryReceive(out _)) await Go.Yield();
    }

    private static async GoTask Sleep(Chan<bool> done)
    {
        await Go.Yield();
        Thread.Sleep(400);
        await done.SendAsync(true);
    }
}
