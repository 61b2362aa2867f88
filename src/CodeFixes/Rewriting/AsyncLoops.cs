using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary><c>foreach</c> becomes <c>await foreach</c> where each step of what it walks through waits.</summary>
internal static class AsyncLoops
{
    /// <summary>The loop that walks through what a call gives, and through nothing made of it.</summary>
    public static CommonForEachStatementSyntax? Of(ExpressionSyntax call) =>
        call.Parent is CommonForEachStatementSyntax { AwaitKeyword.RawKind: 0 } loop && loop.Expression == call ? loop : null;

    /// <summary>Whether a loop may take its elements from an asynchronous sequence: of the same elements, kept where no stack is.</summary>
    public static bool Takes(
        SemanticModel model, CommonForEachStatementSyntax loop, ITypeSymbol sequence, CancellationToken cancellation) =>
        ElementOf(sequence) is { } element
        && SymbolEqualityComparer.Default.Equals(model.GetForEachStatementInfo(loop).ElementType, element)
        && !(loop is ForEachStatementSyntax one && model.GetDeclaredSymbol(one, cancellation)
            is { Type.IsRefLikeType: true } or { RefKind: not RefKind.None });

    /// <summary>Walks asynchronously through what is made of the loop's own source.</summary>
    public static NodeEdit Edit(CommonForEachStatementSyntax loop, Func<ExpressionSyntax, ExpressionSyntax> source) =>
        new(loop, current =>
        {
            var changed = (CommonForEachStatementSyntax)current;
            var keyword = Token(changed.ForEachKeyword.LeadingTrivia, SyntaxKind.AwaitKeyword, TriviaList(Space));
            var from = source(changed.Expression).WithTriviaFrom(changed.Expression);
            var each = changed.ForEachKeyword.WithLeadingTrivia();
            CommonForEachStatementSyntax made = changed is ForEachStatementSyntax plain
                ? plain.WithAwaitKeyword(keyword).WithForEachKeyword(each).WithExpression(from)
                : ((ForEachVariableStatementSyntax)changed).WithAwaitKeyword(keyword).WithForEachKeyword(each).WithExpression(from);
            return made.WithAdditionalAnnotations(AwaitStyle.New);
        });

    /// <summary><c>source.ToBlockingEnumerable(token)</c>: the loop walks through the source itself.</summary>
    public static Twin? Unblocked(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        if (Of(call) is not { } loop || model.GetSymbolInfo(call, cancellation).Symbol
                is not IMethodSymbol { Name: "ToBlockingEnumerable", ReducedFrom.ContainingType.Name: "TaskAsyncEnumerableExtensions" }
            || call.Expression is not MemberAccessExpressionSyntax { Expression: var source }
            || call.ArgumentList.Arguments.Any(static argument => argument.NameColon is not null)
            || model.GetTypeInfo(source, cancellation).Type is not { } type || !Takes(model, loop, type, cancellation)) return null;
        return new Twin("Await each element of the sequence", Edit(loop, static current =>
        {
            var blocking = (InvocationExpressionSyntax)current;
            var access = (MemberAccessExpressionSyntax)blocking.Expression;
            return blocking.ArgumentList.Arguments.Count == 0
                ? access.Expression
                : blocking.WithExpression(access.WithName(IdentifierName("WithCancellation")));
        }), []);
    }

    private static ITypeSymbol? ElementOf(ITypeSymbol type) => type is INamedTypeSymbol
    {
        Name: "IAsyncEnumerable", Arity: 1,
        ContainingNamespace: { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } },
    } sequence
        ? sequence.TypeArguments[0]
        : null;
}
