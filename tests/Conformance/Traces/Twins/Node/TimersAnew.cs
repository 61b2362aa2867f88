using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class TimersAnew(Transcript t)
{
    private readonly NodeLoop _loop = NodeLoop.Current;

    [Twin("node/71-timers-anew")]
    internal static void Anew(Transcript t) => NodeLoop.Run(() => new TimersAnew(t).Main(), Virtual);

    private void Main()
    {
        _ = Steps();
        _loop.SetTimeout(() => t.Log("never: unref"), 1e6).Unref();
        _loop.Process.Warning += w => t.Log(w.Name);
        _loop.Process.Exit += code => t.Log("exit", code);
    }

    private async Promise Steps()
    {
        await Step("intervalClearsItself", IntervalClearsItself);
        await Step("intervalStartedAnew", IntervalStartedAnew);
        await Step("intervalRefreshed", IntervalRefreshed);
        await Step("refreshInItsCallback", RefreshInItsCallback);
        await Step("clearThenRefresh", ClearThenRefresh);
        await Step("sameListGrows", SameListGrows);
        await Step("clearFromTickAndMicrotask", ClearFromTickAndMicrotask);
        await Step("lateTimersOfSeveralLists", LateTimersOfSeveralLists);
        await Step("listsMadeInTime", ListsMadeInTime);
        await Step("zeroOneAndOdd", ZeroOneAndOdd);
        await Step("immediatesAndTimers", ImmediatesAndTimers);
        await Step("unrefInterval", UnrefInterval);
        await Step("promises", done => _ = Promises(done));
    }

    private Promise<bool> Step(string name, Action<Action> run)
    {
        t.Log("--", name);
        return new Promise<bool>(r => run(() => r.Resolve(true)));
    }

    private void IntervalClearsItself(Action done)
    {
        var n = 0;
        NodeTimeout i = null!;
        i = _loop.SetInterval(
            () =>
            {
                t.Log("interval", ++n);
                if (n != 3) return;
                _loop.ClearInterval(i);
                t.Log("cleared");
                After(30, done);
            },
            10);
    }

    private void IntervalStartedAnew(Action done)
    {
        var n = 0;
        NodeTimeout i = null!;
        void Begin(string name) => i = _loop.SetInterval(
            () =>
            {
                t.Log(name, ++n);
                if (n == 2)
                {
                    _loop.ClearInterval(i);
                    Begin("second");
                }

                if (n != 4) return;
                _loop.ClearInterval(i);
                After(30, done);
            },
            10);
        Begin("first");
    }

    private void IntervalRefreshed(Action done)
    {
        var n = 0;
        NodeTimeout i = null!;
        i = _loop.SetInterval(
            () =>
            {
                t.Log("interval", ++n);
                if (n == 2) i.Close();
            },
            150);
        After(100, () =>
        {
            i.Refresh();
            t.Log("refreshed");
        });
        After(200, () => t.Log("200"));
        After(325, () => t.Log("325"));
        After(500, done);
    }

    private void RefreshInItsCallback(Action done)
    {
        var n = 0;
        NodeTimeout timer = null!;
        timer = After(20, () =>
        {
            t.Log("run", ++n);
            if (n < 3) timer.Refresh();
            t.Log("has ref", timer.HasRef);
        });
        After(150, done);
    }

    private void ClearThenRefresh(Action done)
    {
        var timer = After(5, () => t.Log("never"));
        _loop.ClearTimeout(timer);
        timer.Refresh();
        NodeTimeout u = null!;
        u = After(10, () =>
        {
            t.Log("once");
            _loop.ClearTimeout(u);
            u.Refresh();
        });
        After(60, done);
    }

    private void SameListGrows(Action done)
    {
        var n = 0;
        Action Again(string name) => () =>
        {
            t.Log(name, n++);
            if (n < 6) After(10, Again(name + "'"));
        };
        After(10, Again("a"));
        After(10, Again("b"));
        NodeTimeout d = null!;
        After(10, () =>
        {
            t.Log("c clears d");
            d.Close();
        });
        d = After(10, () => t.Log("never"));
        After(100, done);
    }

    private void ClearFromTickAndMicrotask(Action done)
    {
        NodeTimeout b = null!;
        NodeTimeout d = null!;
        After(10, () =>
        {
            t.Log("a");
            Tick(() =>
            {
                b.Close();
                t.Log("tick");
            });
        });
        b = After(10, () => t.Log("never"));
        After(10, () =>
        {
            t.Log("c");
            Micro(() =>
            {
                d.Close();
                t.Log("micro");
            });
        });
        d = After(10, () => t.Log("never"));
        After(10, () => t.Log("e"));
        After(60, done);
        Spin(20);
    }
}
