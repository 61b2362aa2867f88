using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal static class Timing
{
    [Twin("node/07-timer-order-by-duration")]
    internal static void OrderByDuration(Transcript t) => NodeLoop.Run(
        () =>
        {
            After(30, () => t.Print("30 a"));
            After(10, () => t.Print("10 a"));
            After(20, () => t.Print("20 a"));
            After(10, () => t.Print("10 b"));
            After(1, () => t.Print("1 a"));
            After(0, () => t.Print("0 -> 1 b"));
            After(-5, () => t.Print("-5 -> 1 c"));
            After(double.NaN, () => t.Print("NaN -> 1 d"));
            // Everything is to be overdue.
            Spin(60);
        },
        Virtual);

    [Twin("node/09-interval")]
    internal static void Interval(Transcript t) => NodeLoop.Run(
        () =>
        {
            var n = 0;
            NodeTimeout? handle = null;
            handle = NodeLoop.Current.SetInterval(
                () =>
                {
                    t.Print("interval", ++n);
                    Micro(() => t.Print("micro after", n));
                    if (n != 3) return;
                    NodeLoop.Current.ClearInterval(handle);
                    Immediate(() => t.Print("done"));
                },
                2);
        },
        Virtual);

    [Twin("node/10-unref-and-exit-events")]
    internal static void UnrefAndExit(Transcript t) => NodeLoop.Run(
        () =>
        {
            After(10000, () => t.Print("unref MUST NOT RUN")).Unref();
            var r = After(10000, () => { });
            r.Unref();
            t.Print("hasRef", r.HasRef ? "true" : "false");
            var revived = 0;
            var process = NodeLoop.Current.Process;
            process.BeforeExit += code =>
            {
                t.Print("beforeExit", code);
                if (revived++ == 0) After(1, () => t.Print("revived timer"));
            };
            process.Exit += code =>
            {
                t.Print("exit", code);
                After(0, () => t.Print("MUST NOT RUN"));
                Tick(() => t.Print("MUST NOT RUN"));
            };
            After(1, () => t.Print("timer"));
        },
        Virtual);

    [Twin("node/35-refresh-and-reschedule")]
    internal static void Refresh(Transcript t) => NodeLoop.Run(
        () =>
        {
            var a = After(150, () => t.Print("a"));
            After(150, () => t.Print("b"));
            After(50, () =>
            {
                a.Refresh();
                t.Print("refreshed");
            });
            After(600, () => t.Print("c 600"));
        },
        Virtual);
}
