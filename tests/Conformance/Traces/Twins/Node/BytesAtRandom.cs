using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>Programs at random of streams of bytes; draws what the original draws, in the same order.</summary>
internal sealed partial class BytesAtRandom(Transcript t)
{
    private uint _state;

    [Twin("node/106-bytes-at-random")]
    internal static void All(Transcript t) => Run(t, 1, 60);

    internal static void Run(Transcript t, int first, int last) => NodeLoop.Run(() =>
    {
        NodeLoop.Current.Process.UncaughtException += e => t.Log("uncaught", Code(e));
        Immediate(() => new BytesAtRandom(t).Run(first, last));
    });

    private static string Text(byte[]? bytes) => bytes is null ? "null" : $"{bytes.Length}:{Encoding.ASCII.GetString(bytes)}";

    private static byte[] Bytes(int from, int length) => Encoding.ASCII.GetBytes("abcdefghijklmnopqrstuvwxyz".Substring(from % 20, length));

    private int Draw(int below)
    {
        _state = unchecked((_state * 1664525) + 1013904223);
        return (int)((_state >> 8) % (uint)below);
    }

    private static void Rounds(int n, Action f)
    {
        if (n == 0) f();
        else Immediate(() => Rounds(n - 1, f));
    }

    private static void When(int mode, Action f)
    {
        switch (mode)
        {
            case 0: f(); break;
            case 1: Tick(f); break;
            case 2: NodeLoop.Current.QueueMicrotask(f); break;
            case 3: Immediate(f); break;
            case 4: Rounds(2, f); break;
            default: NodeLoop.Current.QueueMicrotask(() => Tick(f)); break;
        }
    }

    private TStream Watch<TStream>(TStream s, string name)
        where TStream : NodeStream
    {
        string[] events = ["pause", "resume", "end", "finish", "drain", "close"];
        foreach (var n in events) s.On(n, () => t.Log(name, n));
        s.On<Exception>("error", e => t.Log(name, "error", Code(e)));
        s.Finished(e => t.Log(name, "finished", Code(e)));
        return s;
    }

    private Readable<byte[]> Source()
    {
        var (mark, count, mode, many, length) = (Draw(8), Draw(7), Draw(6), 1 + Draw(3), 1 + Draw(6));
        var n = 0;
        return Watch(
            new Readable<byte[]>(
                r =>
                {
                    t.Log("asked");
                    When(mode, () => Give(r));
                },
                new() { HighWaterMark = mark }),
            "r");

        void Give(Readable<byte[]> r)
        {
            for (var i = 0; i < many; i++)
            {
                if (n > count) return;
                if (n++ == count)
                {
                    r.PushEnd();
                    return;
                }

                t.Log("push", r.Push(Bytes(n, n * 5 % length)));
            }
        }
    }

    private Transform<byte[], byte[]> Middle()
    {
        var (mark, mode, cut, flush) = (Draw(6), Draw(6), Draw(4), Draw(3));
        return Watch(
            new Transform<byte[], byte[]>(
                (c, done) =>
                {
                    t.Log("transform", Text(c));
                    When(mode, () =>
                    {
                        done.Push(c[..Math.Min(cut, c.Length)]);
                        done.Done(c[Math.Min(cut, c.Length)..]);
                    });
                },
                done =>
                {
                    if (flush > 0) done.Push("!"u8.ToArray());
                    done.Done();
                },
                new() { HighWaterMark = mark }),
            "t");
    }

    private Writable<byte[]> Sink()
    {
        var (mark, mode, many) = (Draw(8), Draw(6), Draw(2));
        return Watch(
            new Writable<byte[]>(
                (c, done) =>
                {
                    t.Log("write", Text(c));
                    When(mode, () => done(null));
                },
                options: new() { HighWaterMark = mark },
                writeMany: many == 0 ? null : (chunks, done) =>
                {
                    t.Log(["writev", .. chunks.Select(Text)]);
                    When(mode, () => done(null));
                }),
            "w");
    }

    private void Run(int seed, int last)
    {
        if (seed > last) return;
        _state = (uint)seed;
        t.Log("--", seed);
        var end = Program();
        Rounds(60, () =>
        {
            end();
            Run(seed + 1, last);
        });
    }
}
