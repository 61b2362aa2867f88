using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class EmittersAndSignals
{
    private async Promise Nexts()
    {
        var e = new EventEmitter();
        var it = EventEmitter.Iterate<int>(e, "x").GetAsyncEnumerator();
        var (a, b, c) = (it.MoveNextAsync(), it.MoveNextAsync(), it.MoveNextAsync());
        async Promise Tell(ValueTask<bool> step, Func<bool, object?[]> say) => t.Log(say(await step));
        _ = Tell(c, more => ["c", !more]);
        _ = Tell(b, _ => ["b", 2]);
        _ = Tell(a, _ => ["a", 1]);
        e.Emit("x", 1);
        t.Log("emitted");
        e.Emit("x", 2);
        await Promise.Resolve();
        await it.DisposeAsync();
        t.Log(true, Counts(e));
        e.Emit("x", 3);
        t.Log(!await it.MoveNextAsync());
    }

    private async Promise ErrorsWait()
    {
        var e = new EventEmitter();
        var it = EventEmitter.Iterate<int>(e, "x").GetAsyncEnumerator();
        e.Emit("x", 1);
        e.Emit("error", Error("after one"));
        e.Emit("x", 2);
        var counts = Counts(e);
        await it.MoveNextAsync();
        t.Log(counts, it.Current);
        try
        {
            await it.MoveNextAsync();
        }
        catch (InvalidOperationException x)
        {
            t.Log(x.Message);
        }

        t.Log(!await it.MoveNextAsync());
        var late = EventEmitter.Iterate<int>(e, "x").GetAsyncEnumerator();
        var (p, q) = (late.MoveNextAsync(), late.MoveNextAsync());
        e.Emit("error", Error("for the first"));
        try
        {
            await p;
        }
        catch (InvalidOperationException x)
        {
            t.Log("p", x.Message);
        }

        t.Log("q", !await q);
    }

    private async Promise BodyThrows()
    {
        var e = new EventEmitter();
        Immediate(() =>
        {
            e.Emit("x", 1);
            e.Emit("x", 2);
        });
        try
        {
            await foreach (var v in EventEmitter.Iterate<int>(e, "x")) throw Error("body " + v);
        }
        catch (InvalidOperationException x)
        {
            t.Log(x.Message, Counts(e));
        }
    }

    private async Promise Captured()
    {
        var e = new EventEmitter { CaptureRejections = true };
        e.On("x", () => Promise.Reject<int>(Error("at once")));
        e.On("x", async Promise () =>
        {
            await Wait(1);
            throw Error("later");
        });
        e.On("x", Say("third"));
        e.On<Exception>("error", x => t.Log("error", x.Message));
        Tick(Say("tick before"));
        e.Emit("x");
        t.Log("emitted");
        Tick(Say("tick after"));
        _loop.QueueMicrotask(Say("micro after"));
        await Wait(20);
        e.RemoveAllListeners("error");
        e.Emit("x");
        await Wait(20);
        e.On<Exception>("error", Promise (x) =>
        {
            t.Log("error", x.Message);
            return Promise.Reject<int>(Error("in error"));
        });
        e.Emit("error", Error("given"));
        await Wait(20);
        var plain = new EventEmitter();
        plain.On("x", Promise () => Promise.Reject<int>(Error("not captured")));
        plain.Emit("x");
        await Wait(5);
    }

    private async Promise ResolvedInOrder()
    {
        var e = new EventEmitter();
        var ps = new[] { EventEmitter.Once<string>(e, "x"), EventEmitter.Once<string>(e, "x"), EventEmitter.Once<string>(e, "y") };
        _ = ps[2].Then(_ => t.Log("y"));
        _ = ps[1].Then(_ => t.Log("x, second"));
        _ = ps[0].Then(_ => t.Log("x, first"));
        _ = Promise.Race(ps).Then(v => t.Log("race", v));
        _ = Promise.All(ps).Then(_ => t.Log("all"));
        e.Emit("y", "y");
        e.Emit("x", "x");
        _loop.QueueMicrotask(Say("micro"));
        await Wait(1);
    }
}
