using System.Diagnostics;
using Quintet.GilThreads;

namespace Quintet.Bench.Processes;

/// <summary>The lock's twin measurements.</summary>
internal static class GilScenarios
{
    internal static double Run(string name) => name switch
    {
        "uncontended" => Uncontended(),
        "checkpoint" => Checkpoint(),
        "two-threads" => TwoThreads(),
        "wake" => Wake(GilSwitchPolicy.SwitchInterval),
        "wake-io" => Wake(GilSwitchPolicy.IoPriority),
        _ => throw new ArgumentException($"No scenario '{name}'."),
    };

    /// <summary>Nanoseconds for a release and a take that nobody competes for.</summary>
    private static double Uncontended()
    {
        using var gil = new GlobalInterpreterLock();
        var best = double.MaxValue;
        for (var round = 0; round < 50; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < 100_000; i++) gil.Enter().Dispose();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalNanoseconds / 100_000);
        }
        return best;
    }

    /// <summary>How much longer a loop takes with a checkpoint in each round of 100 divisions; 1 is nothing.</summary>
    private static double Checkpoint()
    {
        using var gil = new GlobalInterpreterLock();
        using var held = gil.Enter();
        var ratios = new List<double>();
        for (var round = 0; round < 40; round++)
        {
            var with = Time(() => Divide(20_000, gil));
            ratios.Add(with / Time(() => Divide(20_000, null)));
        }
        ratios.Sort();
        return ratios[ratios.Count / 2];
    }

    /// <summary>Throughput of two threads under one lock over that of one.</summary>
    private static double TwoThreads()
    {
        using var gil = new GlobalInterpreterLock();
        const int rounds = 100_000;
        void One() => gil.StartThread(() => Divide(rounds, gil)).Join();
        void Two()
        {
            var threads = new[] { gil.StartThread(() => Divide(rounds / 2, gil)), gil.StartThread(() => Divide(rounds / 2, gil)) };
            foreach (var thread in threads) thread.Join();
        }

        for (var i = 0; i < 50; i++) Divide(200, gil);
        var ratios = new List<double>();
        for (var round = 0; round < 7; round++) ratios.Add(Time(One) / Time(Two));
        ratios.Sort();
        return ratios[ratios.Count / 2];
    }

    /// <summary>Microseconds from the end of blocking work until the thread has the lock, beside one that computes.</summary>
    private static double Wake(GilSwitchPolicy policy)
    {
        using var gil = new GlobalInterpreterLock(new GilOptions { Policy = policy });
        var stop = false;
        var hog = gil.StartThread(() => { while (!Volatile.Read(ref stop)) Divide(1, gil); });
        var waits = new List<double>();
        gil.StartThread(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                var ended = 0L;
                gil.AllowThreads(() =>
                {
                    Thread.Sleep(2);
                    ended = Stopwatch.GetTimestamp();
                });
                waits.Add(Stopwatch.GetElapsedTime(ended).TotalMicroseconds);
            }
        }).Join();
        Volatile.Write(ref stop, true);
        hog.Join();
        waits.Sort();
        return waits[waits.Count / 2];
    }

    private static long Divide(int rounds, GlobalInterpreterLock? gil)
    {
        var sum = 0L;
        for (var i = 1; i <= rounds; i++)
        {
            for (var k = 1; k <= 100; k++) sum += (long)i * 1_000_003 / k;
            gil?.Checkpoint();
        }
        return sum;
    }

    private static double Time(Action body)
    {
        var started = Stopwatch.GetTimestamp();
        body();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }
}
