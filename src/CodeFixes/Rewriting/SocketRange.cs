using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// A socket's <c>Send(buffer, n, flags)</c> and <c>Send(buffer, from, n, flags)</c>: the asynchronous forms take a range as one memory.
/// </summary>
internal static class SocketRange
{
    public static bool Is(IMethodSymbol method, InvocationExpressionSyntax call) => IsRange(method)
        && call.ArgumentList.Arguments.Count == method.Parameters.Length
        && call.ArgumentList.Arguments.All(static argument => argument.NameColon is null);

    public static ArgumentListSyntax AsMemory(ArgumentListSyntax list)
    {
        var buffer = list.Arguments[0].Expression;
        var flags = list.Arguments.Count - 1;
        var owner = buffer
            is SimpleNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or InvocationExpressionSyntax
            ? buffer.WithoutTrailingTrivia()
            : ParenthesizedExpression(buffer.WithoutTrivia());
        var range = list.Arguments.Take(flags).Skip(1).ToList();
        if (range.Count == 1) range.Insert(0, Argument(LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(0))));
        var memory = InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, owner, IdentifierName("AsMemory")),
            ArgumentList(SeparatedList(range, [Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)])));
        return list.WithArguments(SeparatedList(
            [Argument(memory), .. list.Arguments.Skip(flags)], list.Arguments.GetSeparators().Skip(flags - 1)));
    }

    /// <summary>Whether a twin takes the range as one memory.</summary>
    public static bool Takes(IMethodSymbol method, IReadOnlyList<IParameterSymbol> parameters) => IsRange(method)
        && parameters.Count >= 2 && parameters[0].Type.Name is "Memory" or "ReadOnlyMemory" && parameters[1].Type.Name == "SocketFlags";

    private static bool IsRange(IMethodSymbol method) =>
        method is { Name: "Send" or "Receive", ContainingType: { Name: "Socket", ContainingNamespace.Name: "Sockets" },
            Parameters: { Length: 3 or 4 } parameters }
        && parameters[0].Type is IArrayTypeSymbol && parameters[parameters.Length - 1].Type.Name == "SocketFlags"
        && parameters.Skip(1).Take(parameters.Length - 2).All(static one => one.Type.SpecialType == SpecialType.System_Int32);
}
