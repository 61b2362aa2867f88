using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Effects;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Locks that belong to the thread that took them and are taken by calls instead of a <c>lock</c> statement.</summary>
internal static class HeldLocks
{
    /// <summary>Words in the names of all calls that take or give up such a lock: what lacks them need not be bound.</summary>
    private static readonly string[] Words = ["Enter", "Exit", "WaitOne", "Mutex", "Acquire", "Release"];

    /// <summary>Whether a place stands between the call that takes a lock and the one that gives it up, or in the scope of one.</summary>
    public static bool Around(SemanticModel model, SyntaxNode at, SyntaxNode function, CancellationToken cancellation)
    {
        if (Functions.Body(function) is not { } body) return false;
        var calls = CallsIn(model, body, cancellation).ToList();
        return calls.Any(taken => taken.Lock.Takes && taken.Call.Span.End <= at.SpanStart && (taken.Lock.IsScope
            ? IsInScope(taken.Call, at)
            : calls.Any(given => !given.Lock.Takes && given.Call.SpanStart >= at.Span.End)));
    }

    /// <summary>Whether code takes a lock that it leaves taken, or gives one up that others took: only its own thread may do so.</summary>
    public static bool Unbalanced(SemanticModel model, SyntaxNode code, CancellationToken cancellation)
    {
        var calls = CallsIn(model, code, cancellation).Where(static one => !one.Lock.IsScope).ToList();
        return calls.Any(static one => one.Lock.Takes) != calls.Any(static one => !one.Lock.Takes);
    }

    /// <summary>Whether a call waits for handles among which there may be a mutex, which belongs to the thread that got it.</summary>
    public static bool MayBeMutex(SemanticModel model, ExpressionSyntax call, CancellationToken cancellation)
    {
        if (call is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } wait
            || model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { ContainingType.Name: "WaitHandle" } method)
            return false;
        var handles = method.IsStatic
            ? wait.ArgumentList.Arguments.Select(static argument => argument.Expression).SelectMany(ElementsOf)
            : [access.Expression];
        return handles.Any(handle => (model.GetTypeInfo(handle, cancellation).Type is IArrayTypeSymbol { ElementType: var element }
            ? element
            : model.GetTypeInfo(handle, cancellation).Type)?.Name switch
            {
                "Mutex" => true,
                // What others offer under this type is an event of theirs: of a token, of a pending operation.
                "WaitHandle" => model.GetSymbolInfo(handle, cancellation).Symbol is not IPropertySymbol,
                _ => false,
            });
    }

    private static IEnumerable<ExpressionSyntax> ElementsOf(ExpressionSyntax handles) => handles switch
    {
        ArrayCreationExpressionSyntax { Initializer: { } written } => written.Expressions,
        ImplicitArrayCreationExpressionSyntax written => written.Initializer.Expressions,
        CollectionExpressionSyntax written when written.Elements.All(static one => one is ExpressionElementSyntax) =>
            written.Elements.Select(static one => ((ExpressionElementSyntax)one).Expression),
        _ => [handles],
    };

    private static IEnumerable<(InvocationExpressionSyntax Call, LockCall Lock)> CallsIn(
        SemanticModel model, SyntaxNode code, CancellationToken cancellation)
    {
        foreach (var call in Functions.OwnNodes(code).OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name }
                || !Words.Any(word => name.Contains(word))) continue;
            if (model.GetOperation(call, cancellation) is IInvocationOperation operation && LockCall.Of(operation) is { } held)
                yield return (call, held);
        }
    }

    /// <summary>The using statement, or the rest of the block behind a using declaration.</summary>
    private static bool IsInScope(InvocationExpressionSyntax taken, SyntaxNode at) => taken.FirstAncestorOrSelf<StatementSyntax>() switch
    {
        UsingStatementSyntax scope => scope.Statement.Span.Contains(at.Span),
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: { } block } => block.Span.Contains(at.Span),
        _ => false,
    };
}
