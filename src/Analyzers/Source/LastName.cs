using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Source;

/// <summary>The name that an expression ends with, by its text: <c>_store</c> for <c>_store</c> and for <c>this._store</c>.</summary>
internal static class LastName
{
    /// <returns>Null for an expression that is no name.</returns>
    public static string? Of(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
