using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class EmittersClosely(Transcript t)
{
    [Twin("node/74-emitters-closely")]
    internal static void Closely(Transcript t) => NodeLoop.Run(new EmittersClosely(t).Main, Virtual);

    private async Promise Main()
    {
        await Step("nested", Nested);
        await Step("onceInOnce", OnceInOnce);
        await Step("allGoDuringEmit", AllGoDuringEmit);
        await Step("newListener", NewListener);
        await Step("arguments", Arguments);
        await Step("errorWithMonitor", ErrorWithMonitor);
        await Step("listenerThrowsInNested", ListenerThrowsInNested);
        await Step("captured", Captured);
        await Step("awaitOnce", AwaitOnce);
        await Step("iterate", Iterate);
        await Step("iterateAndLeave", IterateAndLeave);
    }

    private Promise Step(string name, Action run) => t.Step(name, 10, run);

    private Promise Step(string name, Func<Promise> run) => t.Step(name, 10, run);

    private Action Say(string text) => () => t.Log(text);

    private void Nested()
    {
        var e = new EventEmitter();
        e.On<int>("x", n =>
        {
            t.Log("a", n);
            if (n < 2) e.Emit("x", n + 1);
            t.Log("a ends", n);
        });
        e.Once<int>("x", n => t.Log("once", n));
        e.On<int>("x", n => t.Log("b", n));
        e.Emit("x", 0);
        t.Log(e.ListenerCount("x"));
    }

    private void OnceInOnce()
    {
        var e = new EventEmitter();
        var rounds = 0;
        void Again()
        {
            t.Log("again");
            if (rounds++ < 2) e.Once("x", Again);
        }

        e.Once("x", Again);
        e.On("x", Say("steady"));
        for (var i = 0; i < 4; i++) t.Log(e.Emit("x"));
    }

    private void AllGoDuringEmit()
    {
        var e = new EventEmitter();
        e.On<string>("removeListener", n => t.Log("removed from", n, e.ListenerCount(n)));
        e.On("x", () =>
        {
            t.Log("a");
            e.RemoveAllListeners("x");
        });
        e.On("x", Say("b"));
        e.Once("x", Say("c"));
        t.Log(e.Emit("x"), e.Emit("x"));
        e.On("y", () => { });
        e.On("z", () => { });
        e.Once("y", () => { });
        e.RemoveAllListeners();
        t.Log(e.EventNames.Count);
    }

    private void NewListener()
    {
        var e = new EventEmitter();
        e.Once<string>("newListener", n =>
        {
            t.Log("first new", n);
            if (n == "x") e.On("x", Say("inserted before"));
        });
        e.On("x", Say("asked for"));
        e.On("y", () => { });
        e.Emit("x");
        e.On<string>("newListener", n => t.Log("also", n));
        e.PrependListener("x", Say("in front"));
        e.PrependOnceListener("x", Say("once in front"));
        e.Emit("x");
        e.Emit("x");
        t.Log(string.Join(',', e.EventNames));
    }

    private void Arguments()
    {
        var e = new EventEmitter();
        e.On<int, int>("x", (a, b) => t.Log("two", a, b));
        e.On<int>("x", a => t.Log("one", a));
        e.On("x", Say("none"));
        e.Emit("x", 1, 2);
    }

    private void ErrorWithMonitor()
    {
        var e = new EventEmitter();
        e.On(EventEmitter.ErrorMonitor, (Exception? error) => t.Log("monitor", error?.Message ?? "nothing"));
        Caught(() => e.Emit("error", new InvalidOperationException("one")), message => t.Log("thrown", message));
        Caught(() => e.Emit("error", (Exception?)null), message => t.Log(message));
        e.Once<Exception>("error", error =>
        {
            t.Log("listener", error.Message);
            throw new InvalidOperationException("from the listener");
        });
        Caught(() => e.Emit("error", new InvalidOperationException("two")), message => t.Log("thrown", message));
        t.Log(e.ListenerCount("error"));
    }

    private void ListenerThrowsInNested()
    {
        var e = new EventEmitter();
        e.On("outer", () =>
        {
            Caught(() => e.Emit("inner"), message => t.Log("caught", message));
            t.Log("outer goes on");
        });
        e.On("outer", Say("second of outer"));
        e.On("inner", () => throw new InvalidOperationException("inner"));
        e.On("inner", Say("never"));
        e.Emit("outer");
    }

    private static void Caught(Action body, Action<string> print)
    {
        try
        {
            body();
        }
        catch (Exception error)
        {
            print(error.Message);
        }
    }
}
