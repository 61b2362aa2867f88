using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>References into the stack cannot survive an await: spans, ref locals, enumerators of spans.</summary>
internal static class RefLives
{
    public static bool AcrossAwait(SemanticModel model, SyntaxNode at, SyntaxNode function, CancellationToken cancellation)
    {
        if (Functions.Body(function) is not { } body) return false;
        foreach (var node in Functions.OwnNodes(body))
        {
            switch (node)
            {
                case VariableDeclaratorSyntax or SingleVariableDesignationSyntax
                    when model.GetDeclaredSymbol(node, cancellation) is ILocalSymbol local
                    && (local.Type.IsRefLikeType || local.RefKind != RefKind.None):
                    if (IsUsedAround(model, local, node, at, body, cancellation)) return true;
                    break;
                case ForEachStatementSyntax loop when loop.Statement.Span.Contains(at.Span)
                    && (loop.Type is RefTypeSyntax || model.GetTypeInfo(loop.Expression, cancellation).Type is { IsRefLikeType: true }):
                    return true;
            }
        }

        return IsBesideRefValue(model, at, cancellation) || RefResults.AcrossAwait(model, at, cancellation);
    }

    /// <summary>Declared before the await and used after it, or in a loop that comes back to the use.</summary>
    private static bool IsUsedAround(
        SemanticModel model, ILocalSymbol local, SyntaxNode declaration, SyntaxNode at, SyntaxNode body, CancellationToken cancellation)
    {
        // What is awaited to make it is awaited before it is there.
        if (declaration.SpanStart > at.Span.End || declaration.Span.Contains(at.Span)) return false;
        var loop = at.Ancestors().TakeWhile(node => node != body.Parent).LastOrDefault(node =>
            node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax
            && !node.Span.Contains(declaration.Span));
        return Functions.OwnNodes(body).OfType<IdentifierNameSyntax>().Any(use =>
            use.Identifier.ValueText == local.Name
            && (use.SpanStart > at.Span.End || loop is not null && loop.Span.Contains(use.Span))
            && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancellation).Symbol, local));
    }

    /// <summary>A ref struct that the same expression has computed before the await would have to be kept on the heap.</summary>
    private static bool IsBesideRefValue(SemanticModel model, SyntaxNode at, CancellationToken cancellation)
    {
        for (var node = at; node.Parent is { } parent && node is not StatementSyntax; node = parent)
        {
            if (parent is not (ArgumentListSyntax or BinaryExpressionSyntax or InvocationExpressionSyntax or AssignmentExpressionSyntax))
                continue;
            foreach (var sibling in parent.ChildNodes())
            {
                var expression = sibling switch
                {
                    ArgumentSyntax argument => argument.Expression,
                    MemberAccessExpressionSyntax access => access.Expression,
                    ExpressionSyntax other => other,
                    _ => null,
                };
                if (expression is null || sibling.SpanStart >= at.SpanStart || expression.Span.Contains(at.Span)) continue;
                if (model.GetTypeInfo(expression, cancellation).Type is { IsRefLikeType: true }) return true;
            }
        }

        return false;
    }
}
