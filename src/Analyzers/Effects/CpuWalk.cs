using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// One walk over a member, its lambdas and local functions. It carries for each variable the loops on which its value
/// depends, and notes for each loop what happens inside.
/// </summary>
/// <remarks>
/// Linear: every operation is visited once, the heads of loops twice (once only looking). The values are not a data flow
/// to a fixed point: the first pass over a loop body sees what kernels do, and what it misses is not reported.
/// </remarks>
internal sealed partial class CpuWalk
{
    private readonly CpuWrites _writes;
    private readonly CpuNumbers _numbers;
    private readonly CpuRanges _ranges;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<ISymbol, CpuValue> _values = new(SymbolEqualityComparer.Default);
    private readonly List<CpuLoop> _open = [];

    private CpuRegion _region = new();
    private CpuLoop? _loop;

    // Loops over input around the place, in this body or in one that runs it at once.
    private ulong _visible;

    // Loops that search: their counter is followed into hashes.
    private ulong _searching;

    // What the conditions around the place depend on.
    private CpuValue _control;

    private CpuValue _receiver;
    private int _indexDepth;

    // The lambda or local function that is walked; null for the member itself.
    private IMethodSymbol? _function;
    private bool _looking;

    // Inside a try block that catches.
    private bool _catching;

    public CpuWalk(IOperation root, CpuWrites writes, CancellationToken cancellation)
    {
        _writes = writes;
        _cancellation = cancellation;
        _numbers = new CpuNumbers(writes);
        _ranges = new CpuRanges(writes, _numbers, operation => Look(operation).OfLoops);
        Regions[root] = _region;
        Children(root);
    }

    /// <summary>What is known about each loop.</summary>
    public Dictionary<IOperation, CpuLoop> Loops { get; } = [];

    /// <summary>For calls, what is passed that depends on loops over input.</summary>
    public Dictionary<IOperation, IReadOnlyList<LoopArgument>> Passed { get; } = [];

    /// <summary>What each body has to say: the member itself, its lambdas, its local functions.</summary>
    public Dictionary<IOperation, CpuRegion> Regions { get; } = [];

    /// <summary>The loops an expression depends on, without the effects of running it.</summary>
    private CpuValue Look(IOperation? operation)
    {
        var before = _looking;
        _looking = true;
        var value = Visit(operation);
        _looking = before;
        return value;
    }

    private CpuValue Visit(IOperation? operation)
    {
        if (operation is null || operation.ConstantValue.HasValue) return default;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _cancellation.ThrowIfCancellationRequested();
        switch (operation)
        {
            case ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation when _looking:
                return default;
            case ILoopOperation loop:
                VisitLoop(loop);
                return default;
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                VisitBody(operation, runsAtOnce: false);
                return default;
            case IExpressionStatementOperation or IVariableDeclarationGroupOperation or IReturnOperation or IThrowOperation
                or IBranchOperation or IAwaitOperation or IUsingOperation or IUsingDeclarationOperation:
                return VisitStatement(operation);
            case IInvocationOperation or IObjectCreationOperation:
                return VisitCall(operation);
            default:
                return VisitExpression(operation);
        }
    }

    private CpuValue Children(IOperation operation)
    {
        var value = default(CpuValue);
        foreach (var child in operation.ChildOperations) value |= Visit(child);
        return value;
    }

    /// <summary>A lambda or local function: its loops are its own, unless the call that takes it runs it at once.</summary>
    private void VisitBody(IOperation body, bool runsAtOnce)
    {
        var (region, loop, visible, searching, control, index, catching, function) =
            (_region, _loop, _visible, _searching, _control, _indexDepth, _catching, _function);
        _region = new CpuRegion();
        Regions[body] = _region;
        (_indexDepth, _catching) = (0, false);
        _function = body is IAnonymousFunctionOperation lambda ? lambda.Symbol : ((ILocalFunctionOperation)body).Symbol;
        if (!runsAtOnce) (_loop, _visible, _searching, _control) = (null, 0, 0, default);
        Children(body);
        (_region, _loop, _visible, _searching, _control, _indexDepth, _catching, _function) =
            (region, loop, visible, searching, control, index, catching, function);
    }

