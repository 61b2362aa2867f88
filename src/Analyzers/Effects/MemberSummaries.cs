using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

/// <summary>The summaries of one member and of what is nested in it.</summary>
internal sealed class MemberSummaries(SyntaxTree? tree, IReadOnlyList<BodySummary> bodies)
{
    /// <summary>The tree that they were read from; null when there was nothing to read.</summary>
    public SyntaxTree? Tree { get; } = tree;

    public IReadOnlyList<BodySummary> Bodies { get; } = bodies;

    public BodySummary? Find(string key)
    {
        foreach (var body in Bodies)
            if (body.Key == key) return body;
        return null;
    }
}
