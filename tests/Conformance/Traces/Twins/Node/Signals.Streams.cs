using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class Signals
{
    private async Promise Streams()
    {
        var controller = new AbortController();
        var r = new Readable<string>(_ => { });
        r.AddAbortSignal(controller.Signal);
        r.On<Exception>("error", e => t.Log("r", Name(e)));
        r.On("close", Say("r close"));
        var w = new Writable<string>((_, taken) => After(10, () => taken(null)), options: new() { Signal = controller.Signal });
        w.On<Exception>("error", e => t.Log("w", Name(e)));
        w.On("close", Say("w close"));
        w.Finished(e => t.Log("finished", Name(e)));
        w.Write("x", e => t.Log("write", e is null ? "ok" : Name(e)));
        Immediate(() =>
        {
            controller.Abort();
            t.Log("aborted", r.IsDestroyed, w.IsDestroyed);
            Tick(Say("tick"));
        });
        await _loop.Delay(40);
        var late = new Readable<string>(_ => { }, new() { Signal = controller.Signal });
        late.On<Exception>("error", e => t.Log("late", Name(e)));
        late.On("close", Say("late close"));
        t.Log(late.IsDestroyed);
    }

    private async Promise Pipelines()
    {
        var controller = new AbortController();
        var r = new Readable<string>(self => After(5, () => self.Push("x")));
        var w = new Writable<string>((_, taken) =>
        {
            t.Log("chunk");
            controller.Abort();
            taken(null);
        });
        r.On("close", Say("r close"));
        w.On("close", Say("w close"));
        _ = Pipeline.From(r).To(w, controller.Signal).Catch((Exception e) => t.Log("pipeline", Name(e)));
        await _loop.Delay(60);
    }

    private async Promise Events()
    {
        var e = new EventEmitter();
        var controller = new AbortController();
        var p = Promise.All(EventEmitter.Once<int>(e, "a", controller.Signal), EventEmitter.Once<int>(e, "b"));
        e.Emit("b", 1);
        controller.Abort();
        await p.Catch((Exception error) => t.Log(Name(error), e.ListenerCount("a"), e.ListenerCount("b"), e.ListenerCount("error")));
    }
}
