using System.Threading.Channels;

namespace Quintet.Bench.EventLoops;

/// <summary>The same programs on the base library: the thread pool, channels, semaphores, task completion sources.</summary>
internal static class PeerSide
{
    internal static readonly (string Name, int Operations, Func<int, Task> Run)[] Benches =
    [
        ("switch", 1_000_000, Switch),
        ("spawn_gather", 500_000, SpawnGather),
        ("future_wake", 500_000, FutureWake),
        ("queue", 1_000_000, n => Queue(n, 100)),
        ("queue_1", 160_000, n => Queue(n, 1)),
        ("lock", 160_000, Lock),
        ("executor", 160_000, Executor),
        ("timers", 96_000, Timers),
    ];

    private static async Task Switch(int n)
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Turns(n / 100)));

        static async Task Turns(int count)
        {
            for (var i = 0; i < count; i++) await Task.Yield();
        }
    }

    private static async Task SpawnGather(int n)
    {
        var tasks = new Task<int>[1000];
        for (var i = 0; i < n / 1000; i++)
        {
            for (var j = 0; j < tasks.Length; j++) tasks[j] = Task.Run(static () => 1);
            await Task.WhenAll(tasks);
        }
    }

    private static async Task FutureWake(int n)
    {
        for (var i = 0; i < n; i++)
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ThreadPool.UnsafeQueueUserWorkItem(static source => source.SetResult(), source, preferLocal: true);
            await source.Task;
        }
    }

    private static async Task Queue(int n, int size)
    {
        var channel = Channel.CreateBounded<int>(size);
        var putting = Task.Run(async () =>
        {
            for (var i = 0; i < n; i++) await channel.Writer.WriteAsync(i);
        });
        for (var i = 0; i < n; i++) await channel.Reader.ReadAsync();
        await putting;
    }

    private static async Task Lock(int n)
    {
        using var gate = new SemaphoreSlim(1, 1);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(Take)));

        async Task Take()
        {
            for (var i = 0; i < n / 10; i++)
            {
                await gate.WaitAsync();
                await Task.Yield();
                gate.Release();
            }
        }
    }

    private static async Task Executor(int n)
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Work()));

        async Task Work()
        {
            for (var i = 0; i < n / 32; i++) await Task.Run(static () => 0);
        }
    }

    private static async Task Timers(int n)
    {
        var delays = new Task[n];
        for (var i = 0; i < n; i++) delays[i] = Task.Delay(TimeSpan.FromMilliseconds(i * 7919L % 1000 / 10.0));
        await Task.WhenAll(delays);
    }
}
