using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal static class WorkerLife
{
    private static MessagePort Parent => Worker.ParentPort!;

    private static NodeProcess Process => NodeLoop.Current.Process;

    [Twin("node/65-worker-life")]
    internal static void Life(Transcript t) => NodeLoop.Run(async () =>
    {
        await Ends(t);
        await Goes(t);
        t.Log("over");
    });

    private static Promise<bool> Run(Transcript t, Action main, Action<Worker>? then = null) => new(done =>
    {
        var w = new Worker(main);
        w.On("online", () => t.Log("online"));
        w.On<string>("message", m => t.Log("message", m));
        w.On<Exception>("error", e => t.Log("error", e.Message));
        w.On<int>("exit", code =>
        {
            t.Log("exit", code);
            Immediate(() => done.Resolve(true));
        });
        then?.Invoke(w);
    });

    private static async Promise Ends(Transcript t)
    {
        await Run(t, () =>
        {
            var parent = Parent;
            parent.PostMessage("a");
            Tick(() => parent.PostMessage("tick"));
            Immediate(() => parent.PostMessage("immediate"));
            Process.Exit += code => parent.PostMessage("exiting " + code);
        });
        t.Log("--");
        await Run(t, () =>
        {
            var (parent, process) = (Parent, Process);
            parent.PostMessage("before");
            process.Exit += _ => process.ExitCode = 5;
            Immediate(() => throw new InvalidOperationException("thrown"));
        });
        t.Log("--");
        await Run(t, () =>
        {
            Process.UncaughtException += e => Parent.PostMessage("caught " + e.Message);
            Immediate(() => throw new InvalidOperationException("x"));
            After(5, () => Parent.PostMessage("goes on"));
        });
        t.Log("--");
        await Run(t, () =>
        {
            Immediate(() => NodeLoop.Current.Exit(3));
            After(60_000, () => Parent.PostMessage("never"));
        });
        t.Log("--");
        await Run(t, () => Promise.Reject<int>(new InvalidOperationException("rejected")));
    }

    private static async Promise Goes(Transcript t)
    {
        t.Log("--");
        await Run(
            t,
            () => Parent.On<int>("message", m =>
            {
                Parent.PostMessage("got " + m);
                if (m == 3) Parent.Close();
            }),
            w =>
            {
                for (var i = 1; i <= 3; i++) w.PostMessage(i);
            });
        t.Log("--");
        await Run(t, () =>
        {
            var done = false;
            Process.BeforeExit += _ =>
            {
                if (done) return;
                done = true;
                Parent.PostMessage("before exit");
                After(1, () => Parent.PostMessage("revived"));
            };
        });
        t.Log("--");
        await Run(
            t,
            () =>
            {
                NodeLoop.Current.SetInterval(() => { }, 1000);
                Parent.PostMessage("up");
            },
            w => w.On("message", async () =>
            {
                t.Log("terminating");
                t.Log("terminated", await w.Terminate());
            }));
    }
}
