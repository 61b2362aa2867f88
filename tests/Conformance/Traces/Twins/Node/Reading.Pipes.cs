using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class Reading
{
    private static StreamOptions Objects { get; } = new() { ObjectMode = true };

    private void TwoPipes()
    {
        var r = Ends(Source("abc"));
        var slow = new Writable<string>(
            (c, taken) =>
            {
                t.Log("slow", c);
                After(10, () => taken(null));
            },
            options: new() { ObjectMode = true, HighWaterMark = 1 });
        var fast = new Writable<string>(
            (c, taken) =>
            {
                t.Log("fast", c);
                taken(null);
            },
            options: Objects);
        foreach (var (n, w) in new[] { ("slow", slow), ("fast", fast) })
            foreach (var name in new[] { "pipe", "unpipe", "finish", "drain" }) w.On(name, () => t.Log(n, name));
        r.Pipe(slow);
        r.Pipe(fast);
    }

    private void Unpipe()
    {
        var r = Source("abcdef");
        Writable<string> w = null!;
        w = new Writable<string>(
            (c, taken) =>
            {
                t.Log("w", c);
                if (c == "b")
                {
                    r.Unpipe(w);
                    t.Log("unpiped", Js(r.IsFlowing));
                }

                taken(null);
            },
            options: Objects);
        w.On("unpipe", Say("unpipe"));
        w.On("finish", Say("finish"));
        r.Pipe(w);
        After(10, () =>
        {
            r.OnData(d => t.Log("data", d));
            r.On("end", Say("end"));
            t.Log(Js(r.IsFlowing));
            r.Resume();
        });
    }

    private void PipeToFailing()
    {
        var r = Source("abc");
        var w = new Writable<string>((c, taken) => taken(c == "b" ? new InvalidOperationException("b") : null), options: Objects);
        w.On<Exception>("error", e => t.Log("error", e.Message));
        w.On("unpipe", Say("unpipe"));
        w.On("close", Say("w close"));
        r.Pipe(w);
        After(10, () => t.Log(r.IsDestroyed, Js(r.IsFlowing)));
    }

    private void PipeWithoutEnd()
    {
        var r = Ends(Source("a"));
        var w = new PassThrough<string>(Objects);
        w.OnData(d => t.Log("w", d));
        w.On("finish", Say("finish"));
        r.Pipe(w, end: false);
        After(10, () => w.End("own"));
    }

    private void AsyncPush()
    {
        var n = 0;
        var r = Ends(new Readable<string>(
            self =>
            {
                t.Log("read");
                After(2, () =>
                {
                    if (n < 3) self.Push(n++.ToString());
                    else self.PushEnd();
                });
            },
            new() { ObjectMode = true, HighWaterMark = 1 }));
        r.OnData(d =>
        {
            t.Log("data", d);
            Micro(() => t.Log("micro", d));
        });
    }
}
