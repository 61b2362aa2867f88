using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class WorkersClosely(Transcript t)
{
    [Twin("node/86-workers-closely")]
    internal static void Closely(Transcript t) => NodeLoop.Run(() => new WorkersClosely(t).Main());

    private static MessagePort Parent => Worker.ParentPort!;

    private static NodeProcess Process => NodeLoop.Current.Process;

    private static Promise<bool> Wait(double milliseconds) => NodeLoop.Current.Delay(5 * milliseconds);

    private async Promise Main()
    {
        await Step("postedBeforeOnline", PostedBeforeOnline);
        await Step("dataAndChannel", DataAndChannel);
        await Step("receivedInside", ReceivedInside);
        await Step("errorLater", () => Ended(Start(() =>
        {
            foreach (var n in new[] { 1, 2 }) Parent.PostMessage(n);
            After(20, () => Tick(() => throw new InvalidOperationException("tick")));
            After(21, () => Parent.PostMessage("never"));
        })));
        await Step("errorAtOnce", () => Ended(Start(() => throw new InvalidOperationException("at once"))));
        await Step("rejectedInside", () => Ended(Start(() =>
        {
            Process.UnhandledRejection += (e, _) => Parent.PostMessage("told " + e.Message);
            Promise.Reject<int>(new InvalidOperationException("r"));
            Immediate(() => Parent.PostMessage("on"));
        })));
        await Step("exitInside", () => Ended(Start(() =>
        {
            var (parent, loop) = (Parent, NodeLoop.Current);
            loop.Process.Exit += c => parent.PostMessage("exiting " + c);
            parent.On("message", () => { });
            parent.PostMessage("a");
            After(5, () => loop.Exit(4));
        })));
        await Step("unrefInside", () => Ended(Start(() =>
        {
            var parent = Parent;
            parent.On("message", () => { });
            parent.Unref();
            Process.Exit += _ => parent.PostMessage("exit");
        })));
        await Step("refAgain", RefAgain);
        await Step("nested", () => Ended(Start(Nested)));
        await Step("terminated", Terminated);
        await Step("terminatedInMessage", TerminatedInMessage);
    }

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 100, run);

    private Action Say(string text) => () => t.Log(text);

    private Worker Start(Action main) => Watch(new Worker(main));

    private Worker Watch(Worker w)
    {
        w.On("online", () =>
        {
            t.Log("w", "online");
            Tick(Say("tick of online"));
            NodeLoop.Current.QueueMicrotask(Say("micro of online"));
        });
        w.On<object>("message", m => t.Log("w", "message", m));
        w.On<Exception>("error", e =>
        {
            t.Log("w", "error", e.Message);
            Tick(Say("tick of error"));
        });
        w.On<int>("exit", c =>
        {
            t.Log("w", "exit", c);
            Tick(Say("tick of exit"));
        });
        return w;
    }

    private static Promise Ended(Worker w) => new Promise<bool>(done => w.On("exit", () => Immediate(() => done.Resolve(true))));

    private async Promise PostedBeforeOnline()
    {
        var w = Start(() => Parent.On<int>("message", m =>
        {
            Parent.PostMessage("echo " + m);
            if (m == 2) Parent.Close();
        }));
        foreach (var n in new[] { 1, 2, 3 }) w.PostMessage(n);
        t.Log(w.ThreadId > 0);
        await Ended(w);
        w.PostMessage("nobody");
    }

    private async Promise DataAndChannel()
    {
        var channel = new MessageChannel();
        channel.Port1.On<string>("message", m => t.Log("port", m));
        channel.Port1.On("close", Say("port close"));
        var data = new Data { Name = "x", Port = channel.Port2 };
        var w = Watch(Worker.Start(
            data,
            static copy =>
            {
                After(40, () => copy.Port!.PostMessage("hello " + copy.Name));
                After(200, () => copy.Port!.On<string>("message", m =>
                {
                    copy.Port!.PostMessage(m + "!");
                    copy.Port!.Close();
                }));
                After(400, () => { });
            },
            new WorkerOptions(),
            channel.Port2));
        channel.Port1.PostMessage("early");
        await Ended(w);
    }

    private async Promise ReceivedInside()
    {
        var w = Start(() => Parent.Once<Data>("message", data =>
        {
            var got = new List<int>();
            while (data.Port!.TryReceive<int>(out var n)) got.Add(n);
            Parent.PostMessage(string.Join(',', got));
            After(20, () => data.Port!.Close());
            After(500, () => Parent.Close());
        }));
        var channel = new MessageChannel();
        foreach (var n in new[] { 1, 2, 3 }) channel.Port1.PostMessage(n);
        channel.Port1.On("close", Say("port close"));
        w.PostMessage(new Data { Port = channel.Port2 }, channel.Port2);
        await Ended(w);
    }

    private async Promise RefAgain()
    {
        var w = Start(() =>
        {
            Parent.On<string>("message", m =>
            {
                Parent.PostMessage("got " + m);
                Parent.Close();
            });
            Parent.Unref();
            After(1, () => Parent.Ref());
        });
        After(150, () => w.PostMessage("late"));
        await Ended(w);
    }

    private static void Nested()
    {
        var parent = Parent;
        var inner = new Worker(() => Parent.PostMessage("from inside"));
        inner.On("online", () => parent.PostMessage("inner online "));
        inner.On<string>("message", m => parent.PostMessage("inner message " + m));
        inner.On<int>("exit", c => parent.PostMessage("inner exit " + c));
        inner.On("exit", () => Immediate(() => parent.PostMessage("outer goes on")));
    }

    private async Promise Terminated()
    {
        var w = Start(() =>
        {
            var parent = Parent;
            NodeLoop.Current.SetInterval(() => { }, 10);
            Process.Exit += _ => parent.PostMessage("never");
            parent.PostMessage("up");
        });
        await new Promise<bool>(done => w.Once("message", () => done.Resolve(true)));
        var p = w.Terminate();
        _ = p.Then(c => t.Log("resolved", c));
        w.On("exit", () =>
        {
            Tick(Say("late tick of exit"));
            NodeLoop.Current.QueueMicrotask(Say("micro of exit"));
        });
        t.Log("called");
        await p;
        await w.Terminate();
        t.Log("awaited");
    }

    private Promise TerminatedInMessage()
    {
        var w = Start(() =>
        {
            for (var n = 1; n <= 3; n++) Parent.PostMessage(n);
            NodeLoop.Current.SetInterval(() => { }, 10);
        });
        w.On<int>("message", m =>
        {
            if (m == 3) w.Terminate().Then(c => t.Log("terminated", c));
        });
        return Ended(w);
    }

    private sealed class Data
    {
        public string? Name { get; set; }

        public MessagePort? Port { get; set; }
    }
}
