using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

/// <summary>What an edit may have changed of what bodies reach.</summary>
/// <param name="Trees">The trees as they were.</param>
/// <param name="Members">By key, the summaries as they were of members that have new ones, wherever they stand.</param>
internal sealed record EffectEdit(HashSet<SyntaxTree> Trees, Dictionary<string, MemberSummaries> Members)
{
    public static readonly EffectEdit None = new([], new(StringComparer.Ordinal));

    public EffectEdit And(EffectEdit next)
    {
        var members = new Dictionary<string, MemberSummaries>(Members, StringComparer.Ordinal);
        // What both have touched was, before them, as the first has found it.
        foreach (var member in next.Members)
            if (!members.ContainsKey(member.Key)) members.Add(member.Key, member.Value);
        return new([.. Trees, .. next.Trees], members);
    }
}
