using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class Stores(Transcript t)
{
    private readonly AsyncLocalStorage<string> _s = new();
    private readonly NodeLoop _loop = NodeLoop.Current;

    [Twin("node/79-stores")]
    internal static void See(Transcript t) => NodeLoop.Run(() => new Stores(t).Main(), Virtual);

    private async Promise Main()
    {
        await Step("timers", Timers);
        await Step("promises", Promises);
        await Step("emitters", Emitters);
        await Step("signals", Signals);
        await Step("streams", Streams);
        await Step("ports", Ports);
        await Step("files", Files);
        await Step("sockets", Sockets);
        await Step("workers", Workers);
        await Step("generators", Generators);
        await Step("nested", Nested);
    }

    private async Promise Step(string name, Func<Promise> run)
    {
        t.Log("--", name);
        await _s.Exit(run);
        await _loop.Delay(50);
    }

    private void Log(string name) => t.Log(name, _s.GetStore() ?? "none");

    private Action Say(string name) => () => Log(name);

    private async Promise Timers()
    {
        var n = 0;
        _s.Run("made", () =>
        {
            NodeTimeout i = null!;
            i = _loop.SetInterval(
                () =>
                {
                    Log("interval");
                    _s.EnterWith("changed");
                    if (++n == 2) i.Close();
                },
                5);
        });
        var timer = _s.Run("timer", () => After(300, Say("refreshed")));
        _s.Run("refresher", () => timer.Refresh());
        await _loop.Delay(600);
        Log("after wait");
        await _s.Run("inner", async Promise () =>
        {
            await _loop.Delay(5);
            Log("awaited inside");
        });
        Log("outside again");
    }

    private async Promise Promises()
    {
        var (p, resolver) = _s.Run("creator", () => Promise.WithResolvers<int>());
        _ = _s.Run("reactor 1", () => p.Then(_ =>
        {
            Log("reaction 1");
            Tick(Say("tick of it"));
        }).Finally(Say("finally")));
        _ = _s.Run("reactor 2", () => p.Then(_ => Log("reaction 2")));
        _s.Run("resolver", () => resolver.Resolve(1));
        _ = _s.Run("catcher", () => Promise.Reject<int>(new InvalidOperationException("x")).Catch((Exception _) => Log("catch")));
        async Promise F()
        {
            Log("begins");
            await Promise.Resolve();
            Log("goes on");
            _s.EnterWith("set inside");
            await Promise.Resolve();
            Log("still");
        }

        await _s.Run("caller", F);
        Log("caller after");
        async Promise Waits(string name)
        {
            await Promise.Resolve();
            Log(name);
        }

        await Promise.All(_s.Run("a", () => Waits("all a")), _s.Run("b", () => Waits("all b")));
    }

    private async Promise Emitters()
    {
        var e = new EventEmitter();
        _s.Run("listener", () =>
        {
            e.On("x", Say("listener"));
            e.Once("x", Say("once listener"));
        });
        _s.Run("emit", () => e.Emit("x"));
        _s.Run("later", () => Immediate(() => e.Emit("x")));
        await _s.Run("waiter", async Promise () =>
        {
            Immediate(() => _s.Run("emitter", () => e.Emit("y", 1)));
            await EventEmitter.Once<int>(e, "y");
            Log("after once");
        });
    }

    private async Promise Signals()
    {
        var controller = new AbortController();
        _s.Run("listener", () => controller.Signal.AddListener(Say("abort")));
        _ = _s.Run("waiter", () => _loop.Delay(1000, controller.Signal).Catch((Exception _) => Log("aborted wait")));
        _s.Run("aborter", () => controller.Abort());
        await _loop.Delay(5);
    }
}
