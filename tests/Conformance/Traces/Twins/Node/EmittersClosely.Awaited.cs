using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class EmittersClosely
{
    private void Captured()
    {
        var e = new EventEmitter { CaptureRejections = true };
        e.On<int>("x", async n =>
        {
            await Promise.Resolve();
            t.Log("x", n);
            if (n > 0) throw Error("late " + n);
        });
        e.On<Exception>("error", error =>
        {
            t.Log("error", error.Message);
            Tick(Say("tick of error"));
        });
        e.Emit("x", 1);
        e.Emit("x", 0);
        e.Emit("x", 2);
        Tick(Say("tick"));
        NodeLoop.Current.QueueMicrotask(Say("micro"));
        Immediate(Say("immediate"));
    }

    private async Promise AwaitOnce()
    {
        var e = new EventEmitter();
        Tick(() =>
        {
            t.Log("emits");
            e.Emit("x", 1);
            t.Log("emitted", e.ListenerCount("x"), e.ListenerCount("error"));
            Tick(Say("tick"));
            Micro(Say("micro"));
        });
        t.Log("got", await EventEmitter.Once<int>(e, "x").Then(v => v));
        Immediate(() => e.Emit("error", Error("bad")));
        await EventEmitter.Once<int>(e, "x").Catch((Exception error) => t.Log("failed", error.Message, e.ListenerCount("x")));
        var controller = new AbortController();
        var p = EventEmitter.Once<int>(e, "x", controller.Signal);
        _ = p.Catch((Exception error) => t.Log(error.GetType().Name, e.ListenerCount("x")));
        Immediate(() =>
        {
            controller.Abort();
            t.Log("aborted");
        });
        await p.Catch((Exception _) => { });
        Immediate(() => e.Emit("error", Error("wanted")));
        t.Log("error as an event", (await EventEmitter.Once<Exception>(e, "error")).Message);
    }

    private async Promise Iterate()
    {
        var e = new EventEmitter();
        var events = EventEmitter.Iterate<int>(e, "x");
        e.Emit("x", 1);
        e.Emit("x", 2);
        Immediate(() =>
        {
            e.Emit("x", 3);
            e.Emit("x", 4);
            e.Emit("error", Error("end"));
            e.Emit("x", 5);
        });
        try
        {
            await foreach (var v in events)
            {
                t.Log("event", v);
                await Promise.Resolve();
            }
        }
        catch (InvalidOperationException error)
        {
            t.Log("caught", error.Message);
        }

        t.Log(e.ListenerCount("x"), e.ListenerCount("error"));
    }

    private async Promise IterateAndLeave()
    {
        var e = new EventEmitter();
        Immediate(() =>
        {
            for (var i = 0; i < 5; i++) e.Emit("x", i);
        });
        await foreach (var v in EventEmitter.Iterate<int>(e, "x"))
        {
            t.Log("event", v);
            if (v == 2) break;
        }

        t.Log(e.ListenerCount("x"));
        var controller = new AbortController();
        Immediate(() =>
        {
            e.Emit("x", "before");
            controller.Abort();
        });
        try
        {
            await foreach (var v in EventEmitter.Iterate<string>(e, "x", controller.Signal)) t.Log("event", v);
        }
        catch (AbortError error)
        {
            t.Log(error.GetType().Name);
        }

        t.Log(e.ListenerCount("x"));
    }
}
