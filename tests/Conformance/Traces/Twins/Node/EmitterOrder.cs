using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed class EmitterOrder(Transcript t)
{
    [Twin("node/63-emitter-order")]
    internal static void Order(Transcript t) => NodeLoop.Run(
        () =>
        {
            var order = new EmitterOrder(t);
            order.ComingAndGoing();
            order.Errors();
            order.Throwing();
            order.Rejections();
            order.Many();
            order.Adding();
        },
        Virtual);

    private Action Say(string text) => () => t.Log(text);

    private void ComingAndGoing()
    {
        var e = new EventEmitter();
        e.On<string, Delegate>("newListener", (n, _) => t.Log("new", n, e.ListenerCount(n)));
        e.On<string, Delegate>("removeListener", (n, _) => t.Log("removed", n, e.ListenerCount(n)));
        var b = Say("b");
        e.On("x", () =>
        {
            t.Log("a");
            e.Off("x", b);
            e.PrependListener("x", Say("first next time"));
        });
        e.Once("x", () =>
        {
            t.Log("once");
            e.Emit("x");
        });
        e.On("x", b);
        e.PrependOnceListener("x", Say("prepended once"));
        t.Log(e.Emit("x"), e.Emit("x"), e.Emit("none"));
        t.Log(string.Join(',', e.EventNames));
        e.RemoveAllListeners("x");
        t.Log(e.ListenerCount("x"));
        e.On("y", b);
        e.On("y", b);
        e.Off("y", b);
        t.Log(e.ListenerCount("y"));
        e.Emit("y");
        e.RemoveAllListeners();
        t.Log(e.EventNames.Count);
    }

    private void Errors()
    {
        var e = new EventEmitter();
        e.On<object>(EventEmitter.ErrorMonitor, error => t.Log("monitor", (error as Exception)?.Message ?? "undefined"));
        Caught(() => e.Emit("error", (Exception)new InvalidOperationException("alone")), message => t.Log("thrown", message));
        e.Once<Exception>("error", error => t.Log("handled", error.Message));
        t.Log(e.Emit("error", (Exception)new InvalidOperationException("twice")));
        Caught(() => e.Emit("error", "'text'"), message => t.Log(message));
    }

    private void Throwing()
    {
        var e = new EventEmitter();
        e.On("x", Say("1"));
        e.On("x", () =>
        {
            t.Log("2");
            throw new InvalidOperationException("stops");
        });
        e.On("x", Say("never"));
        Caught(() => e.Emit("x"), message => t.Log(message));
        e.Once("y", () =>
        {
            t.Log("y");
            throw new InvalidOperationException("once throws");
        });
        Caught(() => e.Emit("y"), message => t.Log(message, e.ListenerCount("y")));
    }

    private void Rejections()
    {
        var e = new EventEmitter { CaptureRejections = true };
        e.On<int>("x", async v =>
        {
            t.Log("async", v);
            throw new InvalidOperationException("rejected " + v);
        });
        e.On<Exception>("error", error => t.Log("error event", error.Message));
        e.Emit("x", 1);
        t.Log("after emit");
        Tick(Say("tick"));
        Micro(Say("micro"));
    }

    private void Many()
    {
        var e = new EventEmitter { MaxListeners = 1 };
        NodeLoop.Current.Process.Warning += w => t.Log(w.Name);
        for (var i = 0; i < 3; i++) e.On("x", () => { });
        t.Log("listeners", e.ListenerCount("x"));
    }

    private void Adding()
    {
        var e = new EventEmitter();
        var seen = new List<string>();
        void F()
        {
            seen.Add("f");
            e.On("z", F);
        }

        e.Once("z", F);
        e.Emit("z");
        e.Emit("z");
        t.Log(string.Join(',', seen), e.ListenerCount("z"));
        void G() => seen.Add("g");
        e.Once("w", G);
        e.On("w", G);
        e.Once("w", G);
        e.Off("w", G);
        e.Emit("w");
        t.Log(string.Join(',', seen), e.ListenerCount("w"));
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
