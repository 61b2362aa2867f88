using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Source;

/// <summary>What a field or property is declared with.</summary>
internal static class InitialValue
{
    /// <returns>Null for a declaration without one.</returns>
    public static EqualsValueClauseSyntax? Of(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax field => field.Initializer,
        PropertyDeclarationSyntax property => property.Initializer,
        _ => null,
    };
}
