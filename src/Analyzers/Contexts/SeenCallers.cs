using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Contexts;

/// <summary>The callers that one place in the text stands for, without their symbols, so that they outlive a compilation.</summary>
internal sealed class SeenCallers
{
    private readonly IReadOnlyList<(Caller Caller, string? Id)> _callers;

    private SeenCallers(IReadOnlyList<(Caller Caller, string? Id)> callers, bool complete) =>
        (_callers, Complete) = (callers, complete);

    /// <summary>The place is no caller of a kind that the search cannot follow.</summary>
    public bool Complete { get; }

    /// <summary>Null for callers that have no id of their own: local functions.</summary>
    public static SeenCallers? Of(IReadOnlyCollection<Caller> found, bool complete)
    {
        var callers = new List<(Caller, string?)>(found.Count);
        foreach (var caller in found)
        {
            var id = caller.Body is { MethodKind: not MethodKind.LocalFunction } body
                ? DocumentationCommentId.CreateDeclarationId(body.OriginalDefinition)
                : null;
            if (id is null && caller.Body is not null) return null;
            callers.Add((caller with { Body = null }, id));
        }

        return new SeenCallers(callers, complete);
    }

    /// <summary>The callers in another compilation; null when one of them is not to be found.</summary>
    public IReadOnlyCollection<Caller>? Restore(Compilation compilation)
    {
        if (_callers.Count == 0) return [];
        var callers = new List<Caller>(_callers.Count);
        foreach (var (caller, id) in _callers)
        {
            var body = id is null ? null : DocumentationCommentId.GetSymbolsForDeclarationId(id, compilation).OfType<IMethodSymbol>()
                .FirstOrDefault(method => CallerSearch.IsSame(method.ContainingAssembly, compilation.Assembly));
            if (id is not null && body is null) return null;
            callers.Add(caller with { Body = body });
        }

        return callers;
    }
}
