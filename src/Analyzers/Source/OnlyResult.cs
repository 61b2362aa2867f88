using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Source;

/// <summary><c>Task Flush() => WriteAsync();</c>, or the same with a block: what a member gives that does nothing else.</summary>
internal static class OnlyResult
{
    /// <param name="member">The declaration of a method, a local function or a property.</param>
    /// <returns>Null for a member that does more, or gives nothing.</returns>
    public static ExpressionSyntax? Of(SyntaxNode? member)
    {
        var (arrow, body) = member switch
        {
            MethodDeclarationSyntax method => (method.ExpressionBody, method.Body),
            LocalFunctionStatementSyntax local => (local.ExpressionBody, local.Body),
            PropertyDeclarationSyntax property => (property.ExpressionBody, null),
            _ => default,
        };
        return arrow?.Expression ?? (body is { Statements: { Count: 1 } only } ? (only[0] as ReturnStatementSyntax)?.Expression : null);
    }
}
