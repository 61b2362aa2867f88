using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

internal sealed partial class CpuWalk
{
    private CpuValue VisitStatement(IOperation operation)
    {
        if (!_looking && _loop is { } loop)
        {
            loop.HasWork |= operation is not IBranchOperation;
            if (loop.Region == _region) NoteExit(operation, loop);
        }

        // The value of an await is what the task carries; it cannot be told from here.
        return operation is IAwaitOperation ? Children(operation).AsLoose() : Children(operation);
    }

    private CpuValue VisitTry(ITryOperation operation)
    {
        var before = _catching;
        // Whoever expects anything expects nothing that ends a loop; whoever names an exception may end it by that.
        _catching |= operation.Catches.Any(static handler => handler.Filter is not null
            || handler.ExceptionType is { Name: not "Exception", SpecialType: not SpecialType.System_Object });
        Visit(operation.Body);
        _catching = before;
        foreach (var handler in operation.Catches) Visit(handler);
        Visit(operation.Finally);
        return default;
    }

    private void NoteExit(IOperation operation, CpuLoop loop)
    {
        switch (operation)
        {
            case IReturnOperation { Kind: OperationKind.YieldReturn }:
                loop.Yields = true;
                break;
            case IReturnOperation or IBranchOperation { BranchKind: BranchKind.GoTo }:
                loop.Returns = true;
                loop.EndsEarly = true;
                break;
            case IThrowOperation:
                loop.Throws = true;
                break;
            case IBranchOperation { BranchKind: BranchKind.Break } branch:
                NoteBreak(branch, loop);
                break;
            case IAwaitOperation { Operation: var awaited } when CanSuspend(awaited):
            case IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true }:
                loop.HasCheckpoint = true;
                break;
        }
    }

    // The break may belong to a switch.
    private void NoteBreak(IBranchOperation branch, CpuLoop? loop)
    {
        if (loop?.Operation is ILoopOperation operation && SymbolEqualityComparer.Default.Equals(operation.ExitLabel, branch.Target))
        {
            loop.EndsEarly = true;
        }
    }

    /// <summary>Whether an await can give others a turn. Of a task that is complete by construction it cannot.</summary>
    private static bool CanSuspend(IOperation awaited)
    {
        while (awaited is IConversionOperation conversion) awaited = conversion.Operand;
        return awaited switch
        {
            IPropertyReferenceOperation { Property.Name: "CompletedTask" } => false,
            IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } => CanSuspend(task),
            IInvocationOperation { TargetMethod: { Name: "FromResult", ContainingType.Name: "Task" or "ValueTask" } } => false,
            IObjectCreationOperation { Type.Name: "ValueTask", Arguments.Length: 1 } task => task.Arguments[0].Parameter?.Name != "result",
            IDefaultValueOperation => false,
            _ => true,
        };
    }

    /// <summary>Calls that do not come back: the loop around them ends.</summary>
    private static bool MayEndLoop(IMethodSymbol method) =>
        method.Name.StartsWith("ThrowIf", StringComparison.Ordinal)
        || method is { Name: "Exit" or "FailFast", ContainingType.Name: "Environment" }
        || method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "DoesNotReturnAttribute");
}
