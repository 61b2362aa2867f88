using System.Text;
using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.AtRandom;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>Programs at random of streams of bytes; draws what the original draws, in the same order.</summary>
internal sealed partial class BytesAtRandom(Transcript t)
{
    private readonly Draws _draws = new();

    [Twin("node/106-bytes-at-random")]
    internal static void All(Transcript t) => Run(t, 1, 60);

    internal static void Run(Transcript t, int first, int last) => NodeLoop.Run(() =>
    {
        NodeLoop.Current.Process.UncaughtException += e => t.Log("uncaught", Code(e));
        Immediate(() => new BytesAtRandom(t).Run(first, last));
    });

    private static string Text(byte[]? bytes) => bytes is null ? "null" : $"{bytes.Length}:{Encoding.ASCII.GetString(bytes)}";

    private static byte[] Bytes(int from, int length) => Encoding.ASCII.GetBytes("abcdefghijklmnopqrstuvwxyz".Substring(from % 20, length));

    private int Draw(int below) => _draws.Below(below);

    private TStream Watch<TStream>(TStream s, string name)
        where TStream : NodeStream => t.Watch(s, name, "pause", "resume", "end", "finish", "drain", "close");

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

    private void Run(int first, int last) => t.RunPrograms(_draws, first, last, turns: 60, Program);
}
