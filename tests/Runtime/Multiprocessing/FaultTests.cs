using System.Diagnostics;
using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>What happens when processes are killed from outside, or memory runs out. Figures go to the tests' output.</summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    [Fact(Timeout = Patience.OfATest)]
    public async Task Workers_of_a_parent_that_is_killed_end_and_leave_nothing()
    {
        var directory = Directory.CreateTempSubdirectory("qnt-test-");
        var options = new ProcessPoolOptions { WorkerCount = 1 };
        options.WorkerEnvironment["TMPDIR"] = directory.FullName;
        await using var pool = new ProcessPool(options);
        var orphans = await pool.RunAsync(FaultFunctions.BecomeParent);
        Assert.Equal(2, orphans.Length);
        Assert.All(orphans, static id => Assert.True(FaultFunctions.IsAlive(id)));

        var killed = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.RunAsync(WorkerFunctions.KillSelf, 0));
        await Eventually(() => !orphans.Any(FaultFunctions.IsAlive));

        output.WriteLine($"orphans gone {Stopwatch.GetElapsedTime(killed).TotalMilliseconds:0} ms after the SIGKILL of their parent");
        Assert.Empty(directory.EnumerateFileSystemInfos());
        directory.Delete();
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_parent_that_is_killed_while_its_workers_start_leaves_nothing()
    {
        var directory = Directory.CreateTempSubdirectory("qnt-test-");
        var options = new ProcessPoolOptions { WorkerCount = 1 };
        options.WorkerEnvironment["TMPDIR"] = directory.FullName;
        await using var pool = new ProcessPool(options);
        var parents = 0;
        for (var delay = 0; delay <= 100; delay += 20, parents++)
            await Assert.ThrowsAsync<WorkerCrashedException>(() => pool.RunAsync(FaultFunctions.DieWhileStarting, delay));

        var killed = Stopwatch.GetTimestamp();
        await Eventually(() => !directory.EnumerateFileSystemInfos().Any());
        output.WriteLine($"{parents} parents killed 0 to 100 ms after they began to start workers; nothing left "
            + $"{Stopwatch.GetElapsedTime(killed).TotalMilliseconds:0} ms after the last");
        directory.Delete();
    }

    [Theory(Timeout = Patience.OfATest)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Kills_from_outside_lose_at_most_one_task_each_and_none_runs_twice(int workers)
    {
        const int tasks = 3000, kills = 6;
        using var runs = new SharedArray<int>(tasks);
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = workers });
        await pool.StartAsync();
        var results = Enumerable.Range(0, tasks).Select(i => pool.RunAsync(FaultFunctions.CountRun, runs, i)).ToArray();
        for (var kill = 0; kill < kills; kill++)
        {
            var due = results[(kill + 1) * tasks / (kills + 2)];
            await due.ContinueWith(static _ => { }, TaskScheduler.Default);
            if (pool.WorkerProcessIds is [var victim, ..]) Kill(victim);
        }

        await Task.WhenAll(results).ContinueWith(static _ => { }, TaskScheduler.Default);
        var lost = results.Count(static task => task.IsFaulted);
        var twice = runs.Span.ToArray().Count(static n => n > 1);
        output.WriteLine($"{workers} workers, {kills} SIGKILLs, {tasks} tasks: {lost} failed, {twice} ran twice");
        Assert.InRange(lost, 0, kills);
        Assert.All(results.Where(static task => task.IsFaulted), static task =>
            Assert.IsType<WorkerCrashedException>(task.Exception!.InnerException));
        for (var i = 0; i < tasks; i++) Assert.InRange(runs[i], results[i].IsFaulted ? 0 : 1, 1);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_worker_killed_in_a_task_loses_nothing_that_it_did_before_or_has_not_begun()
    {
        const int rounds = 4, around = 100;
        using var runs = new SharedArray<int>(rounds * 2 * around);
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        for (var round = 0; round < rounds; round++)
        {
            var before = Many(round * 2 * around);
            var victim = pool.RunAsync(WorkerFunctions.KillSelf, 0);
            var behind = Many((round * 2 + 1) * around);
            await Assert.ThrowsAsync<WorkerCrashedException>(() => victim);
            await Task.WhenAll(before.Concat(behind));
        }

        Assert.All(runs.Span.ToArray(), static n => Assert.Equal(1, n));
        output.WriteLine($"{rounds} SIGKILLs in the middle of {around} tasks before and {around} behind: {rounds} failed, "
            + $"{rounds * 2 * around} others answered, each once");

        Task<int>[] Many(int first) =>
            [.. Enumerable.Range(first, around).Select(i => pool.RunAsync(FaultFunctions.CountRun, runs, i))];
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_worker_that_dies_with_a_huge_argument_loses_its_task_only()
    {
        var huge = new byte[64 << 20];
        huge[^1] = 7;
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        var began = Stopwatch.GetTimestamp();
        var victim = pool.RunAsync(FaultFunctions.DieWith, huge);
        var behind = pool.RunAsync(FaultFunctions.GiveBack, huge);
        await Assert.ThrowsAsync<WorkerCrashedException>(() => victim);
        var back = await behind;
        Assert.Equal((huge.Length, 7), (back.Length, back[^1]));
        output.WriteLine("a SIGKILL with an argument of 64 MB: 1 task failed, the next one of 64 MB there and back answered, "
            + $"{Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms in all");
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task An_initializer_that_throws_fails_everything_and_hangs_nobody()
    {
        var options = new ProcessPoolOptions { WorkerCount = 2, Initializer = FaultFunctions.FailToStart };
        await using var pool = new ProcessPool(options);
        var map = pool.MapAsync(WorkerFunctions.Square, Enumerable.Range(0, 20), chunkSize: 1);
        var began = Stopwatch.GetTimestamp();
        var broken = await Assert.ThrowsAsync<BrokenProcessPoolException>(() => map);
        Assert.IsType<FormatException>(broken.InnerException);
        Assert.Throws<BrokenProcessPoolException>(() => { _ = pool.RunAsync(WorkerFunctions.Square, 1); });
        output.WriteLine("an initializer that throws: a map of 20 failed after "
            + $"{Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms, and what came later at once");
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_worker_killed_while_idle_costs_nothing()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        var process = await pool.RunAsync(WorkerFunctions.ProcessId);
        var killed = Stopwatch.GetTimestamp();
        Kill(process);
        await Eventually(() => pool.WorkerProcessIds.Count == 0);
        Assert.NotEqual(process, await pool.RunAsync(WorkerFunctions.ProcessId));
        output.WriteLine($"an idle worker killed: another one answered after {Stopwatch.GetElapsedTime(killed).TotalMilliseconds:0} ms");
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task No_room_for_a_large_result_fails_that_task_only()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        var thrown = await Assert.ThrowsAsync<IOException>(() => pool.RunAsync(FaultFunctions.BlobWithoutRoom, 1_000_000));
        Assert.Contains("No room", thrown.Message, StringComparison.Ordinal);
        await pool.RunAsync(FaultFunctions.MakeRoom);
        Assert.Equal(1_000_000, (await pool.RunAsync(WorkerFunctions.Blob, 1_000_000)).Length);
        output.WriteLine("no room for a result of 1 MB: 1 task failed, 2 after it answered, by the same worker");
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_worker_above_its_memory_limit_loses_its_task_only()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1, WorkerMemoryLimit = 64 << 20 });
        Assert.Equal(1 << 20, (await pool.RunAsync(FaultFunctions.Allocate, 8)).Length);
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => pool.RunAsync(FaultFunctions.Allocate, 500));
        Assert.True(thrown is OutOfMemoryException or WorkerCrashedException, thrown.ToString());
        Assert.Equal(9, await pool.RunAsync(WorkerFunctions.Square, 3));
        output.WriteLine($"500 MB under a limit of 64 MB: 1 task failed with {thrown.GetType().Name}, 2 beside it answered");
    }

    private static void Kill(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    private static async Task Eventually(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(5, TestContext.Current.CancellationToken);
    }
}
