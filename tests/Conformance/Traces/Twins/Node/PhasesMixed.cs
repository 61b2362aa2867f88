using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal static class PhasesMixed
{
    [Twin("node/56-phases-mixed")]
    internal static void Mixed(Transcript t) => NodeLoop.Run(
        () =>
        {
            NodeLoop.Current.Process.Exit += code => t.Print("exit", code);
            Queues(t);
            After(5, () => TimerA(t));
            After(60, () =>
            {
                t.Print("timer b");
                QueueMicro(() =>
                {
                    t.Print("micro of b");
                    Tick(() => t.Print("tick of micro of b"));
                });
            });
            Timers(t);
            After(3000, () => _ = AsyncTimer(t));
            t.Print("sync");
        },
        Virtual);

    private static void QueueMicro(Action callback) => NodeLoop.Current.QueueMicrotask(callback);

    private static void Queues(Transcript t)
    {
        Tick(() =>
        {
            t.Print("tick 1");
            QueueMicro(() =>
            {
                t.Print("micro of tick 1");
                Tick(() => t.Print("tick of micro of tick 1"));
                QueueMicro(() => t.Print("micro of micro"));
            });
            Tick(() => t.Print("tick of tick 1"));
        });
        QueueMicro(() => t.Print("micro 1"));
        Tick(() => t.Print("tick 2"));
    }

    private static void TimerA(Transcript t)
    {
        t.Print("timer a");
        Tick(() => t.Print("tick of a"));
        QueueMicro(() => t.Print("micro of a"));
        Immediate(() =>
        {
            t.Print("immediate of a");
            After(20, () => t.Print("timer of immediate of a"));
            Immediate(() => t.Print("immediate of immediate of a"));
            Tick(() => t.Print("tick of immediate of a"));
        });
        var never = NodeLoop.Current.SetImmediate(() => t.Print("never"));
        Immediate(() => t.Print("second immediate of a"));
        Tick(() => NodeLoop.Current.ClearImmediate(never));
    }

    private static void Timers(Transcript t)
    {
        var loop = NodeLoop.Current;
        var cleared = After(300, () => t.Print("never"));
        After(200, () =>
        {
            loop.ClearTimeout(cleared);
            t.Print("cleared");
        });
        var count = 0;
        NodeTimeout? interval = null;
        interval = loop.SetInterval(
            () =>
            {
                t.Print("interval", ++count);
                if (count != 2) return;
                Immediate(() =>
                {
                    loop.ClearInterval(interval);
                    t.Print("interval cleared");
                });
            },
            400);
        var refreshed = After(1500, () => t.Print("refreshed"));
        After(1000, () => refreshed.Refresh());
        After(2000, () => t.Print("between"));
        var lazy = After(100_000, () => t.Print("never, unreferenced"));
        lazy.Unref();
        t.Print(JsText(lazy.HasRef), JsText(lazy.Ref().HasRef), JsText(lazy.Unref().HasRef));
    }

    private static async Promise AsyncTimer(Transcript t)
    {
        t.Print("async timer");
        await Promise.Resolve();
        t.Print("after await");
        Immediate(() => t.Print("immediate after await"));
        await new Promise<bool>(r => Immediate(() => r.Resolve(true)));
        t.Print("after immediate promise");
        await new Promise<bool>(r => Tick(() => r.Resolve(true)));
        t.Print("after tick promise");
        await new Promise<bool>(r => After(1, () => r.Resolve(true)));
        t.Print("after timer promise");
    }

    private static string JsText(bool value) => value ? "true" : "false";
}
