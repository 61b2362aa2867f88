using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.AtRandom;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class StreamsAtRandom
{
    private static int? Read(Readable<int> r, Transform<int, int>? m)
    {
        if (m is null ? r.Read(out var c) : m.Read(out c)) return c;
        return null;
    }

    private void Join(Readable<int> r, Transform<int, int>? m, Writable<int> w)
    {
        var last = (IReadable<int>?)m ?? r;
        var how = Draw(5);
        t.Log("joined", how, m is not null);
        if (m is not null && how != 1) r.Pipe(m);
        switch (how)
        {
            case 0:
                Pipe(r, m, w);
                break;
            case 1 when m is not null:
                Pipeline.Run(r, m, w, e => t.Log("done", NodeTwin.Code(e)));
                break;
            case 1:
                Pipeline.Run(r, w, e => t.Log("done", NodeTwin.Code(e)));
                break;
            case 2:
                last.OnData(c =>
                {
                    t.Log("data", c);
                    w.Write(c);
                });
                last.Stream.On("end", () => w.End());
                break;
            case 3:
                last.Stream.On("readable", () =>
                {
                    t.Log("readable", m?.ReadableLength ?? r.ReadableLength);
                    while (Read(r, m) is { } c) w.Write(c);
                });
                break;
            default:
                _ = Drain(last, w);
                break;
        }
    }

    private static void Pipe(Readable<int> r, Transform<int, int>? m, Writable<int> w)
    {
        if (m is null) r.Pipe(w);
        else m.Pipe(w);
    }

    private void Act(Readable<int> r, Transform<int, int>? m, Writable<int> w, int kind, int at)
    {
        t.Log("act", kind, at);
        var last = (IReadable<int>?)m ?? r;
        var target = new[] { r, (NodeStream?)m ?? w, w }[at];
        switch (kind)
        {
            case 0: r.Pause(); break;
            case 1: last.Resume(); break;
            case 2: last.Unpipe(w); break;
            case 3: Pipe(r, m, w); break;
            case 4: target.Destroy(); break;
            case 5: target.Destroy(Error("act")); break;
            case 6: w.End(); break;
            case 7: t.Log(w.Write(99, e => t.Log("99", NodeTwin.Code(e)))); break;
            case 8: w.Cork(); break;
            case 9: w.Uncork(); break;
            case 10: t.Log(r.Push(77)); break;
            case 11: t.Log(r.Unshift(55)); break;
            case 12: t.Log("read", Read(r, m)); break;
            case 13: r.PushEnd(); break;
            case 14: m?.End(); break;
            default:
                if (m is not null) t.Log(m.Write(88, e => t.Log("88", NodeTwin.Code(e))));
                break;
        }
    }

    private Action Program()
    {
        var r = Source();
        var m = Draw(2) == 1 ? Middle() : null;
        var w = Sink();
        Join(r, m, w);
        for (var i = Draw(4); i > 0; i--)
        {
            if (Draws(8, 6, 16, 3) is not [var wait, var mode, var kind, var at]) throw new InvalidOperationException();
            Rounds(wait, () => When(mode, () => Act(r, m, w, kind, at)));
        }

        return () =>
        {
            t.Log(r.IsDestroyed, r.IsEnded, r.IsFlowing, r.ReadableLength, w.IsDestroyed, w.IsFinished, w.WritableLength, w.NeedsDrain);
            if (m is not null) t.Log(m.IsDestroyed, m.IsFlowing, m.ReadableLength, m.WritableLength, m.NeedsDrain);
        };
    }
}
