using Quintet.Asyncio;

namespace Quintet.Bench.EventLoops;

/// <summary>What peers/cpython.py does, on our event loop.</summary>
internal static class AsyncioSide
{
    internal static readonly (string Name, int Operations, Action<int> Run)[] Benches =
    [
        ("call_soon", 2_000_000, CallSoon),
        ("switch", 2_000_000, n => EventLoop.Run(Switch(n), Options)),
        ("spawn_gather", 500_000, n => EventLoop.Run(SpawnGather(n), Options)),
        ("future_wake", 1_000_000, n => EventLoop.Run(FutureWake(n), Options)),
        ("queue", 1_000_000, n => EventLoop.Run(Queue(n, 100), Options)),
        ("queue_1", 320_000, n => EventLoop.Run(Queue(n, 1), Options)),
        ("lock", 320_000, n => EventLoop.Run(Lock(n), Options)),
        ("thread_safe", 500_000, ThreadSafe),
        ("executor", 96_000, n => EventLoop.Run(Executor(n), Options)),
        ("timers", 96_000, Timers),
    ];

    private static readonly EventLoopOptions Options = new() { HandleInterrupt = false, SlowCallback = Timeout.InfiniteTimeSpan };

    private static void CallSoon(int n)
    {
        using var loop = new EventLoop(Options);
        Action call = null!;
        call = () =>
        {
            if (--n > 0) loop.CallSoon(call);
            else loop.Stop();
        };
        loop.CallSoon(call);
        loop.RunForever();
    }

    private static async Coroutine Switch(int n)
    {
        await Aio.Gather(Enumerable.Range(0, 100).Select(_ => Aio.CreateTask(Turns(n / 100))).ToArray());

        static async Coroutine Turns(int count)
        {
            for (var i = 0; i < count; i++) await Aio.Sleep(TimeSpan.Zero);
        }
    }

    private static async Coroutine SpawnGather(int n)
    {
        var coroutines = new Coroutine<int>[1000];
        for (var i = 0; i < n / 1000; i++)
        {
            for (var j = 0; j < coroutines.Length; j++) coroutines[j] = One();
            await Aio.Gather(coroutines);
        }

        static async Coroutine<int> One() => 1;
    }

    private static async Coroutine FutureWake(int n)
    {
        var loop = EventLoop.Current;
        for (var i = 0; i < n; i++)
        {
            var future = loop.CreateFuture<int>();
            loop.CallSoon(static state => ((Future<int>)state!).SetResult(0), future);
            await future;
        }
    }

    private static async Coroutine Queue(int n, int size)
    {
        var queue = new AsyncQueue<int>(size);
        var task = Aio.CreateTask(Put());
        for (var i = 0; i < n; i++) await queue.Get();
        await task;

        async Coroutine Put()
        {
            for (var i = 0; i < n; i++) await queue.Put(i);
        }
    }

    private static async Coroutine Lock(int n)
    {
        var mutex = new AsyncLock();
        await Aio.Gather(Enumerable.Range(0, 10).Select(_ => Aio.CreateTask(Take())).ToArray());

        async Coroutine Take()
        {
            for (var i = 0; i < n / 10; i++)
                using (await mutex.Acquire()) await Aio.Sleep(TimeSpan.Zero);
        }
    }

    private static void ThreadSafe(int n)
    {
        using var loop = new EventLoop(Options);
        var left = n;
        Action call = () =>
        {
            if (--left == 0) loop.Stop();
        };
        var other = new Thread(() =>
        {
            for (var i = 0; i < n; i++) loop.CallSoonThreadSafe(call);
        });
        other.Start();
        loop.RunForever();
        other.Join();
    }

    private static async Coroutine Executor(int n)
    {
        await Aio.Gather(Enumerable.Range(0, 32).Select(_ => Aio.CreateTask(Work())).ToArray());

        async Coroutine Work()
        {
            for (var i = 0; i < n / 32; i++) await EventLoop.Current.RunInExecutor(static () => 0);
        }
    }

    private static void Timers(int n)
    {
        using var loop = new EventLoop(Options);
        var left = n;
        Action call = () =>
        {
            if (--left == 0) loop.Stop();
        };
        for (var i = 0; i < n; i++) loop.CallLater(TimeSpan.FromMilliseconds(i * 7919L % 1000 / 10.0), call);
        loop.RunForever();
    }
}
