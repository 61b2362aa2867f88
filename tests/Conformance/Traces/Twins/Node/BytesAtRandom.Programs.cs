using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.AtRandom;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class BytesAtRandom
{
    private static byte[]? Read(Readable<byte[]> r, Transform<byte[], byte[]>? m) =>
        (m is null ? r.Read(out var c) : m.Read(out c)) ? c : null;

    private static byte[]? Read(Readable<byte[]> r, Transform<byte[], byte[]>? m, int count) =>
        (m is null ? r.Read(count, out var c) : m.Read(count, out c)) ? c : null;

    private void Join(Readable<byte[]> r, Transform<byte[], byte[]>? m, Writable<byte[]> w)
    {
        var last = (IReadable<byte[]>?)m ?? r;
        var (how, count) = (Draw(4), 1 + Draw(6));
        t.Log("joined", how, m is not null, count);
        int Length() => m?.ReadableLength ?? r.ReadableLength;
        if (m is not null) r.Pipe(m);
        switch (how)
        {
            case 0 when m is null:
                r.Pipe(w);
                break;
            case 0:
                m.Pipe(w);
                break;
            case 1:
                last.OnData(c =>
                {
                    t.Log("data", Text(c));
                    w.Write(c);
                });
                last.Stream.On("end", () => w.End());
                break;
            case 2:
                last.Stream.On("readable", () =>
                {
                    t.Log("readable", Length());
                    while (Read(r, m, count) is { } c) w.Write(c);
                });
                break;
            default:
                last.Stream.On("readable", () => t.Log("readable", Length(), Text(Read(r, m, count))));
                break;
        }
    }

    private void Act(Readable<byte[]> r, Transform<byte[], byte[]>? m, Writable<byte[]> w, int kind, int count)
    {
        t.Log("act", kind, count);
        var last = (IReadable<byte[]>?)m ?? r;
        switch (kind)
        {
            case 0: t.Log("read", Text(Read(r, m))); break;
            case 1 or 2: t.Log("read", Text(Read(r, m, count))); break;
            case 3: t.Log(r.Unshift(Bytes(7, count)), r.ReadableLength); break;
            case 4: t.Log(r.Push(Bytes(3, count))); break;
            case 5: r.PushEnd(); break;
            case 6: t.Log(w.Write(Bytes(5, count)), w.WritableLength); break;
            case 7: w.Cork(); break;
            case 8: w.Uncork(); break;
            case 9: last.Pause(); break;
            case 10: last.Resume(); break;
            case 11: w.End(Bytes(9, count)); break;
            case 12 when m is not null: t.Log(m.Write(Bytes(11, count)), m.WritableLength, m.ReadableLength); break;
            case 12: break;
            default:
                if (m is null) t.Log(r.Unshift(Bytes(0, count)), r.ReadableLength);
                else t.Log(m.Unshift(Bytes(0, count)), m.ReadableLength);
                break;
        }
    }

    private Action Program()
    {
        var r = Source();
        var m = Draw(2) == 1 ? Middle() : null;
        var w = Sink();
        Join(r, m, w);
        for (var i = Draw(6); i > 0; i--)
        {
            var (wait, mode, kind, count) = (Draw(8), Draw(6), Draw(14), Draw(6));
            Rounds(wait, () => When(mode, () => Act(r, m, w, kind, count)));
        }

        return () =>
        {
            t.Log(r.IsDestroyed, r.IsEnded, r.IsFlowing, r.ReadableLength, w.IsDestroyed, w.IsFinished, w.WritableLength, w.NeedsDrain);
            if (m is not null) t.Log(m.IsDestroyed, m.IsFlowing, m.ReadableLength, m.WritableLength, m.NeedsDrain);
        };
    }
}
