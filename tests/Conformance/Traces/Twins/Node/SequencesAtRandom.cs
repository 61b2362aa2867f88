using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.AtRandom;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>Programs of sequences at random: generators that are sources and stages of pipelines; draws what the original draws.</summary>
internal sealed partial class SequencesAtRandom(Transcript t)
{
    private readonly Draws _draws = new();

    [Twin("node/104-sequences-at-random")]
    internal static void All(Transcript t) => Run(t, 1, 60);

    internal static void Run(Transcript t, int first, int last) => NodeLoop.Run(() =>
    {
        NodeLoop.Current.Process.UncaughtException += e => t.Log("uncaught", Code(e));
        NodeLoop.Current.Process.UnhandledRejection += (e, _) => t.Log("unhandled", Code(e));
        Immediate(() => new SequencesAtRandom(t).Run(first, last));
    });

    private int Draw(int below) => _draws.Below(below);

    private static void When(int mode, Action f)
    {
        switch (mode)
        {
            case 0: f(); break;
            case 1: Tick(f); break;
            case 2: Immediate(f); break;
            default: Rounds(2, f); break;
        }
    }

    private static Promise Pause(int mode) =>
        mode == 0 ? Promise.Resolve() : new Promise<bool>(r => When(mode, () => r.Resolve(true)));

    private async IAsyncEnumerable<int> Numbers(int count, int mode, int bad)
    {
        try
        {
            for (var i = 1; i <= count; i++)
            {
                await Pause(mode);
                if (i == bad) throw Error("numbers");
                t.Log("gives", i);
                yield return i;
            }
        }
        finally
        {
            t.Log("numbers end");
        }
    }

    private Func<IAsyncEnumerable<int>, AbortSignal, IAsyncEnumerable<int>> Stage(string name)
    {
        var (mode, bad, leave, many) = (Draw(4), Draw(10), Draw(10), Draw(3));
        return (from, _) => Items(from);

        async IAsyncEnumerable<int> Items(IAsyncEnumerable<int> from)
        {
            var n = 0;
            try
            {
                await foreach (var c in from)
                {
                    t.Log(name, "takes", c);
                    await Pause(mode);
                    if (++n == bad) throw Error(name);
                    if (n == leave)
                    {
                        t.Log(name, "leaves");
                        yield break;
                    }

                    for (var i = 0; i < many; i++) yield return (c * 10) + i;
                }

                t.Log(name, "had all");
            }
            finally
            {
                t.Log(name, "ends");
            }
        }
    }

    private TStream Watch<TStream>(TStream s, string name)
        where TStream : NodeStream
    {
        foreach (var n in new[] { "end", "finish", "drain", "close" }) s.On(n, () => t.Log(name, n));
        s.On<Exception>("error", e => t.Log(name, "error", Code(e)));
        return s;
    }

    private PipelineStage<int> Source()
    {
        var (kind, count, mode, bad) = (Draw(4), Draw(6), Draw(4), Draw(10));
        t.Log("source", kind);
        if (kind == 0) return Pipeline.From(Numbers(count, mode, bad));
        if (kind == 1) return Pipeline.From(Watch(Readable<int>.From(Numbers(count, mode, bad)), "r"));
        if (kind == 2) return Pipeline.From(Watch(Readable<int>.From(Enumerable.Range(1, count)), "r"));
        var n = 0;
        return Pipeline.From(Watch(
            new Readable<int>(
                r => When(mode, () =>
                {
                    if (n == bad) r.Destroy(Error("r"));
                    else if (n < count) r.Push(++n);
                    else r.PushEnd();
                }),
                new() { ObjectMode = true, HighWaterMark = 2 }),
            "r"));
    }

    private Transform<int, int> Double()
    {
        var (mode, bad) = (Draw(4), Draw(10));
        var n = 0;
        return Watch(
            new Transform<int, int>(
                (c, done) => When(mode, () =>
                {
                    if (++n == bad) done.Fail(Error("t"));
                    else done.Done(c * 2);
                }),
                options: new() { ObjectMode = true, HighWaterMark = 1 }),
            "t");
    }

    private Writable<int> Sink()
    {
        var (mark, mode, bad, final) = (1 + Draw(2), Draw(4), Draw(10), Draw(4));
        var n = 0;
        return Watch(
            new Writable<int>(
                (c, done) =>
                {
                    t.Log("write", c);
                    When(mode, () => done(++n == bad ? Error("sink") : null));
                },
                done => When(final, () => done(null)),
                new() { ObjectMode = true, HighWaterMark = mark }),
            "w");
    }

    private void Run(int first, int last) => t.RunPrograms(_draws, first, last, turns: 120, Program);
}
