using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.AtRandom;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>Programs of streams at random, of the stranger kinds; draws what the original draws, in the same order.</summary>
internal sealed partial class StrangerStreamsAtRandom(Transcript t)
{
    private readonly Draws _draws = new();

    [Twin("node/102-stranger-streams-at-random")]
    internal static void All(Transcript t)
    {
        Run(t, 1, 60);
        // Two that once told something else here.
        Run(t, 5533, 5533);
        Run(t, 5577, 5577);
    }

    internal static void Run(Transcript t, int first, int last) => NodeLoop.Run(() =>
    {
        NodeLoop.Current.Process.UncaughtException += e => t.Log("uncaught", Code(e));
        NodeLoop.Current.Process.UnhandledRejection += (e, _) => t.Log("unhandled", Code(e));
        Immediate(() => new StrangerStreamsAtRandom(t).Run(first, last));
    });

    /// <summary>Two errors in one have the code of the first, as in Node.</summary>
    private static string Code(Exception? error) => NodeTwin.Code(error is AggregateException two ? two.InnerExceptions[0] : error);

    private int Draw(int below) => _draws.Below(below);

    private Action<Exception?> Told(string name, string what) => e => t.Log(name, what, Code(e));

    private StreamOptions Options(string name)
    {
        var (mark, keeps, silent, construct, destroy, half) = (Draw(4), Draw(4), Draw(5), Draw(18), Draw(18), Draw(2));
        return new()
        {
            ObjectMode = true,
            HighWaterMark = mark,
            AutoDestroy = keeps != 0,
            EmitClose = silent != 0,
            AllowHalfOpen = half == 0,
            Construct = construct >= 7 ? null : done =>
            {
                t.Log(name, "construct");
                When(construct % 6, () => done(construct == 6 ? Error("construct") : null));
            },
            Destroy = destroy >= 8 ? null : (error, done) =>
            {
                t.Log(name, "destroy", Code(error));
                When(destroy % 6, () => done(destroy > 5 ? Error("destroy") : error));
            },
        };
    }

    private TStream Watch<TStream>(TStream s, string name)
        where TStream : NodeStream
    {
        string[] events = ["pause", "resume", "end", "prefinish", "finish", "drain", "unpipe", "close"];
        foreach (var n in events) s.On(n, () => t.Log(name, n));
        var (deaf, sides) = (Draw(4), Draw(4));
        if (deaf != 0) s.On<Exception>("error", e => t.Log(name, "error", Code(e)));
        if (sides == 1) s.Finished(Told(name, "finished"));
        if (sides == 2) s.Finished(Told(name, "written"), StreamSides.Writable);
        if (sides == 3) s.Finished(Told(name, "read"), StreamSides.Readable);
        return s;
    }

    /// <summary>What a source does when it is asked: it destroys, ends or pushes, now or later.</summary>
    private Action<Action<Exception>, Action, Action<int>> Giver()
    {
        var (count, mode, bad) = (Draw(6), Draw(6), Draw(12));
        var n = 0;
        return (destroy, end, push) => When(mode, () =>
        {
            if (n == bad)
            {
                n++;
                destroy(Error("giver"));
            }
            else if (n == count)
            {
                n++;
                end();
            }
            else if (n < count) push(++n);
        });
    }

    private Action<int, Action<Exception?>> Taker(string name)
    {
        var (mode, bad) = (Draw(6), Draw(15));
        var n = 0;
        return (c, done) =>
        {
            t.Log(name, "write", c);
            When(mode, () => done(n++ == bad ? Error("taker") : null));
        };
    }

    private Action<IReadOnlyList<int>, Action<Exception?>> Many(string name)
    {
        var mode = Draw(6);
        return (chunks, done) =>
        {
            t.Log([name, "writev", .. chunks.Cast<object>()]);
            When(mode, () => done(null));
        };
    }

    private Readable<int> Source()
    {
        var options = Options("r");
        var give = Giver();
        return Watch(new Readable<int>(r => give(r.Destroy, r.PushEnd, c => r.Push(c)), options), "r");
    }

    private Duplex<int, int> Middle()
    {
        var options = Options("d");
        var give = Giver();
        var take = Taker("d");
        Action<Action<Exception?>>? final = Draw(2) == 1 ? null : done => Immediate(() => done(null));
        return Watch(new Duplex<int, int>(d => give(d.Destroy, d.PushEnd, c => d.Push(c)), take, final, options), "d");
    }

    private Writable<int> Sink(string name)
    {
        var options = Options(name);
        var (write, many, both) = (Taker(name), Many(name), Draw(3));
        return Watch(new Writable<int>(write, options: options, writeMany: both != 0 ? null : many), name);
    }

    private void Run(int first, int last) => t.RunPrograms(_draws, first, last, turns: 80, Program);
}
