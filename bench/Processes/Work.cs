using System.Diagnostics;
using Quintet.Multiprocessing;

namespace Quintet.Bench.Processes;

/// <summary>What the benchmarks run in workers.</summary>
internal static class Work
{
    [ProcessFunction]
    internal static int Increment(int x) => x + 1;

    [ProcessFunction]
    internal static int Length(byte[] bytes) => bytes.Length;

    [ProcessFunction]
    internal static double FirstAndLast(SharedArray<double> array)
    {
        using (array) return array[0] + array[array.Length - 1];
    }

    [ProcessFunction]
    internal static List<Item> Echo(List<Item> items) => items;

    [ProcessFunction]
    internal static long Burn(int rounds)
    {
        var state = 1UL;
        for (var i = 0; i < rounds; i++) state = state * 6364136223846793005UL + 1442695040888963407UL;
        return (long)state;
    }

    [ProcessFunction]
    internal static int Die(int unused)
    {
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
        return unused;
    }
}
