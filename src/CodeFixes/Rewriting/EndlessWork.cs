using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Tasks that are meant to go on beside the rest: who awaits them never goes on.</summary>
internal static class EndlessWork
{
    private static readonly string[] Names = ["Loop", "Listen", "Watch", "Poll", "Forever", "Pump"];

    /// <summary>Whether what is called, as far as its own text tells, ends only when somebody stops it.</summary>
    public static bool Is(SemanticModel model, ExpressionSyntax? called, CancellationToken cancellation, int calls = MostCalls)
    {
        if (called is null || model.GetSymbolInfo(called, cancellation).Symbol is not IMethodSymbol method) return false;
        return Names.Any(name => method.Name.IndexOf(name, StringComparison.Ordinal) >= 0)
            || method.OriginalDefinition.DeclaringSyntaxReferences.Any(declared =>
                declared.GetSyntax(cancellation) is var body && body.DescendantNodes().Any(node => IsEndless(node)
                    || calls > 0 && node is InvocationExpressionSyntax inner && ModelOf(model, body) is { } there
                        && Is(there, inner, cancellation, calls - 1)));
    }

    /// <summary>So many calls further it is looked for what never ends.</summary>
    private const int MostCalls = 3;

    private static SemanticModel? ModelOf(SemanticModel model, SyntaxNode body) =>
        model.SyntaxTree == body.SyntaxTree ? model
        : model.Compilation.ContainsSyntaxTree(body.SyntaxTree) ? model.Compilation.GetSemanticModel(body.SyntaxTree)
        : null;

    private static bool IsEndless(SyntaxNode node) => node switch
    {
        WhileStatementSyntax loop => loop.Condition.IsKind(SyntaxKind.TrueLiteralExpression),
        ForStatementSyntax loop => loop.Condition is null,
        SimpleNameSyntax name => name.Identifier.ValueText is "IsCancellationRequested" or "ReadAllAsync" or "WaitToReadAsync"
            or "WaitForNextTickAsync" or "Infinite" or "InfiniteTimeSpan",
        _ => false,
    };
}
