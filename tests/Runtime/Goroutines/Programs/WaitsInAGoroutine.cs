using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines.Programs;

/// <summary>A program of which the analyzers and the run time say the same: see DetectorTests.</summary>
public static class WaitsInAGoroutine
{
    public static async GoTask Begin()
    {
        var numbers = new Chan<int>();
        Go.Run(Consume(numbers));
        await numbers.SendAsync(1);
        await numbers.SendAsync(2);
    }

    private static async GoTask Consume(Chan<int> numbers)
    {
        await numbers.ReceiveAsync();
        numbers.Receive(); // QNT1011
    }
}
