using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// The ways to hold a thread until a task is done: <c>t.Result</c>, <c>t.Wait()</c>, <c>t.GetAwaiter().GetResult()</c>.
/// </summary>
internal static class TaskWaits
{
    public static bool IsTask(ITypeSymbol? type) => type is INamedTypeSymbol
    {
        Name: "Task" or "ValueTask",
        ContainingNamespace: { Name: "Tasks", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } },
    };

    /// <summary>A task, or a type that an async method may return: our coroutines, promises and goroutines.</summary>
    public static bool IsTaskLike(ITypeSymbol? type) => IsTask(type) || type is INamedTypeSymbol named
        && named.OriginalDefinition.GetAttributes()
            .Any(static attribute => attribute.AttributeClass?.Name == "AsyncMethodBuilderAttribute");

    /// <summary>Whether an expression waits for a task that could be awaited instead.</summary>
    /// <param name="node">The expression, as it would be written without <c>?.</c>.</param>
    /// <param name="symbol">The member that it asks in the end.</param>
    public static bool Is(ExpressionSyntax node, ISymbol? symbol)
    {
        if (Shape(node) is not { } shape) return false;
        return shape switch
        {
            WaitShape.Result => symbol is IPropertySymbol property && IsTask(property.ContainingType),
            WaitShape.Wait => symbol is IMethodSymbol { Parameters.IsEmpty: true } wait && IsTask(wait.ContainingType),
            WaitShape.WaitWithToken => symbol is IMethodSymbol { Parameters.Length: 1 } wait && IsTask(wait.ContainingType)
                && CancellationThreading.IsToken(wait.Parameters[0].Type) && wait.ContainingType.GetMembers("WaitAsync").Length > 0,
            // Whoever writes GetAwaiter().GetResult() has an awaitable in hand, whatever its type.
            _ => symbol is IMethodSymbol,
        };
    }

    /// <summary>What has to be awaited; the shape is that of the original although inner nodes may have changed.</summary>
    public static ExpressionSyntax Operand(ExpressionSyntax node) => Shape(node) switch
    {
        WaitShape.Result => ((MemberAccessExpressionSyntax)node).Expression,
        WaitShape.GetResult => Receiver((InvocationExpressionSyntax)Receiver((InvocationExpressionSyntax)node)),
        WaitShape.WaitWithToken => WaitAsync((InvocationExpressionSyntax)node),
        _ => Receiver((InvocationExpressionSyntax)node),
    };

    /// <summary>The call that gives the task which is waited for, if it is one.</summary>
    public static InvocationExpressionSyntax? StartedBy(ExpressionSyntax node)
    {
        var task = Operand(node);
        if (Shape(node) is WaitShape.WaitWithToken) return null;
        if (task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax
            { Name.Identifier.ValueText: "ConfigureAwait", Expression: var configured } }) task = configured;
        return task as InvocationExpressionSyntax;
    }

    /// <summary>
    /// Whether a wait throws an AggregateException around what the task has thrown. <c>await</c> does not: a catch clause that expects
    /// the wrapper would be blind afterwards.
    /// </summary>
    public static bool WrapsErrors(ExpressionSyntax node) => Shape(node) is not WaitShape.GetResult;

    /// <summary><c>t.ConfigureAwait(false).GetAwaiter().GetResult()</c>: it held its thread, and awaited it would leave it.</summary>
    public static bool GivesUpItsThread(SemanticModel model, ExpressionSyntax node, CancellationToken cancellation) =>
        Shape(node) is WaitShape.GetResult && Operand(node) is InvocationExpressionSyntax configured && IsWithoutContext(configured)
        && model.GetSymbolInfo(configured, cancellation).Symbol is IMethodSymbol { ContainingType: { } type } && IsTask(type);

    /// <summary>The task itself, whose await comes back to the thread that it leaves.</summary>
    public static ExpressionSyntax OperandOnItsThread(ExpressionSyntax node) =>
        Operand(node) is InvocationExpressionSyntax configured && IsWithoutContext(configured) ? Receiver(configured) : Operand(node);

    /// <summary>Whether somebody has chosen how the task comes back.</summary>
    public static bool IsConfigured(ExpressionSyntax node) => Operand(node).DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
        .Any(static name => name.Identifier.ValueText == "ConfigureAwait");

    private static bool IsWithoutContext(InvocationExpressionSyntax call) =>
        call is
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" },
            ArgumentList.Arguments.Count: 1,
        }
        && call.ArgumentList.Arguments[0].Expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression }
            or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" };

    private static ExpressionSyntax WaitAsync(InvocationExpressionSyntax wait)
    {
        var access = (MemberAccessExpressionSyntax)wait.Expression;
        return wait.WithExpression(access.WithName(IdentifierName("WaitAsync")));
    }

    private static ExpressionSyntax Receiver(InvocationExpressionSyntax call) => ((MemberAccessExpressionSyntax)call.Expression).Expression;

    private static WaitShape? Shape(ExpressionSyntax node) => node switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } => WaitShape.Result,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" },
            ArgumentList.Arguments: var arguments } =>
            arguments.Count switch { 0 => WaitShape.Wait, 1 => WaitShape.WaitWithToken, _ => null },
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "GetResult",
                Expression: InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" },
                },
            },
        } => WaitShape.GetResult,
        _ => null,
    };

    private enum WaitShape
    {
        Result,
        Wait,
        WaitWithToken,
        GetResult,
    }
}
