using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>Where the variables of a member get their values, its lambdas included. Read once, then never changed.</summary>
internal sealed class CpuWrites
{
    // A variable written this often is no constant and no plain counter; a cap keeps generated bodies linear.
    private const int Cap = 32;

    private readonly Dictionary<ISymbol, IOperation> _initial = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<IOperation>> _writes = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IOperation, List<ISymbol>> _steps = [];

    private CpuWrites(IOperation root, CancellationToken cancellation)
    {
        var pending = new Stack<IOperation>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var operation = pending.Pop();
            Note(operation);
            foreach (var child in operation.ChildOperations) pending.Push(child);
        }
    }

    /// <summary>The names of what the member calls.</summary>
    public HashSet<string> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>The member has a loop, or a call that may loop for it.</summary>
    public bool HasLoops { get; private set; }

    /// <summary>The member computes something, loop or not.</summary>
    public bool Computes => _operations > 1;

    // One sum is no computation that makes two loops around it heavy.
    private int _operations;

    public static CpuWrites Of(IOperation root, CancellationToken cancellation) => new(root, cancellation);

    /// <summary>The initializer of a local, when it has one.</summary>
    public IOperation? InitialOf(ISymbol symbol) => _initial.TryGetValue(symbol, out var value) ? value : null;

    /// <summary>Writes beside the initializer, at most <see cref="Cap"/> of them.</summary>
    public IReadOnlyList<IOperation> WritesOf(ISymbol symbol) => _writes.TryGetValue(symbol, out var writes) ? writes : [];

    /// <summary>The initializer of a local that is never written again.</summary>
    public IOperation? OnlyValueOf(ISymbol symbol) => _writes.ContainsKey(symbol) ? null : InitialOf(symbol);

    /// <summary>The variables that step by a constant directly inside this loop.</summary>
    public IReadOnlyList<ISymbol> StepsIn(IOperation loop) => _steps.TryGetValue(loop, out var symbols) ? symbols : [];

    private void Note(IOperation operation)
    {
        switch (operation)
        {
            case IBinaryOperation { ConstantValue.HasValue: false } binary when CpuWalk.IsArithmetic(binary):
                _operations++;
                break;
            case IInvocationOperation call:
                Calls.Add(call.TargetMethod.Name);
                break;
            case ILoopOperation or IAnonymousFunctionOperation or IDelegateCreationOperation:
                HasLoops = true;
                break;
            case IVariableDeclaratorOperation { Initializer.Value: { } value } declarator:
                _initial[declarator.Symbol] = value;
                break;
            case IIncrementOrDecrementOperation step:
                NoteWrite(step.Target, step);
                NoteStep(step.Target, step);
                break;
            case ICompoundAssignmentOperation { Value.ConstantValue.HasValue: true } step:
                NoteWrite(step.Target, step);
                NoteStep(step.Target, step);
                break;
            case IAssignmentOperation assignment:
                NoteWrite(assignment.Target, assignment);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                NoteWrite(argument.Value, argument);
                break;
            case IAddressOfOperation address:
                NoteWrite(address.Reference, address);
                break;
        }
    }

    private void NoteWrite(IOperation target, IOperation write)
    {
        if (target is ITupleOperation tuple)
        {
            foreach (var element in tuple.Elements) NoteWrite(element, write);
            return;
        }

        if (VariableOf(target) is not { } symbol) return;
        if (!_writes.TryGetValue(symbol, out var writes)) _writes[symbol] = writes = [];
        if (writes.Count < Cap) writes.Add(write);
    }

    private void NoteStep(IOperation target, IOperation step)
    {
        if (VariableOf(target) is not { } symbol) return;
        for (var parent = step.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) return;
            if (parent is not ILoopOperation) continue;
            if (!_steps.TryGetValue(parent, out var symbols)) _steps[parent] = symbols = [];
            if (symbols.Count < Cap) symbols.Add(symbol);
            return;
        }
    }

    /// <summary>The local, parameter or own field that an operation names.</summary>
    public static ISymbol? VariableOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Arguments.IsEmpty: true, Instance: null or IInstanceReferenceOperation } property =>
            property.Property,
        IConversionOperation conversion => VariableOf(conversion.Operand),
        IParenthesizedOperation inner => VariableOf(inner.Operand),
        IDeclarationExpressionOperation declaration => VariableOf(declaration.Expression),
        _ => null,
    };
}
