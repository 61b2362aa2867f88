using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see DetectorTests.</summary>
public static class MeetsItself
{
    public static async GoTask Begin()
    {
        var balls = Chan.Make<int>();
        await balls.SendAsync(1); // QNT1003
        await balls.ReceiveAsync();
    }
}
