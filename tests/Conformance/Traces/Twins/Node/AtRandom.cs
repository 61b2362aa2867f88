using Quintet.Node;
using static Quintet.Tests.Conformance.Traces.Twins.Node.NodeTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Node;

/// <summary>What the twins of programs at random share.</summary>
internal static class AtRandom
{
    /// <summary>Runs the programs of some seeds, one after the other.</summary>
    /// <param name="t">Where it is told.</param>
    /// <param name="draws">What the programs draw from.</param>
    /// <param name="seed">The first seed.</param>
    /// <param name="last">The last one.</param>
    /// <param name="turns">How many turns a program has until it is ended.</param>
    /// <param name="begin">Begins a program, and gives what ends it.</param>
    /// <param name="pause">How many turns lie between its end and the next one.</param>
    internal static void RunPrograms(
        this Transcript t, Draws draws, int seed, int last, int turns, Func<Action> begin, int pause = 0)
    {
        if (seed > last) return;
        draws.Seed(seed);
        t.Log("--", seed);
        var end = begin();
        Rounds(turns, () =>
        {
            end();
            Rounds(pause, () => t.RunPrograms(draws, seed + 1, last, turns, begin, pause));
        });
    }

    internal static void Rounds(int n, Action f)
    {
        if (n == 0) f();
        else Immediate(() => Rounds(n - 1, f));
    }

    internal static void When(int mode, Action f)
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

    /// <summary>Tells of what happens to a stream.</summary>
    internal static TStream Watch<TStream>(this Transcript t, TStream s, string name, params string[] events)
        where TStream : NodeStream
    {
        foreach (var n in events) s.On(n, () => t.Log(name, n));
        s.On<Exception>("error", e => t.Log(name, "error", Code(e)));
        s.Finished(e => t.Log(name, "finished", Code(e)));
        return s;
    }
}
