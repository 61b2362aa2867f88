using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

/// <summary>The summaries of one member and of what is nested in it.</summary>
internal sealed class MemberSummaries(SyntaxTree? tree, IReadOnlyList<BodySummary> bodies)
{
    /// <summary>The tree that they were read from; null when there was nothing to read.</summary>
    public SyntaxTree? Tree { get; } = tree;

    /// <summary>All trees that they were read from, where these are several.</summary>
    public ImmutableArray<SyntaxTree> Parts { get; init; } = ImmutableArray<SyntaxTree>.Empty;

    public IReadOnlyList<BodySummary> Bodies { get; } = bodies;

    public BodySummary? Find(string key)
    {
        foreach (var body in Bodies)
            if (body.Key == key) return body;
        return null;
    }

    /// <summary>The same in the tree that an edit made; null when the member's own text changed, so that it has to be read again.</summary>
    public MemberSummaries? MovedBy(TreeEdit edit)
    {
        if (Bodies.Count == 0 || edit.MoveOf(Bodies[Bodies.Count - 1].Span) is not { } by) return null;
        if (by != 0 && !Bodies.All(static body => body.CanMove)) return null;
        return new MemberSummaries(edit.Now, Bodies.Select(body => body.Moved(edit.Now, by)).ToList());
    }
}
