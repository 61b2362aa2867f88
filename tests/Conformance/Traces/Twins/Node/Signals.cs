using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class Signals(Transcript t)
{
    private readonly NodeLoop _loop = NodeLoop.Current;

    [Twin("node/75-signals")]
    internal static void Abort(Transcript t) => NodeLoop.Run(() => new Signals(t).Main(), Virtual);

    private async Promise Main()
    {
        _loop.Process.UncaughtException += e => t.Log("uncaught", e.Message);
        await Step("listeners", Listeners);
        await Step("any", Any);
        await Step("timeout", Timeout);
        await Step("delays", Delays);
        await Step("streams", Streams);
        await Step("pipelines", Pipelines);
        await Step("events", Events);
    }

    private Promise Step(string name, Action run) => t.Step(name, 20, run);

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 20, run);

    private Action Say(string text) => () => t.Log(text);

    private static string Name(Exception? error) => error switch
    {
        TimeoutException => "TimeoutError",
        _ => error!.GetType().Name,
    };

    private void Listeners()
    {
        var controller = new AbortController();
        var s = controller.Signal;
        var gone = Say("never");
        s.AddListener(() =>
        {
            t.Log("first", s.IsAborted, s.Reason!.Message);
            s.RemoveListener(gone);
        });
        s.AddListener(gone);
        var twice = Say("twice");
        s.AddListener(twice);
        s.AddListener(twice);
        s.AddListener(() =>
        {
            Tick(Say("tick"));
            Micro(Say("micro"));
            throw Error("thrown");
        });
        s.AddListener(() =>
        {
            controller.Abort(Error("again"));
            t.Log("last", s.Reason!.Message);
        });
        controller.Abort(Error("why"));
        t.Log("after");
        s.AddListener(Say("never"));
        controller.Abort();
        try
        {
            s.ThrowIfAborted();
        }
        catch (InvalidOperationException e)
        {
            t.Log("throws", e.Message);
        }
    }

    private void Any()
    {
        var a = new AbortController();
        var b = new AbortController();
        var ab = AbortSignal.Any(a.Signal, b.Signal);
        var abc = AbortSignal.Any(ab, new AbortController().Signal);
        var a2 = AbortSignal.Any(a.Signal);
        foreach (var (n, s) in new[] { ("abc", abc), ("a2", a2), ("ab", ab), ("a", a.Signal), ("b", b.Signal) })
            s.AddListener(() => t.Log(n, s.Reason!.Message));
        b.Abort(Error("from b"));
        t.Log(ab.IsAborted, abc.IsAborted, a2.IsAborted);
        a.Abort(Error("from a"));
        t.Log(ab.Reason!.Message, a2.Reason!.Message);
        t.Log(AbortSignal.Any(AbortSignal.Aborted(Error("early")), a.Signal).Reason!.Message, AbortSignal.Any().IsAborted);
    }

    private async Promise Timeout()
    {
        var s = AbortSignal.Timeout(20);
        s.AddListener(() => t.Log("timed out", Name(s.Reason)));
        var any = AbortSignal.Any(s, new AbortController().Signal);
        any.AddListener(Say("any"));
        After(60, Say("never before"));
        await _loop.Delay(80);
        t.Log(any.IsAborted);
    }

    private async Promise Delays()
    {
        var controller = new AbortController();
        var first = _loop.DelayValue(1000, "v", controller.Signal);
        var others = Promise.AllSettled(
            first, _loop.Yield(controller.Signal).Then(_ => t.Log("turned", "v")), _loop.Delay(5).Then(_ => Say("not concerned")()));
        _ = first.Catch((Exception e) => t.Log("wait", Name(e), e.InnerException?.Message));
        After(40, () =>
        {
            t.Log("aborts");
            controller.Abort(Error("cause"));
            t.Log("aborted");
            _loop.QueueMicrotask(Say("micro"));
        });
        await others;
        await _loop.DelayValue(10, "v", controller.Signal).Catch((Exception e) => t.Log("at once", Name(e)));
        await _loop.Yield(controller.Signal).Catch((Exception e) => t.Log("turn", Name(e)));
        var second = new AbortController();
        var n = 0;
        try
        {
            await foreach (var _ in _loop.Intervals(10, second.Signal))
            {
                t.Log("every", ++n);
                if (n == 2) second.Abort();
            }
        }
        catch (AbortError e)
        {
            t.Log("every", Name(e));
        }
    }
}
