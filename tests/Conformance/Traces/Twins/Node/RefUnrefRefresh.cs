using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal static class RefUnrefRefresh
{
    [Twin("node/60-ref-unref-refresh")]
    internal static void Holding(Transcript t) => NodeLoop.Run(
        () =>
        {
            var intervals = 0;
            Timeouts(t, () => ++intervals);
            Immediates(t);
            NodeLoop.Current.Process.Exit += _ => t.Log("exit", intervals >= 2);
        },
        Virtual);

    private static void Timeouts(Transcript t, Func<int> count)
    {
        var t1 = After(1000, () => t.Log("never: unref")).Unref();
        t.Log("hasRef", t1.HasRef, t1.Ref().HasRef, t1.Unref().HasRef);
        var closed = After(50, () => t.Log("never: closed"));
        closed.Close();
        t.Log("closed hasRef", closed.HasRef);
        closed.Refresh();
        Repeated(t);
        var moved = After(250, () => t.Log("moved"));
        After(250, () => t.Log("before moved"));
        moved.Refresh();
        var later = After(290, () => t.Log("later"));
        After(120, () =>
        {
            later.Refresh();
            t.Log("refreshed later");
        });
        After(350, () => t.Log("at 350"));
        Interval(t, count);
        After(380, () => t.Log("fired once"));
        var fired = After(10, () => t.Log("fired"));
        After(205, () =>
        {
            t.Log("fired hasRef", fired.HasRef);
            fired.Refresh();
            t.Log("after refresh hasRef", fired.HasRef);
        });
    }

    private static void Repeated(Transcript t)
    {
        var done = false;
        NodeTimeout? again = null;
        again = After(40, () =>
        {
            t.Log("again");
            if (done) return;
            done = true;
            again!.Refresh();
        });
    }

    private static void Interval(Transcript t, Func<int> count)
    {
        NodeTimeout? interval = null;
        interval = NodeLoop.Current.SetInterval(
            () =>
            {
                var n = count();
                t.Log("interval", n);
                if (n == 2) interval!.Unref();
                if (n == 4) t.Log("never: nothing holds");
            },
            160);
    }

    private static void Immediates(Transcript t)
    {
        var first = NodeLoop.Current.SetImmediate(() => t.Log("immediate ran"));
        t.Log("im", first.HasRef, first.Unref().HasRef, first.Ref().HasRef);
        NodeLoop.Current.SetImmediate(() => t.Log("unref immediate still runs")).Unref();
        After(445, () =>
        {
            After(50, () => t.Log("never")).Unref();
            NodeImmediate? inner = null;
            inner = NodeLoop.Current.SetImmediate(() =>
            {
                t.Log("inner");
                NodeLoop.Current.ClearImmediate(inner);
            });
        });
    }
}
