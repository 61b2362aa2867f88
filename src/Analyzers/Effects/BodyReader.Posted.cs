using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Effects;

// Tasks that are waited for and stand for work elsewhere: on the pool, or on an event loop.
internal sealed partial class BodyReader
{
    /// <summary>
    /// The function that other threads run while this one waits: given to <c>Task.Run</c>, to a thread that is joined, or to
    /// <c>Parallel.For</c>.
    /// </summary>
    private string? RunMeanwhile(IOperation? waited, ImmutableArray<IArgumentOperation> arguments, ApiEntry entry)
    {
        var given = MadeBy(waited) switch
        {
            _ when entry.Kind == BlockKind.Parallel => arguments.LastOrDefault(static argument => IsFunction(argument)),
            IInvocationOperation { TargetMethod: { Name: "Run", ContainingType: { Name: "Task" } run }, Arguments: { IsEmpty: false } task }
                when IsTaskLike(run) => task[0],
            IObjectCreationOperation { Type.Name: "Thread", Arguments: { IsEmpty: false } thread } => thread[0],
            _ => null,
        };
        return given is null ? null : FunctionKey(given.Value);
    }

    private static bool IsFunction(IArgumentOperation argument) => argument.Parameter?.Type.TypeKind == TypeKind.Delegate;

    /// <summary>
    /// <c>control.InvokeAsync(…)</c>: the loop runs it once it is free. Other toolkits run what their own thread posts at once.
    /// </summary>
    private bool IsPosted(IOperation? task)
    {
        var work = MadeBy(task);
        // DispatcherOperation.Task: only the operation's own Wait lets the loop run meanwhile.
        var isOperation = work is IPropertyReferenceOperation { Property: { Name: "Task", ContainingType.Name: "DispatcherOperation" } };
        if (isOperation) work = MadeBy(((IPropertyReferenceOperation)work!).Instance);
        return work is IInvocationOperation { TargetMethod: var poster } && poster.ContainingType.Name switch
        {
            "Control" => poster.Name == "InvokeAsync" && IsIn(poster, "Forms"),
            "Dispatcher" => poster.Name == "InvokeAsync" && IsIn(poster, "Threading")
                && (isOperation || IsTaskLike(poster.ReturnType) && poster.ContainingNamespace.ContainingNamespace?.Name == "Avalonia"),
            "DispatcherExtensions" => poster.Name == "DispatchAsync" && IsIn(poster, "Dispatching"),
            "EventLoop" => poster.Name == "RunCoroutineThreadSafe" && IsIn(poster, "Asyncio"),
            _ => false,
        };
    }

    private static bool IsIn(IMethodSymbol method, string space) => method.ContainingNamespace?.Name == space;

    /// <summary>What a field holds that the statement before was given to it: <c>_load = LoadAsync(); _load.Wait();</c>.</summary>
    private static IOperation? GivenJustBefore(IMemberReferenceOperation member)
    {
        IOperation statement = member;
        while (statement.Parent is { } outer and not IBlockOperation) statement = outer;
        return statement.Parent is IBlockOperation { Operations: var all } && all.IndexOf(statement) is > 0 and var at
            && all[at - 1] is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation given }
            && ExpressionKeys.Of(given.Target) is { } key && key == ExpressionKeys.Of(member)
                ? given.Value
                : null;
    }
}
