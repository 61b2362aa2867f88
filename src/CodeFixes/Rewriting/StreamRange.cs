using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// A stream's <c>Read(buffer, 0, n)</c> as <c>ReadAsync(buffer.AsMemory(0, n))</c>, where the project asks for that form (CA1835).
/// </summary>
internal static class StreamRange
{
    private const string Rule = "CA1835";

    public static bool Is(SemanticModel model, InvocationExpressionSyntax call, IMethodSymbol method, CancellationToken cancellation) =>
        method is { Name: "Read" or "Write", Parameters.Length: 3 } && method.Parameters[0].Type is IArrayTypeSymbol
        && call.ArgumentList.Arguments.Count == 3 && call.ArgumentList.Arguments.All(static argument => argument.NameColon is null)
        && IsStream(method.ContainingType) && Imports.IsImported(model, call.SpanStart, "System")
        && AwaitStyle.IsRuleOn(model.Compilation.Options, model.SyntaxTree, Rule, cancellation);

    public static ArgumentListSyntax AsMemory(ArgumentListSyntax list)
    {
        var buffer = list.Arguments[0].Expression;
        var owner = buffer
            is SimpleNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or InvocationExpressionSyntax
            ? buffer.WithoutTrailingTrivia()
            : ParenthesizedExpression(buffer.WithoutTrivia());
        var range = InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, owner, IdentifierName("AsMemory")),
            ArgumentList(SeparatedList(list.Arguments.Skip(1), list.Arguments.GetSeparators().Skip(1))));
        return list.WithArguments(SeparatedList([Argument(range), .. list.Arguments.Skip(3)], list.Arguments.GetSeparators().Skip(2)));
    }

    /// <summary>Whether a twin takes the range as one memory.</summary>
    public static bool Takes(IMethodSymbol method, IReadOnlyList<IParameterSymbol> parameters) =>
        method.Parameters.Length == 3 && method.Parameters[0].Type is IArrayTypeSymbol && IsStream(method.ContainingType)
        && parameters.Count == 2 && parameters[0].Type.Name is "Memory" or "ReadOnlyMemory"
        && CancellationThreading.IsToken(parameters[1].Type);

    private static bool IsStream(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type is { Name: "Stream", ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } }) return true;
        return false;
    }
}
