using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>The callers that one place in the text stands for, without their symbols, so that they outlive a compilation.</summary>
internal sealed class SeenCallers
{
    private readonly IReadOnlyList<(Caller Caller, Around Around, string? Id)> _callers;

    private SeenCallers(IReadOnlyList<(Caller Caller, Around Around, string? Id)> callers, bool complete) =>
        (_callers, Complete) = (callers, complete);

    /// <summary>How the body of a caller is found again: by what stands around the place, or else by its id.</summary>
    private enum Around
    {
        Nothing,
        Function,
        Member,
    }

    /// <summary>The place is no caller of a kind that the search cannot follow.</summary>
    public bool Complete { get; }

    /// <summary>Null for callers that cannot be found again.</summary>
    /// <param name="found">What the place stands for.</param>
    /// <param name="complete">See <see cref="Complete"/>.</param>
    /// <param name="place">The place.</param>
    /// <param name="model">Its tree's.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static SeenCallers? Of(
        IReadOnlyCollection<Caller> found, bool complete, SyntaxNode place, SemanticModel model, CancellationToken cancellation)
    {
        var callers = new List<(Caller, Around, string?)>(found.Count);
        var around = found.Count == 0 ? null : MemberAround(place, model, cancellation);
        foreach (var caller in found)
        {
            var kind = caller.Body is { MethodKind: MethodKind.LocalFunction } ? Around.Function
                : caller.Body is not null && SymbolEqualityComparer.Default.Equals(caller.Body, around) ? Around.Member : Around.Nothing;
            var id = kind == Around.Nothing && caller.Body is { } body
                ? DocumentationCommentId.CreateDeclarationId(body.OriginalDefinition)
                : null;
            if (id is null && kind == Around.Nothing && caller.Body is not null) return null;
            callers.Add((caller with { Body = null }, kind, id));
        }

        return new SeenCallers(callers, complete);
    }

    /// <summary>The callers in another compilation; null when one of them is not to be found.</summary>
    /// <param name="place">The place in that compilation.</param>
    /// <param name="models">That compilation.</param>
    /// <param name="cancellation">Ends the search.</param>
    public IReadOnlyCollection<Caller>? Restore(SyntaxNode place, SourceModels models, CancellationToken cancellation)
    {
        if (_callers.Count == 0) return [];
        if (models.Of(place.SyntaxTree) is not { } model) return null;
        var callers = new List<Caller>(_callers.Count);
        foreach (var (caller, around, id) in _callers)
        {
            var body = around switch
            {
                Around.Function => FunctionAround(place, model, cancellation),
                Around.Member => MemberAround(place, model, cancellation),
                _ => id is null ? null : Member(id, models.Compilation),
            };
            if (body is null && (around != Around.Nothing || id is not null)) return null;
            callers.Add(caller with { Body = body });
        }

        return callers;
    }

    private static IMethodSymbol? MemberAround(SyntaxNode place, SemanticModel model, CancellationToken cancellation) =>
        CallPlace.BodiesAround(place, model, cancellation).FirstOrDefault();

    /// <summary>Asked by the symbol around its body: asking for what the function declares would bind all that is around it.</summary>
    private static IMethodSymbol? FunctionAround(SyntaxNode place, SemanticModel model, CancellationToken cancellation) =>
        place.FirstAncestorOrSelf<LocalFunctionStatementSyntax>() is { } function
        && (function.Body?.OpenBraceToken.Span.End ?? function.ExpressionBody?.Expression.SpanStart) is { } inside
            ? model.GetEnclosingSymbol(inside, cancellation) as IMethodSymbol
            : null;

    private static IMethodSymbol? Member(string id, Compilation compilation) =>
        DocumentationCommentId.GetSymbolsForDeclarationId(id, compilation).OfType<IMethodSymbol>()
            .FirstOrDefault(method => CallerSearch.IsSame(method.ContainingAssembly, compilation.Assembly));
}
