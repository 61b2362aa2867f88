using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class TimerPromises(Transcript t)
{
    private readonly NodeLoop _loop = NodeLoop.Current;

    [Twin("node/89-timer-promises")]
    internal static void All(Transcript t) => NodeLoop.Run(() =>
    {
        NodeLoop.Current.Process.Exit += _ => t.Log("exit");
        return new TimerPromises(t).Main();
    }, Virtual);

    private async Promise Main()
    {
        await Step("values", Values);
        await Step("hops", Hops);
        await Step("before", Before);
        await Step("during", During);
        await Step("after", Afterwards);
        await Step("sameTurn", SameTurn);
        await Step("sequence", Sequence);
        await Step("slowBody", SlowBody);
        await Step("nexts", Nexts);
        await Step("timeouts", Timeouts);
        await Step("race", Race);
        await Step("references", References);
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 5, run);

    private Action Say(string text) => () => t.Log(text);

    private void Name(Exception error) =>
        t.Log(error.GetType().Name, Code(error), error.InnerException is AbortError or null ? "This operation was aborted"
            : error.InnerException.Message);

    private Promise<string> Wait(double milliseconds, string value = "", AbortSignal? signal = null) =>
        _loop.DelayValue(milliseconds, value, signal);

    private async Promise Values()
    {
        t.Log(await Wait(1, "v"), await _loop.Yield().Then(_ => "w"));
        var both = await Promise.All(Wait(4, "slow"), Wait(2, "fast"));
        t.Log(both[0], both[1], await Promise.Race(Wait(4, "slow"), Wait(2, "fast")));
    }

    private async Promise Hops()
    {
        Immediate(() =>
        {
            t.Log("before");
            Tick(Say("tick of before"));
        });
        _ = _loop.Yield().Then(_ =>
        {
            t.Log("turned");
            Tick(Say("tick of turned"));
        });
        Immediate(Say("after"));
        await Wait(10);
        After(5, Say("timer before"));
        _ = Wait(5).Then(_ => t.Log("waited")).Then(Say("one more"));
        After(5, () =>
        {
            t.Log("timer after");
            _loop.QueueMicrotask(Say("micro"));
        });
        await Wait(20);
    }

    private async Promise Before()
    {
        var s = AbortSignal.Aborted(new InvalidOperationException("early"));
        _ = Wait(5, "v", s).Then(_ => { }, Name);
        _ = _loop.Yield(s).Then(_ => { }, Name);
        Tick(Say("tick"));
        _loop.QueueMicrotask(Say("micro"));
        try
        {
            await foreach (var _ in _loop.Intervals(5, s)) t.Log("never");
        }
        catch (AbortError e)
        {
            Name(e);
        }

        t.Log("over");
    }

    private async Promise During()
    {
        var ac = new AbortController();
        var p = Wait(1000, "v", ac.Signal);
        var q = _loop.Yield(ac.Signal);
        _ = p.Then(_ => { }, Name);
        _ = q.Then(_ => { }, Name);
        ac.Signal.AddListener(Say("listener"));
        Tick(() =>
        {
            ac.Abort(new InvalidOperationException("why"));
            t.Log("aborted");
            Tick(Say("tick"));
        });
        await Promise.AllSettled(p, (Promise)q);
        t.Log("settled");
    }

    private async Promise Afterwards()
    {
        var ac = new AbortController();
        t.Log(await Wait(1, "v", ac.Signal));
        ac.Abort();
        var late = new AbortController();
        var p = Wait(5, "kept", late.Signal);
        After(40, () => late.Abort());
        t.Log(await p);
        await Wait(60);
    }

    private async Promise SameTurn()
    {
        var ac = new AbortController();
        After(5, () =>
        {
            ac.Abort();
            t.Log("aborted first");
        });
        await Wait(5, "v", ac.Signal).Then(v => t.Log(v), Name);
        var own = new AbortController();
        var q = Wait(5, "won", own.Signal);
        After(5, () => own.Abort());
        await q.Then(v => t.Log(v), Name);
    }
}
