using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class AbortsClosely(Transcript t)
{
    private readonly NodeLoop _loop = NodeLoop.Current;

    [Twin("node/81-aborts-closely")]
    internal static void Closely(Transcript t) => NodeLoop.Run(() => new AbortsClosely(t).Main(), Virtual);

    private async Promise Main()
    {
        _loop.Process.UncaughtException += e => t.Log("uncaught", e.Message);
        _loop.Process.UnhandledRejection += (e, _) => t.Log("unhandled", Name(e), e.Message);
        await Step("inside", Inside);
        await Step("order", Order);
        await Step("dispatch", Dispatch);
        await Step("throwing", Throwing);
        await Step("rejected", Rejected);
        await Step("delays", Delays);
        await Step("timeouts", Timeouts);
        await Step("events", Events);
        await Step("handles", Handles);
    }

    private Promise Step(string name, Action run) => t.Step(name, 20, run);

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 20, run);

    private Action Say(string text) => () => t.Log(text);

    private static string Name(Exception? error) => error switch
    {
        TimeoutException => "TimeoutError",
        InvalidOperationException => "Error",
        _ => error!.GetType().Name,
    };

    private void Inside()
    {
        var a = new AbortController();
        var any = AbortSignal.Any(a.Signal);
        var more = AbortSignal.Any(any);
        a.Signal.AddListener(() =>
        {
            t.Log("a", any.IsAborted, more.IsAborted, any.Reason is null);
            any.AddListener(Say("any, late"));
            var now = AbortSignal.Any(a.Signal);
            t.Log("now", now.IsAborted, now.Reason!.Message);
        });
        any.AddListener(() => t.Log("any", more.IsAborted));
        more.AddListener(() => t.Log("more", any.IsAborted));
        a.Abort(Error("why"));
        t.Log(more.Reason == any.Reason, any.Reason == a.Signal.Reason);
    }

    private void Order()
    {
        var (a, b, c) = (new AbortController(), new AbortController(), new AbortController());
        var outer = AbortSignal.Any(c.Signal, b.Signal, a.Signal);
        var bc = AbortSignal.Any(b.Signal, c.Signal);
        var both = AbortSignal.Any(outer, bc, outer);
        var twice = AbortSignal.Any(a.Signal, a.Signal);
        (string, AbortSignal)[] all = [("twice", twice), ("both", both), ("bc", bc), ("outer", outer), ("a", a.Signal), ("b", b.Signal)];
        foreach (var (n, s) in all) s.AddListener(() => t.Log(n, s.Reason!.Message));
        a.Signal.AddListener(() =>
        {
            t.Log("a aborts b");
            b.Abort(Error("b"));
            t.Log("a is done");
        });
        a.Abort(Error("a"));
        c.Abort(Error("c"));
        t.Log(bc.Reason!.Message, both.Reason!.Message);
    }

    private void Dispatch()
    {
        var controller = new AbortController();
        var s = controller.Signal;
        var (gone, back) = (Say("gone"), Say("back"));
        s.AddListener(() =>
        {
            s.AddListener(Say("added"));
            s.RemoveListener(gone);
            s.RemoveListener(back);
            s.AddListener(back);
        });
        s.AddListener(gone);
        s.AddListener(back);
        s.AddListener(Say("last"));
        controller.Abort();
        t.Log(Name(s.Reason), s.Reason!.Message);
        Tails();
    }

    private void Tails()
    {
        foreach (var removes in new[] { false, true })
        {
            var controller = new AbortController();
            var s = controller.Signal;
            var tail = Say("tail");
            s.AddListener(() =>
            {
                if (removes) s.RemoveListener(tail);
                s.AddListener(Say("behind the tail"));
            });
            s.AddListener(tail);
            controller.Abort();
        }

        var last = new AbortController();
        Action self = null!;
        self = () =>
        {
            t.Log("self");
            last.Signal.AddListener(self);
            last.Signal.AddListener(Say("behind the last"));
        };
        last.Signal.AddListener(self);
        last.Abort();
    }

    private void Throwing()
    {
        var controller = new AbortController();
        var any = AbortSignal.Any(controller.Signal);
        Tick(Say("tick before"));
        _loop.QueueMicrotask(Say("micro before"));
        controller.Signal.AddListener(() =>
        {
            Tick(Say("tick in a"));
            throw Error("a");
        });
        controller.Signal.AddListener(() =>
        {
            _loop.QueueMicrotask(Say("micro in b"));
            throw Error("b");
        });
        any.AddListener(() => throw Error("any"));
        controller.Abort();
        Tick(Say("tick after"));
        t.Log("aborted");
    }
}
