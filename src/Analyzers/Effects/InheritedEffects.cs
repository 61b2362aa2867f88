namespace Quintet.Analyzers.Effects;

/// <summary>
/// What the bodies of a compilation reach as far as an earlier one tells: worked out when the first question is asked, because edited
/// bodies have to be read for it.
/// </summary>
/// <remarks>Safe for concurrent use; all compilations with the same texts share one.</remarks>
internal sealed class InheritedEffects
{
    /// <summary>Edits that pile up while nobody asks keep their texts in memory; behind so many it is cheaper to forget.</summary>
    private const int MostTrees = 64;

    private readonly object _resolving = new();
    private readonly EffectEdit _edit;
    private volatile EffectsSeen? _before;
    private volatile SolvedEffects? _solved;

    private InheritedEffects(EffectsSeen? before, EffectEdit edit)
    {
        (_before, _edit) = (before, edit);
        if (before is null) _solved = new SolvedEffects();
    }

    /// <summary>Nothing is known yet.</summary>
    public static InheritedEffects Nothing() => new(null, EffectEdit.None);

    /// <summary>
    /// What the compilation that an edit makes of this one goes on with. Taken before anybody looks what the edit touches: what is found
    /// out about the old text meanwhile is not in it.
    /// </summary>
    public Func<EffectEdit, InheritedEffects> Leave()
    {
        // Without a lock, as whoever resolves reads bodies, and may wait for the store that asks this. In this order: what was before is
        // given up only when what is now is there.
        var before = _before;
        return _solved?.Seen() is { } seen ? edit => new(seen, edit) : edit => After(before!, _edit.And(edit));
    }

    public SolvedEffects Of(SummarySource source, CancellationToken cancellation)
    {
        if (_solved is { } solved) return solved;
        lock (_resolving)
        {
            if (_solved is { } others) return others;
            _solved = _before!.After(_edit, source, cancellation);
            _before = null;
            return _solved;
        }
    }

    private static InheritedEffects After(EffectsSeen before, EffectEdit edit) =>
        edit.Trees.Count > MostTrees ? Nothing() : new(before, edit);
}
