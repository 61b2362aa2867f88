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
