using System.Diagnostics;
using Quintet.Multiprocessing;

namespace Quintet.Bench.Processes;

/// <summary>Each scenario gives microseconds (or, where it says so, milliseconds or a ratio) for the same work as its twin in
/// peers.py.</summary>
internal static class PoolScenarios
{
    internal static Task<double> RunAsync(string name) => name switch
    {
        "submit" => WithPool(new(), SubmitAsync),
        "map1-window2" => WithPool(new() { WorkerCount = 2, MaxPrefetch = 2 }, static pool => MapAsync(pool, 20_000, 1)),
        "map1" => WithPool(new() { WorkerCount = 2 }, static pool => MapAsync(pool, 100_000, 1)),
        "map-auto" => WithPool(new() { WorkerCount = 2 }, static pool => MapAsync(pool, 2_000_000, 0)),
        "argument-copied" => WithPool(new() { WorkerCount = 1 }, CopiedAsync),
        "argument-shared" => WithPool(new() { WorkerCount = 1 }, SharedAsync),
        "codec" => Task.FromResult(Codec()),
        "ready" => ReadyAsync(),
        "recovery" => WithPool(new() { WorkerCount = 2 }, RecoveryAsync),
        "recovery-spare" => WithPool(new() { WorkerCount = 2, SpareWorkers = 1 }, RecoveryAsync),
        "burn-raw" => Task.FromResult(BurnTime(400_000_000)),
        "burn-pool" => WithPool(new() { WorkerCount = 2 }, BurnAsync),
        _ => throw new ArgumentException($"No scenario '{name}'."),
    };

    private static async Task<double> WithPool(ProcessPoolOptions options, Func<ProcessPool, Task<double>> scenario)
    {
        await using var pool = new ProcessPool(options);
        await pool.StartAsync();
        await pool.MapAsync(Work.Increment, Enumerable.Range(0, 10_000), chunkSize: 1);
        return await scenario(pool);
    }

    private static async Task<double> SubmitAsync(ProcessPool pool)
    {
        const int rounds = 3_000;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < rounds; i++) await pool.RunAsync(Work.Increment, i);
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / rounds;
    }

    private static async Task<double> MapAsync(ProcessPool pool, int count, int chunkSize)
    {
        var inputs = Enumerable.Range(0, count).ToArray();
        // For so long three just-in-time compilers are at work beside the map, or they are what is measured.
        var warming = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(warming) < TimeSpan.FromSeconds(1)) await pool.MapAsync(Work.Increment, inputs, chunkSize);

        var rounds = new double[5];
        for (var round = 0; round < rounds.Length; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await pool.MapAsync(Work.Increment, inputs, chunkSize);
            rounds[round] = Stopwatch.GetElapsedTime(started).TotalMicroseconds / count;
        }
        return rounds.Order().ElementAt(rounds.Length / 2);
    }

    private static async Task<double> CopiedAsync(ProcessPool pool)
    {
        var bytes = new byte[100_000_000];
        bytes.AsSpan().Fill(1);
        await pool.RunAsync(Work.Length, bytes);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 3; i++) await pool.RunAsync(Work.Length, bytes);
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / 3;
    }

    private static async Task<double> SharedAsync(ProcessPool pool)
    {
        var data = new double[12_500_000];
        data.AsSpan().Fill(1);
        using var array = new SharedArray<double>(data.Length);
        data.CopyTo(array.Span);
        await pool.RunAsync(Work.FirstAndLast, array);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 3; i++)
        {
            // Filling it is part of the price, as pickling is.
            data.CopyTo(array.Span);
            await pool.RunAsync(Work.FirstAndLast, array);
        }
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / 3;
    }

    private static double Codec()
    {
        var items = Item.Thousand();
        var writer = new PayloadWriter();
        var best = double.MaxValue;
        for (var round = 0; round < 300; round++)
        {
            var started = Stopwatch.GetTimestamp();
            writer = new PayloadWriter();
            PayloadCodec<List<Item>>.Default.Write(writer, items);
            var reader = new PayloadReader(writer.Written);
            if (PayloadCodec<List<Item>>.Default.Read(ref reader).Count != 1000) throw new InvalidDataException();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }
        return best;
    }

    private static async Task<double> ReadyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await using var pool = new ProcessPool(new() { WorkerCount = 2 });
        await Task.WhenAll(pool.RunAsync(Work.Increment, 1), pool.RunAsync(Work.Increment, 2));
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }

    private static async Task<double> RecoveryAsync(ProcessPool pool)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await pool.RunAsync(Work.Die, 0);
            throw new InvalidOperationException("It lives.");
        }
        catch (WorkerCrashedException)
        {
            // As it should. Ready again means: as many workers as before.
            await pool.StartAsync();
        }
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }

    private static double BurnTime(int rounds)
    {
        Work.Burn(1_000_000);
        var started = Stopwatch.GetTimestamp();
        Work.Burn(rounds);
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }

    private static async Task<double> BurnAsync(ProcessPool pool)
    {
        await pool.MapAsync(Work.Burn, [1_000_000, 1_000_000], chunkSize: 1);
        var started = Stopwatch.GetTimestamp();
        await pool.MapAsync(Work.Burn, Enumerable.Repeat(40_000_000, 20), chunkSize: 1);
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }
}
