using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>How the arguments and the surroundings of a task's or thread's start change where its body runs.</summary>
internal static class TaskStart
{
    /// <summary><c>TaskCreationOptions.LongRunning</c> and <c>TaskContinuationOptions.LongRunning</c> share the value.</summary>
    private const int LongRunning = 2;

    /// <summary>A thread of its own for a long-running task, the loop for a task on the scheduler of the current context.</summary>
    public static RunContext Where(IOperation start, RunContext contexts)
    {
        if (start is IObjectCreationOperation { Type.Name: "Task" } && IsRunHere(start))
            return contexts & ~RunContext.Pool | RunContext.Caller;
        var arguments = start switch
        {
            IInvocationOperation call => call.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        };
        foreach (var argument in arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue) continue;
            switch (argument.Parameter?.Type.Name)
            {
                case "TaskCreationOptions" or "TaskContinuationOptions"
                    when argument.Value.ConstantValue is { HasValue: true, Value: int options } && (options & LongRunning) != 0:
                    return contexts & ~RunContext.Pool | RunContext.Dedicated;
                case "TaskScheduler":
                    return contexts & ~RunContext.Pool | OnScheduler(argument.Value);
            }
        }

        // Without a scheduler these two take the current one, which is that of the task inside of which they are called.
        return start is IInvocationOperation { TargetMethod.Name: "ContinueWith" or "StartNew" } && Around(start) is { } outer
            ? Where(outer, contexts)
            : contexts;
    }

    /// <summary><c>var work = new Task(Load); work.RunSynchronously();</c>: whoever says so does the work himself.</summary>
    private static bool IsRunHere(IOperation task) => task.Parent switch
    {
        IInvocationOperation { TargetMethod.Name: "RunSynchronously" } run => run.Instance == task,
        IConversionOperation or IParenthesizedOperation => IsRunHere(task.Parent),
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declared } =>
            LocalUses.Of(declared, local).Any(use =>
                use.Parent is IInvocationOperation { TargetMethod.Name: "RunSynchronously" } run && run.Instance == use
                && LocalUses.FunctionAround(use) == LocalUses.FunctionAround(declared)),
        _ => false,
    };

    /// <summary>The call that was given the function around an operation.</summary>
    private static IInvocationOperation? Around(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
            if (current is IAnonymousFunctionOperation function) return HandedTo.Call(function);
        return null;
    }

    /// <summary>
    /// Whether several bodies of this start are under way at a time: it stands in a loop that does not wait for each,
    /// or in a projection whose results are gathered.
    /// </summary>
    public static bool IsRepeated(IOperation start)
    {
        if (!StartsWork(start)) return false;
        var awaited = IsAwaited(start);
        for (var current = start; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case ILoopOperation loop when !awaited && IsIn(loop, current):
                    return true;
                case IAnonymousFunctionOperation lambda:
                    return IsElementwise(lambda, awaited);
                case ILocalFunctionOperation:
                    return false;
            }
        }

        return false;
    }

    private static RunContext OnScheduler(IOperation scheduler) => Unwrap(scheduler) switch
    {
        var asked when LoopScheduler.Is(asked) => RunContext.EventLoop,
        IPropertyReferenceOperation { Property: { Name: "Default" or "Current", ContainingType.Name: "TaskScheduler" } } => RunContext.Pool,
        _ => RunContext.Later,
    };

    /// <summary>Timers and continuations in a loop follow one another; these begin at once.</summary>
    private static bool StartsWork(IOperation start) => start switch
    {
        IInvocationOperation { TargetMethod.Name: "Run" or "StartNew" or "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" } => true,
        IObjectCreationOperation { Type.Name: "Thread" or "Task" } => true,
        _ => false,
    };

    /// <summary>The collection of a <c>foreach</c> and the initialisers of a <c>for</c> are evaluated once.</summary>
    private static bool IsIn(ILoopOperation loop, IOperation part) => loop switch
    {
        IForEachLoopOperation each => each.Collection != part,
        IForLoopOperation counted => !counted.Before.Contains(part),
        _ => true,
    };

    private static bool IsAwaited(IOperation task)
    {
        for (var current = task; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IAwaitOperation or IPropertyReferenceOperation { Property.Name: "Result" }:
                case IInvocationOperation { TargetMethod.Name: "Wait" or "GetResult" or "Join" } waiting when waiting.Instance == current:
                    return true;
                case IConversionOperation or IParenthesizedOperation:
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "WaitAsync" or "Unwrap" }:
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Unwrap" } }:
                    continue;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return LocalUses.Of(declarator, declarator.Symbol).Any(IsAwaited);
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary><c>Select(x => Task.Run(…))</c> that somebody gathers, or <c>ForEach(x => Task.Run(…))</c>.</summary>
    private static bool IsElementwise(IAnonymousFunctionOperation lambda, bool awaited)
    {
        if (HandedTo.Call(lambda) is not { } call) return false;
        return call.TargetMethod.Name switch
        {
            "Select" or "SelectMany" => IsGathered(call),
            // An action cannot be waited for, so only a wait inside it makes the elements follow one another.
            "ForEach" => !awaited,
            _ => false,
        };
    }

    /// <summary>A lazy projection starts one body at a time, unless something walks through it without waiting.</summary>
    private static bool IsGathered(IOperation tasks)
    {
        for (var current = tasks; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IInvocationOperation { TargetMethod.Name: "WhenAll" or "WaitAll" or "WhenAny" or "WaitAny" or "WhenEach" }:
                case IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" }:
                    return true;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return LocalUses.Of(declarator, declarator.Symbol).Any(IsGathered);
                case IArgumentOperation or IConversionOperation or IParenthesizedOperation or ITranslatedQueryOperation:
                case IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" }:
                case IArrayInitializerOperation or IArrayCreationOperation:
                case { Kind: OperationKind.None or Collection.Expression or Collection.Spread }:
                    continue;
                default:
                    return false;
            }
        }

        return false;
    }

    private static IOperation Unwrap(IOperation value) => value is IConversionOperation conversion ? Unwrap(conversion.Operand) : value;
}
