using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// References that an expression has in hand while it computes the rest of itself. The compiler cannot keep them over an await, and says
/// so only when it writes the assembly: no editor and no check of a document would show it.
/// </summary>
internal static class RefResults
{
    public static bool AcrossAwait(SemanticModel model, SyntaxNode at, CancellationToken cancellation)
    {
        for (var node = at; node.Parent is { } parent && node is not StatementSyntax; node = parent)
        {
            var isHeld = parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Right == node && IsReference(model, assignment.Left, cancellation),
                ArgumentSyntax { Parent: BaseArgumentListSyntax list } argument =>
                    IsHeldBefore(model, list, argument, cancellation),
                // A handler that fills a span is a ref struct, and exists before the first hole is computed.
                InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax text } =>
                    model.GetTypeInfo(text, cancellation).ConvertedType is { IsRefLikeType: true },
                _ => false,
            };
            if (isHeld) return true;
        }

        return false;
    }

    /// <summary>The object that a call or an element is asked of, and the arguments that come first.</summary>
    private static bool IsHeldBefore(
        SemanticModel model, BaseArgumentListSyntax list, ArgumentSyntax argument, CancellationToken cancellation)
    {
        var receiver = list.Parent switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
            ElementAccessExpressionSyntax element => element.Expression,
            _ => null,
        };
        // Of an object there is a copy of its reference; a struct is asked where it is.
        if (receiver is not null && model.GetTypeInfo(receiver, cancellation).Type is not { IsReferenceType: true }
            && IsReference(model, receiver, cancellation)) return true;
        return list.Arguments.TakeWhile(other => other != argument).Any(other =>
            (other.RefKindKeyword.RawKind != 0 || IsByReference(model, list, other, cancellation))
            && IsReference(model, other.Expression, cancellation));
    }

    private static bool IsByReference(
        SemanticModel model, BaseArgumentListSyntax list, ArgumentSyntax argument, CancellationToken cancellation) =>
        list.Parent is { } call && model.GetSymbolInfo(call, cancellation).Symbol is { } symbol
        && (symbol is IMethodSymbol method ? method.Parameters : (symbol as IPropertySymbol)?.Parameters) is { } parameters
        && list.Arguments.IndexOf(argument) is var place && place < parameters.Length && parameters[place].RefKind != RefKind.None;

    /// <summary>A variable that a call has given, or a field of the struct in it.</summary>
    private static bool IsReference(SemanticModel model, ExpressionSyntax expression, CancellationToken cancellation) => expression switch
    {
        ParenthesizedExpressionSyntax inner => IsReference(model, inner.Expression, cancellation),
        ConditionalExpressionSyntax choice => choice.WhenTrue is RefExpressionSyntax,
        _ => model.GetSymbolInfo(expression, cancellation).Symbol switch
        {
            IMethodSymbol method => method.ReturnsByRef || method.ReturnsByRefReadonly,
            IPropertySymbol property => property.ReturnsByRef || property.ReturnsByRefReadonly,
            IFieldSymbol { IsStatic: false, ContainingType.IsValueType: true } => expression is MemberAccessExpressionSyntax access
                && IsReference(model, access.Expression, cancellation),
            _ => false,
        },
    };
}
