using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal static class More
{
    [Twin("node/51-uncaught-goes-on")]
    internal static void UncaughtGoesOn(Transcript t) => NodeLoop.Run(
        () =>
        {
            NodeLoop.Current.Process.UncaughtException += e => t.Print("caught", e.Message);
            Tick(() => throw new InvalidOperationException("tick"));
            Tick(() => t.Print("second tick"));
            NodeLoop.Current.QueueMicrotask(() => throw new InvalidOperationException("micro"));
            NodeLoop.Current.QueueMicrotask(() => t.Print("second micro"));
            After(20, () =>
            {
                After(1, () => throw new InvalidOperationException("timer"));
                After(1, () => t.Print("second timer"));
            });
            After(300, () =>
            {
                Immediate(() => throw new InvalidOperationException("immediate"));
                Immediate(() => t.Print("second immediate"));
            });
        },
        Virtual);

    [Twin("node/52-late-handled-rejection")]
    internal static void LateHandledRejection(Transcript t) => NodeLoop.Run(
        () =>
        {
            NodeLoop.Current.Process.UnhandledRejection += (e, _) => t.Print("unhandled", e.Message);
            NodeLoop.Current.Process.RejectionHandled += _ => t.Print("handled late");
            var p = Promise.Reject<int>(new InvalidOperationException("late"));
            Promise.Reject<int>(new InvalidOperationException("in time")).Catch((Exception e) => t.Print("caught", e.Message));
            Tick(() => t.Print("tick"));
            Micro(() => t.Print("micro"));
            After(5, () =>
            {
                p.Catch((Exception _) => t.Print("catch runs"));
                t.Print("timer end");
            });
        },
        Virtual);

    [Twin("node/53-writable-backpressure")]
    internal static void WritableBackpressure(Transcript t) => NodeLoop.Run(
        () =>
        {
            var w = new Writable<string>(
                (chunk, done) =>
                {
                    t.Print("sink", chunk);
                    After(5, () => done(null));
                },
                done =>
                {
                    t.Print("final");
                    After(5, () => done(null));
                },
                new StreamOptions { HighWaterMark = 3 });
            w.On("drain", () =>
            {
                t.Print("drain");
                w.Write("e");
                w.End(_ => t.Print("end cb"));
            });
            w.On("finish", () => t.Print("finish"));
            w.On("close", () => t.Print("close"));
            var first = w.Write("a", _ => t.Print("cb a"));
            t.Print(JsText(first), w.WritableLength, JsText(w.Write("bb")), JsText(w.NeedsDrain), JsText(w.Write("c")));
            var d = new Writable<string>((_, done) => After(50, () => done(null)));
            d.On<Exception>("error", e => t.Print("error", e.Message));
            d.On("close", () => t.Print("closed once"));
            d.Write("x", e => t.Print("x failed", e?.Message ?? "null"));
            d.Write("y", e => t.Print("y failed", e?.Message ?? "null"));
            d.Destroy(new InvalidOperationException("gone"));
            d.Destroy(new InvalidOperationException("again"));
            t.Print("destroyed", JsText(d.IsDestroyed));
        },
        Virtual);

    [Twin("node/54-clear-and-snapshot")]
    internal static void ClearAndSnapshot(Transcript t) => NodeLoop.Run(
        () =>
        {
            Clearing(t);
            Listeners(t);
            var n = 0;
            NextTick();

            void NextTick()
            {
                if (n++ >= 3) return;
                t.Print("tick", n);
                Tick(NextTick);
                Micro(() => t.Print("micro"));
            }
        },
        Virtual);

    private static void Clearing(Transcript t)
    {
        var loop = NodeLoop.Current;
        NodeImmediate? b = null, c = null;
        NodeTimeout? t2 = null;
        Immediate(() =>
        {
            t.Print("imm a");
            loop.ClearImmediate(b);
            Tick(() => loop.ClearImmediate(c));
        });
        b = loop.SetImmediate(() => t.Print("MUST NOT RUN b"));
        c = loop.SetImmediate(() => t.Print("MUST NOT RUN c"));
        Immediate(() => t.Print("imm d"));
        After(50, () =>
        {
            t.Print("t1");
            loop.ClearTimeout(t2);
        });
        t2 = After(50, () => t.Print("MUST NOT RUN t2"));
    }

    private static void Listeners(Transcript t)
    {
        var e = new EventEmitter();
        Action late = () => t.Print("late"), third = () => t.Print("third");
        e.On<string>("newListener", n => t.Print("new", n));
        e.On("x", () =>
        {
            t.Print("first");
            e.On("x", late);
            e.Off("x", third);
        });
        e.Once("x", () => t.Print("once"));
        e.On("x", third);
        e.PrependListener("x", () => t.Print("prepended"));
        t.Print(JsText(e.Emit("x")), e.ListenerCount("x"));
        t.Print(JsText(e.Emit("x")), JsText(e.Emit("nobody")));
        try
        {
            e.Emit("error", new InvalidOperationException("no listener"));
        }
        catch (InvalidOperationException error)
        {
            t.Print("thrown", error.Message);
        }
    }

    private static string JsText(bool value) => value ? "true" : "false";
}
