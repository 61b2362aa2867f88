using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see DetectorTests.</summary>
public static class LeaksAGoroutine
{
    public static async GoTask Begin()
    {
        var results = new Chan<int>();
        Go.Run(async () => await results.SendAsync(6 * 7)); // QNT1003
        await Go.Yield();
    }
}
