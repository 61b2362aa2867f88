using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.AtRandom;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>Programs of streams that a generator of random numbers makes; it draws what the original draws, in the same order.</summary>
internal sealed partial class StreamsAtRandom(Transcript t)
{
    private readonly Draws _draws = new();

    [Twin("node/101-streams-at-random")]
    internal static void All(Transcript t) => Run(t, 1, 60);

    internal static void Run(Transcript t, int first, int last) => NodeLoop.Run(() =>
    {
        NodeLoop.Current.Process.UncaughtException += e => t.Log("uncaught", Code(e));
        Immediate(() => new StreamsAtRandom(t).Run(first, last));
    });

    private int Draw(int below) => _draws.Below(below);

    private int[] Draws(params int[] below) => [.. below.Select(Draw)];

    private TStream Watch<TStream>(TStream s, string name)
        where TStream : NodeStream => t.Watch(s, name, "pause", "resume", "end", "prefinish", "finish", "drain", "pipe", "unpipe", "close");

    private Readable<int> Source()
    {
        if (Draws(3, 6, 6, 2, 12) is not [var mark, var count, var mode, var many, var bad]) throw new InvalidOperationException();
        var n = 0;
        return Watch(new Readable<int>(r => When(mode, () => Give(r)), Objects(1 + mark)), "r");

        void Give(Readable<int> r)
        {
            for (var i = 0; i < 1 + many; i++)
            {
                if (n == bad)
                {
                    n++;
                    r.Destroy(Error("source"));
                    return;
                }

                if (n > count) return;
                if (n++ == count)
                {
                    r.PushEnd();
                    return;
                }

                r.Push(n);
            }
        }
    }

    private static StreamOptions Objects(int mark) => new() { ObjectMode = true, HighWaterMark = mark };

    private Transform<int, int> Middle()
    {
        if (Draws(3, 6, 3, 15, 4) is not [var mark, var mode, var many, var bad, var flush]) throw new InvalidOperationException();
        var n = 0;
        return Watch(
            new Transform<int, int>(
                (c, done) => When(mode, () =>
                {
                    if (n++ == bad)
                    {
                        done.Fail(Error("middle"));
                        return;
                    }

                    for (var i = 0; i < many; i++) done.Push((c * 10) + i);
                    done.Done();
                }),
                done =>
                {
                    if (flush == 0) done.Push(0);
                    When(flush, done.Done);
                },
                Objects(1 + mark)),
            "t");
    }

    private Writable<int> Sink()
    {
        if (Draws(3, 6, 15, 6) is not [var mark, var mode, var bad, var final]) throw new InvalidOperationException();
        var n = 0;
        return Watch(
            new Writable<int>(
                (c, done) =>
                {
                    t.Log("write", c);
                    When(mode, () => done(n++ == bad ? Error("sink") : null));
                },
                done => When(final, () => done(bad == 14 ? Error("final") : null)),
                Objects(1 + mark)),
            "w");
    }

    private async Promise Drain(IReadable<int> from, Writable<int> w)
    {
        try
        {
            await foreach (var c in from.Iterate())
            {
                t.Log("item", c);
                if (!w.IsDestroyed && !w.IsEnding) w.Write(c);
            }
        }
        catch (Exception e)
        {
            t.Log("caught", Code(e));
        }

        w.End();
    }

    private void Run(int first, int last) => t.RunPrograms(_draws, first, last, turns: 80, Program);
}
