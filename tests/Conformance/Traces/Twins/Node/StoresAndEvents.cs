using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class StoresAndEvents(Transcript t)
{
    private readonly AsyncLocalStorage<string> _s = new();
    private readonly AsyncLocalStorage<string> _u = new();
    private readonly NodeLoop _loop = NodeLoop.Current;

    [Twin("node/87-stores-and-events")]
    internal static void See(Transcript t) => NodeLoop.Run(() => new StoresAndEvents(t).Main(), Virtual);

    private async Promise Main()
    {
        _loop.Process.UnhandledRejection += (e, _) => Log("unhandled " + e.Message);
        _loop.Process.UncaughtException += e => Log("uncaught " + e.Message);
        await Step("enteredInAFunction", EnteredInAFunction);
        await Step("timersOfTimers", TimersOfTimers);
        await Step("ticksInOrder", TicksInOrder);
        await Step("rejections", Rejections);
        await Step("chains", Chains);
        await Step("streams", Streams);
        await Step("sequences", Sequences);
        await Step("snapshots", Snapshots);
        await Step("left", Left);
        await Step("signals", Signals);
        var before = false;
        _loop.Process.BeforeExit += _ =>
        {
            if (before) return;
            before = true;
            Log("beforeExit");
            _s.Run("revived", () => Immediate(Say("immediate")));
        };
        _loop.Process.Exit += _ => Log("exit");
        _s.Run("last", () => After(1, Say("last timer")));
    }

    private async Promise Step(string name, Func<Promise> run)
    {
        t.Log("--", name);
        await _s.Exit(() => _u.Exit(run));
        await Wait(10);
    }

    private Promise<bool> Wait(double milliseconds) => _loop.Delay(milliseconds);

    private void Log(string name) => t.Log(name, _s.GetStore() ?? "none", _u.GetStore() ?? "none");

    private Action Say(string name) => () => Log(name);

    private async Promise EnteredInAFunction()
    {
        Promise F()
        {
            _s.EnterWith("f");
            Log("f");
            return Promise.Resolve();
        }

        async Promise G()
        {
            await Promise.Resolve();
            _s.EnterWith("g");
            Log("g");
        }

        _s.Run("caller", () =>
        {
            F();
            Log("after f");
        });
        await _s.Run("caller", async Promise () =>
        {
            await F();
            Log("awaited f");
            await G();
            Log("awaited g");
        });
        Log("outside");
    }

    private async Promise TimersOfTimers()
    {
        _s.Run("outer", () => After(1, () =>
        {
            Log("timer");
            _u.Run("inner", () => After(1, Say("timer of timer")));
            Immediate(Say("immediate of timer"));
        }));
        await Wait(20);
        NodeTimeout i = null!;
        i = _s.Run("interval", () => _loop.SetInterval(
            () =>
            {
                Log("interval");
                _u.EnterWith((_u.GetStore() ?? "") + "+");
                if (_u.GetStore() == "+++") i.Close();
            },
            2));
        await Wait(40);
    }

    private async Promise TicksInOrder()
    {
        foreach (var n in new[] { "a", "b", "c" })
        {
            _s.Run(n, () =>
            {
                Tick(Say("tick"));
                _loop.QueueMicrotask(Say("micro"));
                Immediate(() =>
                {
                    Log("immediate");
                    Tick(Say("tick of immediate"));
                });
            });
        }

        await Wait(5);
        Log("after");
    }

    private async Promise Rejections()
    {
        _s.Run("rejecter", () => { Promise.Reject<int>(new InvalidOperationException("r")); });
        await Wait(5);
        _s.Run("thrower", () => Immediate(() => throw new InvalidOperationException("x")));
        await Wait(5);
        _ = _s.Run("async", async Promise () =>
        {
            await Promise.Resolve();
            throw new InvalidOperationException("y");
        });
        await Wait(5);
    }

    private async Promise Chains()
    {
        var (p, resolver) = Promise.WithResolvers<int>();
        var q = _s.Run("then", () => p.Then(_ =>
        {
            Log("first");
            _s.EnterWith("changed");
        }));
        _ = _s.Run("second", () => q.Then(Say("second")));
        var all = _s.Run("all", () => Promise.All(p, q).Then(Say("all")));
        _u.Run("resolver", () => resolver.Resolve(1));
        await all;
        Log("after all");
        await _s.Run("race", () => Promise.Race(Wait(5), p).Then(Say("race")));
        await _s.Run("any", () => Promise.Any(Promise.Reject<int>(new InvalidOperationException()), p).Then(Say("any")));
        await _s.Run("settled", () => Promise.AllSettled(p).Finally(Say("settled")));
    }
}
