using System.Diagnostics;
using Quintet.Asyncio;
using Quintet.Node;

namespace Quintet.Bench.EventLoops;

/// <summary>Our side: the same programs as in peers, on our loops.</summary>
internal static class QuintetSide
{
    private static readonly EventLoopOptions Options = new() { HandleInterrupt = false };

    internal static Dictionary<string, double> Measure(double scale)
    {
        var results = new Dictionary<string, double>();
        Time("call_soon", 2_000_000, CallSoon);
        Time("switch", 2_000_000, n => EventLoop.Run(Switch(n), Options));
        Time("spawn_gather", 500_000, n => EventLoop.Run(SpawnGather(n), Options));
        Time("future_wake", 1_000_000, n => EventLoop.Run(FutureWake(n), Options));
        Time("queue", 1_000_000, n => EventLoop.Run(Queue(n), Options));
        Time("lock", 320_000, n => EventLoop.Run(Lock(n), Options));
        Time("executor", 96_000, n => EventLoop.Run(Executor(n), Options));
        Time("timers", 100_000, Timers);
        Time("set_immediate", 2_000_000, n => Chain(n, (loop, call) => loop.SetImmediate(call)));
        Time("next_tick", 5_000_000, n => Chain(n, (loop, call) => loop.NextTick(call)));
        Time("await_hop", 5_000_000, n => NodeLoop.Run(() => AwaitHops(n)));
        Time("promise_all", 500_000, n => NodeLoop.Run(() => All(n)));
        Time("timeouts_same", 1_000_000, n => Timeouts(n, _ => 1));
        Time("timeouts_random", 1_000_000, n => Timeouts(n, i => i * 7919L % 1000));
        Time("emit_string", 20_000_000, Emit);
        Time("pool", 64_000, Pool);
        return results;

        void Time(string name, int operations, Action<int> bench)
        {
            var n = Math.Max(32_000, (int)(operations * scale) / 32_000 * 32_000);
            GC.Collect();
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            bench(n);
            results[name] = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalNanoseconds / n;
        }
    }

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
        for (var i = 0; i < n / 1000; i++) await Aio.Gather(Enumerable.Range(0, 1000).Select(_ => Aio.CreateTask(One())).ToArray());

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

    private static async Coroutine Queue(int n)
    {
        var queue = new AsyncQueue<int>(100);
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

    private static void Chain(int n, Action<NodeLoop, Action> next) => NodeLoop.Run(() =>
    {
        var loop = NodeLoop.Current;
        Action call = null!;
        call = () =>
        {
            if (--n > 0) next(loop, call);
        };
        next(loop, call);
    });

    private static async Promise AwaitHops(int n)
    {
        var settled = Promise.Resolve();
        for (var i = 0; i < n; i++) await settled;
    }

    private static async Promise All(int n)
    {
        await Promise.All(Enumerable.Range(0, n).Select(_ => One()));

        static async Promise<int> One()
        {
            await Promise.Resolve();
            return 0;
        }
    }

    private static void Timeouts(int n, Func<int, double> milliseconds) => NodeLoop.Run(() =>
    {
        Action call = static () => { };
        for (var i = 0; i < n; i++) NodeLoop.Current.SetTimeout(call, milliseconds(i));
    });

    private static void Emit(int n)
    {
        var emitter = new EventEmitter();
        long sum = 0;
        emitter.On<int>("x", value => sum += value);
        for (var i = 0; i < n; i++) emitter.Emit("x", 1);
    }

    private static void Pool(int n) => NodeLoop.Run(() =>
    {
        var started = 0;
        for (var i = 0; i < 32; i++) Go();

        void Go()
        {
            if (started++ < n) NodeLoop.Current.QueueWork(static () => Directory.Exists("."), (_, _) => Go());
        }
    });
}
