using System.Collections.Immutable;

namespace Quintet.Analyzers.Effects;

/// <summary>What was known of what bodies reach when somebody edited one of them.</summary>
/// <remarks>
/// Compilations that differ in bodies only go on with what no edit changes: a reach is a chain of summaries, and stays true while each of
/// them says the same and each call on the way leads to the same bodies. Immutable.
/// </remarks>
/// <param name="effects">By the key of the body.</param>
/// <param name="sites">The sites that the effects were derived from. A body may be among them twice, when two have read it at once.</param>
internal sealed class EffectsSeen(
    KeyValuePair<string, BodyEffects>[] effects, KeyValuePair<BodySummary, ImmutableArray<CallSite>>[] sites)
{
    /// <summary>What is left of it behind an edit, with new places where bodies moved.</summary>
    /// <param name="edit">What may have changed.</param>
    /// <param name="source">Gives the summaries that bodies have now.</param>
    /// <param name="cancellation">Ends the reading of edited bodies.</param>
    public SolvedEffects After(EffectEdit edit, SummarySource source, CancellationToken cancellation)
    {
        var moves = new BodyMoves();
        var changed = Changed(edit, moves, source, cancellation);
        var left = new SolvedEffects();
        var (users, gone) = (new Dictionary<string, List<string>>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var pair in sites)
        {
            var isGone = changed.Contains(BodyKey.OwnerOf(pair.Key.Key));
            foreach (var site in pair.Value)
            {
                isGone |= LeadsElsewhere(site, source, cancellation);
                foreach (var lead in site.Leads)
                {
                    isGone |= changed.Contains(BodyKey.OwnerOf(lead));
                    if (!users.TryGetValue(lead, out var list)) users.Add(lead, list = []);
                    list.Add(pair.Key.Key);
                }
            }

            if (isGone) gone.Add(pair.Key.Key);
            else left.Sites[moves.Of(pair.Key)] = moves.Of(pair.Key, pair.Value);
        }

        AddUsers(gone, users);
        var reaching = new HashSet<string>(moves.Keys, StringComparer.Ordinal);
        AddUsers(reaching, users);
        foreach (var pair in effects)
        {
            if (gone.Contains(pair.Key) || changed.Contains(BodyKey.OwnerOf(pair.Key))) continue;
            left.Effects[pair.Key] = reaching.Contains(pair.Key) ? moves.Of(pair.Value) : pair.Value;
        }

        return left;
    }

    /// <summary>Keys of the members that no longer say the same; what the others say moves along.</summary>
    private HashSet<string> Changed(EffectEdit edit, BodyMoves moves, SummarySource source, CancellationToken cancellation)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in edit.Members)
        {
            // As a whole: who leads to a function inside must learn, too, that it now has a context of its own.
            var (old, now) = (member.Value.Bodies, source.BodiesOf(member.Key, cancellation));
            var isSame = old.Count == now.Count;
            for (var i = 0; isSame && i < old.Count; i++) isSame = moves.TryAdd(old[i], now[i]);
            if (!isSame) changed.Add(member.Key);
        }

        foreach (var pair in sites)
        {
            var (body, owner) = (pair.Key, BodyKey.OwnerOf(pair.Key.Key));
            if (!edit.Trees.Contains(body.Tree) && !edit.Members.ContainsKey(owner) || changed.Contains(owner)) continue;
            if (source.Get(body.Key, cancellation) is not { } now || !moves.TryAdd(body, now)) changed.Add(owner);
        }

        return changed;
    }

    /// <summary>What a delegate field holds is decided by the text of its type, bodies included.</summary>
    private static bool LeadsElsewhere(CallSite site, SummarySource source, CancellationToken cancellation)
    {
        if (site.Step.Target is not { } target || !target.StartsWith(BodyKey.Field, StringComparison.Ordinal)) return false;
        var targets = source.TargetsOf(target, cancellation);
        return !targets.SequenceEqual(site.Targets);
    }

    /// <summary>Adds all bodies that lead to one of a set.</summary>
    private static void AddUsers(HashSet<string> bodies, Dictionary<string, List<string>> users)
    {
        var pending = new Stack<string>(bodies);
        while (pending.Count > 0)
        {
            if (!users.TryGetValue(pending.Pop(), out var list)) continue;
            foreach (var user in list)
                if (bodies.Add(user)) pending.Push(user);
        }
    }
}
