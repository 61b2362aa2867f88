using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class AbortsClosely
{
    private async Promise Rejected()
    {
        var controller = new AbortController();
        var s = controller.Signal;
        Promise<string> Rejects(string n) => new(resolver => s.AddListener(() =>
        {
            t.Log("rejects", n);
            resolver.Reject(s.Reason!);
        }));
        var p = Rejects("p");
        _ = p.Catch((Exception e) => t.Log("p", e.Message));
        _ = Rejects("nobody");
        var q = Awaits(p, s);
        _ = q.Catch((Exception e) => t.Log("q rejects", e == s.Reason));
        _ = Promise.Race(p, _loop.DelayValue(50, "slow")).Then(v => t.Log(v), e => t.Log("race", e.Message));
        _ = Promise.AllSettled(p, q).Then(all => t.Log("settled", Status(all[0]), Status(all[1])));
        _ = Promise.Any(p, q).Catch((Exception e) => t.Log("any", string.Join(
            ',', ((AggregateException)e).InnerExceptions.Select(static inner => inner.Message))));
        After(5, () =>
        {
            Tick(Say("tick"));
            controller.Abort(Error("cause"));
            _loop.QueueMicrotask(Say("micro"));
            t.Log("aborted");
        });
        await _loop.Delay(30);
    }

    private static string Status(Settled<string> settled) => settled.State == PromiseState.Rejected ? "rejected" : "fulfilled";

    private async Promise<string> Awaits(Promise<string> p, AbortSignal s)
    {
        try
        {
            await p;
        }
        catch (InvalidOperationException e)
        {
            t.Log("q", e.Message);
            s.ThrowIfAborted();
        }

        return "";
    }

    private async Promise Delays()
    {
        var controller = new AbortController();
        var s = controller.Signal;
        s.AddListener(Say("before"));
        _ = _loop.Delay(1000, s).Catch((Exception e) => t.Log("wait", Name(e), Code(e), e.InnerException!.Message));
        s.AddListener(Say("between"));
        _ = _loop.Yield(s).Then(_ => t.Log("turn"), e => t.Log("turn", Name(e)));
        var both = _loop.Delay(1000, AbortSignal.Any(s, AbortSignal.Timeout(500)))
            .Catch((Exception e) => t.Log("both", Name(e), e.InnerException == s.Reason));
        s.AddListener(Say("after"));
        controller.Abort(Error("cause"));
        t.Log("aborted");
        await both;
        var done = new AbortController();
        t.Log(await _loop.DelayValue(1, "done", done.Signal));
        done.Abort();
    }

    private async Promise Timeouts()
    {
        var (shorter, longer) = (AbortSignal.Timeout(10), AbortSignal.Timeout(30));
        var any = AbortSignal.Any(longer, shorter);
        any.AddListener(() => t.Log("any", shorter.IsAborted, longer.IsAborted, any.Reason == shorter.Reason, Name(any.Reason)));
        shorter.AddListener(() =>
        {
            t.Log("short");
            Tick(Say("tick"));
            _loop.QueueMicrotask(Say("micro"));
        });
        longer.AddListener(Say("long"));
        After(10, Say("timer of 10"));
        After(30, Say("timer of 30"));
        var first = _loop.DelayValue(20, "waited", any).Catch((Exception e) => t.Log("first", Name(e), Name(e.InnerException)));
        await first;
        await _loop.Delay(30);
        var zero = AbortSignal.Timeout(0);
        zero.AddListener(Say("zero"));
        After(1, Say("timer of 1"));
        await _loop.Delay(5);
        t.Log(zero.IsAborted, Name(zero.Reason), zero.Reason!.Message);
    }

    private async Promise Events()
    {
        var e = new EventEmitter();
        var controller = new AbortController();
        After(5, () =>
        {
            e.Emit("x", 1);
            e.Emit("x", 2);
            controller.Abort(Error("enough"));
            e.Emit("x", 3);
            t.Log("emitted", e.ListenerCount("x"));
        });
        try
        {
            await foreach (var x in EventEmitter.Iterate<int>(e, "x", controller.Signal)) t.Log("x", x);
        }
        catch (AbortError error)
        {
            t.Log(Name(error), error.InnerException!.Message);
        }

        t.Log(e.ListenerCount("x"), e.ListenerCount("error"));
        await EventEmitter.Once<int>(e, "y", controller.Signal)
            .Catch((Exception error) => t.Log("once", Name(error), error.InnerException!.Message, e.ListenerCount("y")));
        var second = new AbortController();
        var p = EventEmitter.Once<int>(e, "y", second.Signal);
        e.Emit("y", 7);
        second.Abort();
        t.Log("once", await p);
        var third = new AbortController();
        var q = EventEmitter.Once<int>(e, "z", third.Signal).Catch((Exception error) => t.Log("z", Name(error)));
        third.Abort();
        e.Emit("z", 8);
        await q;
    }

    private void Handles()
    {
        var held = AbortSignal.Timeout(60_000);
        held.AddListener(Say("held"));
        _loop.Process.Exit += _ => t.Log("exit", held.IsAborted);
    }
}
