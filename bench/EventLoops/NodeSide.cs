using System.Runtime.InteropServices;
using Quintet.Node;

namespace Quintet.Bench.EventLoops;

/// <summary>What peers/node.js does, on our Node loop.</summary>
internal static partial class NodeSide
{
    internal static readonly (string Name, int Operations, Action<int> Run)[] Benches =
    [
        ("set_immediate", 2_000_000, n => Chain(n, (loop, call) => loop.SetImmediate(call))),
        ("set_immediate_fd", 500_000, ImmediateWithDescriptor),
        ("next_tick", 5_000_000, n => Chain(n, (loop, call) => loop.NextTick(call))),
        ("await_hop", 5_000_000, n => NodeLoop.Run(() => AwaitHops(n), Options)),
        ("promise_all", 500_000, n => NodeLoop.Run(() => All(n), Options)),
        ("timeouts_same", 1_000_000, n => Timeouts(n, _ => 1)),
        ("timeouts_random", 1_000_000, n => Timeouts(n, i => i * 7919L % 1000)),
        ("emit_string", 20_000_000, Emit),
        ("emit_typed", 50_000_000, EmitTyped),
        ("pool", 64_000, Pool),
    ];

    private static readonly NodeLoopOptions Options = new() { SlowCallback = Timeout.InfiniteTimeSpan };

    private static void Chain(int n, Action<NodeLoop, Action> next) => NodeLoop.Run(() => StartChain(n, next, static () => { }));

    private static void ImmediateWithDescriptor(int n) => NodeLoop.Run(() =>
    {
        var server = new NetServer(static _ => { });
        server.Listen(0, "127.0.0.1", () => StartChain(n, (loop, call) => loop.SetImmediate(call), () => server.Close()));
    });

    private static void StartChain(int n, Action<NodeLoop, Action> next, Action done)
    {
        var loop = NodeLoop.Current;
        Action call = null!;
        call = () =>
        {
            if (--n > 0) next(loop, call);
            else done();
        };
        next(loop, call);
    }

    private static async Promise AwaitHops(int n)
    {
        for (var i = 0; i < n; i++) await Promise.Resolve();
    }

    private static async Promise All(int n)
    {
        var promises = new Promise<int>[n];
        for (var i = 0; i < n; i++) promises[i] = One();
        await Promise.All(promises);

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

    private static void EmitTyped(int n)
    {
        var emitter = new EventEmitter<int>();
        long sum = 0;
        emitter.On(value => sum += value);
        for (var i = 0; i < n; i++) emitter.Emit(1);
    }

    private static void Pool(int n) => NodeLoop.Run(() =>
    {
        var started = 0;
        for (var i = 0; i < 32; i++) Go();

        void Go()
        {
            if (started++ < n) NodeLoop.Current.QueueWork(static () => access(".", 0), (_, _) => Go());
        }
    });

    /// <summary>What the pool does for Node's <c>fs.access</c>: one call of the system.</summary>
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int access(string path, int mode);
}
