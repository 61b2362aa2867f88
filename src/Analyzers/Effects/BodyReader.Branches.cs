using System.Collections.Immutable;

namespace Quintet.Analyzers.Effects;

// Branches of which every one waits: whichever is taken, somebody does.
internal sealed partial class BodyReader
{
    private TurnedOff? _turnedOff;

    private ImmutableArray<Condition> ConditionsAt(PathFacts facts)
    {
        var now = _body.Facts;
        _body.Facts = facts;
        var conditions = _body.Conditions();
        _body.Facts = now;
        return conditions;
    }

    /// <summary>Each branch has a first wait of its own, -1 being none.</summary>
    private void JoinAll(List<int> waits, PathFacts before)
    {
        if (waits.Count > 1 && waits.TrueForAll(static wait => wait >= 0)) _body.Join(waits, ConditionsAt(before));
    }

    /// <summary><c>if (one) { Wait(); return; } Wait();</c>: what follows is the other branch. The last is the innermost.</summary>
    private void JoinParted(List<TurnedOff> parted)
    {
        for (var i = parted.Count - 1; i >= 0; i--)
        {
            var (wait, rest, conditions, before) = parted[i];
            var other = _body.FirstWait(rest, conditions);
            if (other >= 0) _body.Join([wait, other], before);
        }
    }

    /// <summary>A branch that waits and does not come back.</summary>
    /// <param name="Wait">Its first wait.</param>
    /// <param name="Rest">The first step behind it.</param>
    /// <param name="Conditions">What holds there.</param>
    /// <param name="Before">What holds before the two part.</param>
    private readonly record struct TurnedOff(
        int Wait, int Rest, ImmutableArray<Condition> Conditions, ImmutableArray<Condition> Before);
}