    private void Set(ISymbol symbol, CpuValue value)
    {
        if (_looking) return;
        value |= _control.AsLoose() with { Given = false };
        var added = value.All;
        if (value == default) return;
        if (_values.TryGetValue(symbol, out var old))
        {
            added &= ~old.All;
            value |= old;
        }

        _values[symbol] = value;
        for (var i = 0; added != 0 && i < _open.Count; i++)
        {
            if ((added & _open[i].Bit) != 0) _open[i].Dependents.Add(symbol);
        }
    }

    private CpuValue ValueOf(ISymbol? symbol) =>
        symbol is not null && _values.TryGetValue(symbol, out var value) ? value : default;

    /// <summary>The target of a write takes the value; an element that is written leaves its array as it was.</summary>
    private void Write(IOperation target, CpuValue value)
    {
        switch (target)
        {
            case ITupleOperation tuple:
                foreach (var element in tuple.Elements) Write(element, value);
                break;
            case IDeclarationExpressionOperation { Expression: ITupleOperation declared }:
                Write(declared, value);
                break;
            case IMemberReferenceOperation { Instance: { Type.IsValueType: true } owner }:
                Write(owner, value);
                break;
            case IArrayElementReferenceOperation { ArrayReference: ILocalReferenceOperation buffer } when (value.All & _searching) != 0:
                Set(buffer.Local, new CpuValue(0, 0, value.All & _searching));
                break;
            default:
                if (CpuWrites.VariableOf(target) is { } symbol) Set(symbol, value);
                break;
        }
    }

    /// <summary>Arithmetic of some weight happens on values that depend on these loops.</summary>
    private void Compute(IOperation operation, CpuValue value, int weight)
    {
        if (_looking) return;
        if (Several(value.Parameters)) _region.AddPair(value.Parameters, weight, operation.Syntax.Span);
        if (_loop is null) return;
        _loop.WorkedOn |= value.Data;
        var data = value.Data & _visible;
        if (Several(data)) NoteKernel(data, 2, weight);
        else if (_indexDepth == 0 && (value.All & _loop.Bit) != 0) _loop.OwnWeight += weight;
        if (value.Parameters != 0) NoteJoin(data, value.Parameters, weight);
        // Three loops are heavy whatever is computed in the innermost, but not for the index 'i * width + j' alone.
        var counted = (_indexDepth == 0 ? value.All : value.Data) & _visible;
        if (counted != 0 && (counted & Innermost(_visible)) != 0) NoteKernel(_visible, 3, CertainWeight);
    }

    /// <summary>
    /// Floating-point numbers are no index: what is computed in them from the counters is computed for each pair of counts.
    /// </summary>
    private void ComputeReal(CpuValue value, int weight)
    {
        if (_looking || _loop is null) return;
        _loop.IteratedOn |= value.All;
        _loop.IteratesGiven |= value.Given;
        _loop.Multiplies |= weight > 1;
    }

    /// <summary>What the body was given meets the elements of a loop: whoever calls it in a loop has two.</summary>
    private void NoteJoin(ulong data, ulong parameters, int weight)
    {
        if (_open.Find(loop => (loop.Bit & data) != 0 && loop.Region == _region) is not { } outermost) return;
        outermost.JoinedWith |= parameters & ~outermost.Limits;
        outermost.JoinWeight += weight;
    }

    private void NoteKernel(ulong loops, int atLeast, int weight)
    {
        var members = _open.FindAll(loop => (loop.Bit & loops) != 0);
        for (var first = 0; members.Count - first >= atLeast; first++)
        {
            var loop = members[first];
            if (loop.Kernel.Count < members.Count - first) loop.Kernel = members.GetRange(first, members.Count - first);
            loop.KernelWeight += weight;
            loop.JoinsElements |= atLeast == 2;
        }
    }

    private static bool Several(ulong bits) => (bits & (bits - 1)) != 0;

    private static ulong Innermost(ulong bits)
    {
        while (Several(bits)) bits &= bits - 1;
        return bits;
    }
}
