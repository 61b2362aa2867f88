using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see DetectorTests.</summary>
public static class WaitsForNobody
{
    public static async GoTask Begin()
    {
        var answers = new Chan<int>();
        await answers.ReceiveAsync(); // QNT1003
    }
}
