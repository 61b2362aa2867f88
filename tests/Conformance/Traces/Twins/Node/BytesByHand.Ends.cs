using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

internal sealed partial class BytesByHand
{
    private async Promise Transforming()
    {
        await Step("transformsOfBytes", () =>
        {
            var s = new Transform<byte[], byte[]>(
                (c, done) =>
                {
                    t.Log("transform", Text(c));
                    done.Push(c[..Math.Min(1, c.Length)]);
                    done.Done(c[Math.Min(1, c.Length)..]);
                },
                options: Mark(3));
            t.Log(s.Write(B("a")), s.Write(B("bcd")), s.Write(B("")), s.WritableLength, s.ReadableLength);
            s.End();
            Immediate(() =>
            {
                t.Log(s.ReadableLength, s.WritableLength);
                s.On("readable", () =>
                {
                    while (s.Read(2, out var c)) t.Log("two", Text(c));
                });
                End(s);
            });
        });
        await Step("bytesThrough", () =>
        {
            var p = Watch(new PassThrough<byte[]>(new() { ReadableHighWaterMark = 4, WritableHighWaterMark = 2 }), "p");
            foreach (var c in new[] { "ab", "cd", "ef", "" }) t.Log(p.Write(B(c)), p.WritableLength, p.ReadableLength, p.NeedsDrain);
            Immediate(() =>
            {
                t.Log("read", Take(p, 3), p.WritableLength, p.ReadableLength);
                Immediate(() =>
                {
                    p.End();
                    t.Log("read", p.Read(out var c) ? Text(c) : "null");
                });
            });
        });
    }

    private async Promise Ending()
    {
        await Step("countsAtTheEnd", () =>
        {
            var r = Silent(false);
            r.Push(B("abc"));
            Immediate(() =>
            {
                t.Log(Take(r, 10));
                r.PushEnd();
                Immediate(() =>
                {
                    t.Log(Take(r, 10), r.IsEnded);
                    Immediate(() => t.Log(r.IsEnded, Take(r, 1)));
                });
            });
        });
        await Step("emptyWrites", () =>
        {
            var w = Watch(
                new Writable<byte[]>(
                    (c, done) =>
                    {
                        t.Log("write", c.Length);
                        Immediate(() => done(null));
                    },
                    options: Mark(1)),
                "w");
            t.Log(w.Write(B("")), w.WritableLength, w.Write(B("x"), _ => t.Log("x taken")), w.WritableLength);
            w.End(B(""), _ => t.Log("ended"));
        });
    }
}
