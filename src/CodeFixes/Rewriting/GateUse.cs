using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>One mention of a lock's field.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Node">The lock statement, the statement, or the call.</param>
/// <param name="Gate">The field as it is written there.</param>
/// <param name="Argument">The time-out or the variable, where there is one.</param>
/// <param name="IsRead">Others may hold the like at the same time.</param>
internal sealed record GateUse(
    GateAction Action, SyntaxNode Node, ExpressionSyntax Gate, ExpressionSyntax? Argument = null, bool IsRead = false)
{
    public bool Takes => Action is GateAction.Hold or GateAction.Enter or GateAction.EnterTaken or GateAction.Try or GateAction.TryTaken;

    /// <summary>The variable that says whether the lock was taken, beside a time-out.</summary>
    public ExpressionSyntax? Taken { get; init; }

    /// <summary>What a mention does with the lock; null for all that a semaphore could not do in its place.</summary>
    public static GateUse? Of(SimpleNameSyntax mention, SemanticModel model, CancellationToken cancellation)
    {
        ExpressionSyntax gate = mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention ? access : mention;
        switch (gate.Parent)
        {
            case LockStatementSyntax held:
                return new GateUse(GateAction.Hold, held, gate);
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression,
                Parent: ExpressionStatementSyntax } assignment when assignment.Left == gate:
                return IsPlainCreation(assignment.Right) ? new GateUse(GateAction.Create, assignment.Right, gate) : null;
            case ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax call } argument:
                if (call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" })
                    return new GateUse(GateAction.Neutral, call, gate);
                return call.ArgumentList.Arguments[0] == argument && IsOf("Monitor", call, model, cancellation)
                    ? OfCall(call, gate, [.. call.ArgumentList.Arguments.Skip(1)])
                    : null;
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } member when member.Expression == gate:
                return OfCall(call, gate, call.ArgumentList.Arguments);
            default:
                return null;
        }
    }

    /// <summary>A new lock without owner, name or special rules.</summary>
    public static bool IsPlainCreation(ExpressionSyntax value) =>
        value is BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList.Arguments: var arguments }
        && (arguments.Count == 0 || arguments.Count == 1
            && (arguments[0].Expression.IsKind(SyntaxKind.FalseLiteralExpression)
                || arguments[0].Expression.ToString().EndsWith("NoRecursion", StringComparison.Ordinal)));

    private static GateUse? OfCall(InvocationExpressionSyntax call, ExpressionSyntax gate, IReadOnlyList<ArgumentSyntax> arguments)
    {
        var name = ((MemberAccessExpressionSyntax)call.Expression).Name.Identifier.ValueText;
        var isRead = name.Contains("Read");
        var statement = call.Parent as ExpressionStatementSyntax;
        switch (name)
        {
            case "Enter" or "EnterWriteLock" or "EnterReadLock" or "WaitOne" when arguments.Count == 0 && statement is not null:
                return new GateUse(GateAction.Enter, statement, gate, null, isRead);
            case "Enter" when arguments.Count == 1 && statement is not null && arguments[0].RefKindKeyword.IsKind(SyntaxKind.RefKeyword):
                return new GateUse(GateAction.EnterTaken, statement, gate, arguments[0].Expression);
            case "TryEnter" when arguments.Count is 1 or 2 && statement is not null
                && arguments[arguments.Count - 1].RefKindKeyword.IsKind(SyntaxKind.RefKeyword)
                && arguments.All(static argument => argument.NameColon is null):
                return new GateUse(GateAction.TryTaken, statement, gate, arguments.Count == 2 ? arguments[0].Expression : null)
                {
                    Taken = arguments[arguments.Count - 1].Expression,
                };
            case "EnterScope" when call.Parent is UsingStatementSyntax { AwaitKeyword.RawKind: 0 } scope:
                return new GateUse(GateAction.Hold, scope, gate);
            case "TryEnter" or "TryEnterWriteLock" or "TryEnterReadLock" or "WaitOne"
                when arguments.Count <= 1 && arguments.All(static argument => argument.RefKindKeyword.RawKind == 0):
                return name == "WaitOne" && arguments.Count == 0
                    ? null
                    : new GateUse(GateAction.Try, call, gate, arguments.FirstOrDefault()?.Expression, isRead);
            case "Exit" or "ExitWriteLock" or "ExitReadLock" or "ReleaseMutex" when arguments.Count <= 1 && statement is not null:
                return new GateUse(GateAction.Exit, statement, gate, null, isRead);
            case "Dispose" or "Close" when arguments.Count == 0:
                return new GateUse(GateAction.Neutral, call, gate);
            default:
                return null;
        }
    }

    private static bool IsOf(string type, InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation) =>
        model.GetSymbolInfo(call, cancellation).Symbol
            is IMethodSymbol { ContainingType: { Name: var name, ContainingNamespace.Name: "Threading" } } && name == type;
}
