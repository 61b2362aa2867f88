using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// The surface that an event lends to its handlers to paint on. It is taken back when they return, and an async handler returns at its
/// first await.
/// </summary>
internal static class LentSurface
{
    private const string Surface = "Graphics";

    /// <summary>Whether a handler uses such a surface in the statement of a place, or after it.</summary>
    public static bool IsUsedAfter(SemanticModel model, SyntaxNode at, SyntaxNode function, CancellationToken cancellation)
    {
        if (Functions.Symbol(model, function, cancellation) is not { } handler
            || handler.Parameters.FirstOrDefault(static one => Handlers.IsEventArgs(one.Type)) is not { } lent
            || SurfaceOf(lent.Type) is not { } surface || Functions.Body(function) is not { } body) return false;
        var again = at.Ancestors().TakeWhile(node => node != function).LastOrDefault(static node => Functions.IsLoop(node));
        var from = (again ?? at.FirstAncestorOrSelf<StatementSyntax>() ?? body).SpanStart;
        return body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.SpanStart >= from && IsUse(name));

        bool IsUse(IdentifierNameSyntax name) => model.GetSymbolInfo(name, cancellation).Symbol switch
        {
            ILocalSymbol local => SymbolEqualityComparer.Default.Equals(local.Type, surface),
            IParameterSymbol given => SymbolEqualityComparer.Default.Equals(given, lent) && !IsOtherPart(name),
            _ => false,
        };

        // Where to paint is a value of its own.
        bool IsOtherPart(IdentifierNameSyntax name) => name.Parent is MemberAccessExpressionSyntax part && part.Expression == name
            && model.GetSymbolInfo(part, cancellation).Symbol is IPropertySymbol property
            && !SymbolEqualityComparer.Default.Equals(property.Type, surface);
    }

    private static ITypeSymbol? SurfaceOf(ITypeSymbol arguments)
    {
        for (var type = arguments; type is not null; type = type.BaseType)
        {
            if (type.GetMembers().OfType<IPropertySymbol>()
                .FirstOrDefault(static one => one.Name == Surface || one.Type.Name == Surface) is { } lent) return lent.Type;
        }

        return null;
    }
}
