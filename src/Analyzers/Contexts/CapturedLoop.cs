using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Contexts;

/// <summary>
/// What is told on the loop on which it was made: <c>new Progress&lt;int&gt;(ShowPercent)</c> in a handler keeps the loop, and on the
/// pool it keeps nothing.
/// </summary>
/// <param name="lineage">Which types are windows and controls.</param>
/// <param name="ofMember">Contexts of a member of its own.</param>
/// <param name="ofFunction">Where a lambda runs.</param>
internal sealed class CapturedLoop(
    Lineage lineage, Func<IMethodSymbol, RunContext> ofMember, Func<IAnonymousFunctionOperation, RunContext> ofFunction)
{
    public static bool IsProgress(ITypeSymbol? type) => type is { Name: "Progress" } && TypeShape.IsIn(type, "System");

    /// <summary>Whether a loop is current at a place, as far as its own member says so.</summary>
    public bool IsCurrentAt(IOperation place)
    {
        if (HasLeft(place.Syntax)) return false;
        for (var current = place.Parent; current is not null; current = current.Parent)
        {
            if (current is ILocalFunctionOperation) return false;
            if (current is not IAnonymousFunctionOperation function) continue;
            var contexts = AskOf(function);
            if ((contexts & RunContext.EventLoop) != 0) return true;
            if ((contexts & RunContext.Caller) == 0) return false;
        }

        return place.SemanticModel?.GetEnclosingSymbol(place.Syntax.SpanStart) is { ContainingType: { } type } around
            && (Member(around) is { } member ? IsOnLoop(member, type) : lineage.LivesOnLoop(type));
    }

    /// <summary>A function may be told of what it makes itself: who asks for it meanwhile learns nothing.</summary>
    private RunContext AskOf(IAnonymousFunctionOperation function)
    {
        _asked ??= [];
        if (!_asked.Add(function)) return RunContext.Unknown;
        try
        {
            return ofFunction(function);
        }
        finally
        {
            _asked.Remove(function);
        }
    }

    [ThreadStatic]
    private static HashSet<IAnonymousFunctionOperation>? _asked;

    /// <summary>A window is made on its loop, and its coroutines start there; who else calls its methods cannot be seen here.</summary>
    private bool IsOnLoop(IMethodSymbol member, INamedTypeSymbol type)
    {
        var contexts = ofMember(member);
        if ((contexts & RunContext.EventLoop) != 0) return true;
        return (contexts & ~RunContext.Coroutine) == 0 && (member.IsAsync || member.MethodKind == MethodKind.Constructor)
            && lineage.LivesOnLoop(type);
    }

    private static IMethodSymbol? Member(ISymbol around)
    {
        while (around is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction }) around = around.ContainingSymbol;
        return around as IMethodSymbol;
    }

    /// <summary>A coroutine that has not come back to its loop before goes on elsewhere.</summary>
    private static bool HasLeft(SyntaxNode place)
    {
        var member = place.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member is not null && member.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Any(call => call.SpanStart < place.SpanStart
                && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" });
    }
}
