using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed class StorageTwin(Transcript t)
{
    private readonly AsyncLocalStorage<string> _s = new();
    private readonly AsyncLocalStorage<string> _u = new();

    [Twin("node/68-async-local-storage")]
    internal static void Values(Transcript t) => NodeLoop.Run(new StorageTwin(t).Main, Virtual);

    private void Log(string name) => t.Print(name, _s.GetStore() ?? "none", _u.GetStore() ?? "none");

    private void Main()
    {
        _s.Run("a", Inside);
        Log("outside");
        var e = new EventEmitter();
        _s.Run("listener", () => { e.On("x", () => Log("event")); });
        _s.Run("emitter", () => { e.Emit("x"); });
        var bound = _s.Run("bound", () => AsyncLocalStorage.Bind<int>(x => Log("bound " + x)));
        var snapshot = _s.Run("snap", AsyncLocalStorage.Snapshot);
        _s.Run("other", () =>
        {
            bound(1);
            snapshot(() =>
            {
                Log("in snapshot");
                Tick(() => Log("tick of snapshot"));
            });
            Log("after");
        });
        Immediate(Entering);
        Immediate(() => Log("next immediate"));
        _ = Async();
        Log("after async call");
        try
        {
            _s.Run("throws", () => throw new InvalidOperationException());
        }
        catch (InvalidOperationException)
        {
            Log("caught");
        }

        Promise<bool>? p = null;
        _s.Run("creator", () => { p = new Promise<bool>(r => After(800, () => r.Resolve(true))); });
        _s.Run("reactor", () => { p!.Then(_ => Log("reaction")); });
    }

    private void Inside()
    {
        Log("run");
        Tick(() => Log("tick"));
        Immediate(() => Log("immediate"));
        After(400, () =>
        {
            Log("timer");
            _u.Run("t", () => { Promise.Resolve().Then(() => Log("micro of timer")); });
            Log("timer goes on");
        });
        Promise.Resolve().Then(() => Log("micro")).Then(() => Log("micro 2"));
        NodeLoop.Current.QueueMicrotask(() => Log("queued"));
        _u.Run("b", () =>
        {
            Log("both");
            _s.Exit(() =>
            {
                Log("exited");
                Immediate(() => Log("immediate of exited"));
            });
        });
        Log("still");
    }

    private void Entering()
    {
        _s.EnterWith("entered");
        Log("entered");
        Tick(() => Log("tick of entered"));
        Promise.Resolve().Then(() =>
        {
            _s.EnterWith("inner");
            Log("inner");
        });
        Immediate(() => Log("immediate of entered"));
    }

    private async Promise Async()
    {
        _s.EnterWith("async");
        await Promise.Resolve();
        Log("async");
        await _s.Run("nested", Nested);
        Log("async again");
        await new Promise<bool>(r => _u.Run("promise", () => { After(600, () => r.Resolve(true)); }));
        Log("after promise");
    }

    private async Promise Nested()
    {
        await Promise.Resolve();
        Log("nested");
        _s.EnterWith("changed");
        await Promise.Resolve();
        Log("changed");
    }
}
