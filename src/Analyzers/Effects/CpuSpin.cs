using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>Recognises loops that do nothing but look again.</summary>
internal static class CpuSpin
{
    public static SpinKind? Of(IWhileLoopOperation loop)
    {
        if (loop.Condition is not { ConstantValue.HasValue: false } condition || !IsIdle(loop.Body)) return null;
        var kind = GivesWay(loop.Body) ? SpinKind.Briefly : SpinKind.Wait;
        var reads = false;
        foreach (var part in condition.DescendantsAndSelf())
        {
            switch (part)
            {
                case IInvocationOperation { TargetMethod.ContainingType.Name: "Interlocked" }:
                    kind = SpinKind.Briefly;
                    break;
                case IInvocationOperation { TargetMethod.ContainingType.Name: "Volatile" }:
                    break;
                // A call or a step in the head makes progress: 'while (queue.TryDequeue(out _));', 'while (a[i++] != x);'.
                case IInvocationOperation or IIncrementOrDecrementOperation or IAssignmentOperation or IAwaitOperation
                    or IObjectCreationOperation:
                    return null;
                case IMemberReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation:
                    reads = true;
                    break;
            }
        }

        return reads ? kind : null;
    }

    // 'SpinOnce' soon sleeps, 'Yield' lets others run: such loops wait rather than burn.
    private static bool GivesWay(IOperation? body) => body?.DescendantsAndSelf().Any(part =>
        part is IInvocationOperation { TargetMethod.Name: "SpinOnce" or "Yield" }) == true;

    private static bool IsIdle(IOperation? body) => body switch
    {
        null or IEmptyOperation => true,
        IBlockOperation block => block.Operations.All(IsIdle),
        IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: var method } } =>
            method is { Name: "SpinWait" or "Yield", ContainingType.Name: "Thread" }
                or { Name: "SpinOnce", ContainingType.Name: "SpinWait" },
        _ => false,
    };
}
