using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// Recursion that branches while a number steps by one: Fibonacci, permutations, knapsack. Its work grows
/// exponentially, whatever a call costs.
/// </summary>
/// <remarks>
/// Not meant: walks over a tree (the work is the size of the tree), halving (n log n), and bodies that remember results.
/// </remarks>
internal sealed class CpuRecursion
{
    private readonly IOperation _body;
    private readonly IMethodSymbol _method;
    private readonly Dictionary<ISymbol, IOperation> _locals = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IOperation> _steps = [];
    private readonly HashSet<ISymbol> _written = new(SymbolEqualityComparer.Default);
    private bool _inLoop;
    private bool _countsDown = true;
    private IParameterSymbol? _parameter;

    private CpuRecursion(IOperation body, IMethodSymbol method) => (_body, _method) = (body, method.OriginalDefinition);

    public static CpuEvidence? Of(IOperation body, IMethodSymbol method, CancellationToken cancellation)
    {
        try
        {
            return new CpuRecursion(body, method).Read(cancellation);
        }
        catch (InsufficientExecutionStackException)
        {
            return null;
        }
    }

    private CpuEvidence? Read(CancellationToken cancellation)
    {
        var calls = new List<IInvocationOperation>();
        var operations = Within(_body, cancellation);
        foreach (var operation in operations)
        {
            // The consumer decides how much of an iterator runs.
            if (operation.Kind == OperationKind.YieldReturn) return null;
            if (operation is IInvocationOperation call && IsSelf(call)) calls.Add(call);
            if (operation is IVariableDeclaratorOperation { Initializer.Value: { } value } declarator) _locals[declarator.Symbol] = value;
            if (operation is IAssignmentOperation { Target: IParameterReferenceOperation written }) _written.Add(written.Parameter);
        }

        foreach (var call in calls)
        {
            if (SteppedBy(call) is not { } parameter) continue;
            _steps.Add(call);
            _parameter ??= parameter;
        }

        if (_parameter is null) return null;
        // `Ways(left - coin, i) + Ways(left, i + 1)`: one of the two is nearer to its end by something else than a number.
        _steps.UnionWith(calls.Where(call => call.Arguments.Any(argument => IsLess(Unwrap(argument.Value))) && IsOfNumbers(call)));
        var branches = Count(_body).Most;
        if (branches < 2 || new CpuMemo(_method, _locals).IsKept(operations)) return null;
        var first = calls.First(_steps.Contains).Syntax.Span;
        var words = _inLoop ? CpuWords.RecursionInLoop(_parameter.Name) : CpuWords.Recursion(branches, _parameter.Name);
        // A million calls take milliseconds: two to the power of twenty, and a little less than the factorial of ten.
        return new CpuEvidence(first.Start, first.Length, words, Certain: true, HasCheckpoint: false, Forever: false)
        {
            // One that counts up is as deep as something else says.
            Grows = _countsDown ? (_parameter.Ordinal, _inLoop ? 10 : 25) : null,
        };
    }

    /// <summary>The operations of a body in the order they are written, without its lambdas and local functions.</summary>
    private static List<IOperation> Within(IOperation body, CancellationToken cancellation)
    {
        var found = new List<IOperation>();
        var pending = new Stack<IOperation>();
        pending.Push(body);
        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var operation = pending.Pop();
            if (operation != body && operation is IAnonymousFunctionOperation or ILocalFunctionOperation) continue;
            found.Add(operation);
            foreach (var child in operation.ChildOperations.Reverse()) pending.Push(child);
        }

        return found;
    }

    private bool IsSelf(IInvocationOperation call) => SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, _method);

    /// <summary>The parameter that a call steps; null when the call walks a structure, halves, or changes no number.</summary>
    private IParameterSymbol? SteppedBy(IInvocationOperation call)
    {
        if (call.Instance is not (null or IInstanceReferenceOperation)) return null;
        IParameterSymbol? stepped = null;
        if (ShortenedBy(call) is { } text) return text;
        foreach (var argument in call.Arguments)
        {
            var value = Unwrap(argument.Value);
            if (IsPart(value) || IsHalved(value)) return null;
            if (value is IBinaryOperation
                {
                    OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract,
                    LeftOperand: var left,
                    RightOperand: { ConstantValue.HasValue: true },
                    OperatorMethod: null,
                }
                && Unwrap(left) is IParameterReferenceOperation parameter
                && SymbolEqualityComparer.Default.Equals(parameter.Parameter.ContainingSymbol.OriginalDefinition, _method))
            {
                stepped ??= parameter.Parameter;
                _countsDown &= ((IBinaryOperation)value).OperatorKind == BinaryOperatorKind.Subtract;
            }
        }

        return stepped;
    }

    private bool IsLess(IOperation value) => value is IBinaryOperation
    {
        OperatorKind: BinaryOperatorKind.Subtract, OperatorMethod: null, LeftOperand: var whole,
    }
        && Unwrap(whole) is IParameterReferenceOperation { Parameter.ContainingSymbol: var owner }
        && SymbolEqualityComparer.Default.Equals(owner.OriginalDefinition, _method);

    private bool IsOfNumbers(IInvocationOperation call) => call.Instance is null or IInstanceReferenceOperation
        && call.Arguments.All(argument => Unwrap(argument.Value) is var value && !IsPart(value) && !IsHalved(value));

    /// <summary>An argument, or what the local was made with that is given.</summary>
    private IOperation Made(IOperation argument) => Unwrap(argument) is var value
        && value is ILocalReferenceOperation { Local: var local } && _locals.TryGetValue(local, out var made)
            ? Unwrap(made)
            : value;

    /// <summary>The text that a call shortens, when nothing else bounds the recursion.</summary>
    private IParameterSymbol? ShortenedBy(IInvocationOperation call)
    {
        var text = call.Arguments.Select(argument => CpuShortened.By(Made(argument.Value), _method))
            .FirstOrDefault(static found => found is not null);
        // A number that is counted as well, a flag that is set, and a text that is shortened for good say how deep it goes.
        return text is null || _written.Contains(text) || call.Arguments.Any(argument => Unwrap(argument.Value) is var value
            && (value.ConstantValue.HasValue || value is IBinaryOperation { Type.SpecialType: not SpecialType.System_String }))
                ? null
                : text;
    }

    /// <summary>
    /// An object other than the one that was passed in (a child, the rest of a text), or what names one (<c>page.Id</c> of the page
    /// that is visited). Such recursion ends with its data.
    /// </summary>
    private static bool IsPart(IOperation argument) =>
        argument is IMemberReferenceOperation { Instance: ILocalReferenceOperation }
        || argument.Type is { IsReferenceType: true } or IPointerTypeSymbol
        && argument is not (IParameterReferenceOperation or IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation }
            or IInstanceReferenceOperation)
        && !argument.ConstantValue.HasValue;

    /// <summary>'n / 2', or a middle that was computed by one.</summary>
    private bool IsHalved(IOperation argument) => argument.DescendantsAndSelf().Any(part =>
        Divides(part)
        || (part is ILocalReferenceOperation local && _locals.TryGetValue(local.Local, out var value)
            && value.DescendantsAndSelf().Any(Divides)));

    private static bool Divides(IOperation operation) =>
        operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide or BinaryOperatorKind.RightShift };

    /// <summary>The most stepping calls on one path: to the end of the operation, and on any path that leaves inside.</summary>
    private Calls Count(IOperation? operation)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (operation)
        {
            case null:
                return Calls.None;
            case IAnonymousFunctionOperation or ILocalFunctionOperation when operation != _body:
                return Calls.None;
            case IConditionalOperation conditional:
                return Count(conditional.Condition).Then(Count(conditional.WhenTrue).Or(Count(conditional.WhenFalse)));
            case ISwitchExpressionOperation choice:
                return Count(choice.Value).Then(Either(choice.Arms));
            case ISwitchOperation choice:
                // No section may match.
                return Count(choice.Value).Then(Either(choice.Cases).Or(Calls.None));
            case ILoopOperation loop:
                return CountLoop(loop);
            case IReturnOperation { Kind: OperationKind.Return } or IThrowOperation:
                return InOrder(operation).Leave();
            case IBranchOperation:
                return new Calls(null, 0, 0);
            case IInvocationOperation call when _steps.Contains(call):
                return InOrder(call).Then(Calls.One);
            default:
                return InOrder(operation);
        }
    }

    private Calls CountLoop(ILoopOperation loop)
    {
        var round = InOrder(loop).Resume();
        if (round.Through is not > 0) return round.Or(Calls.None);
        // A call that the round survives comes again in the next one.
        _inLoop = true;
        return round.Then(round).Or(Calls.None);
    }

    private Calls InOrder(IOperation operation)
    {
        var calls = Calls.None;
        foreach (var child in operation.ChildOperations) calls = calls.Then(Count(child));
        return calls;
    }

    private Calls Either(IEnumerable<IOperation> choices)
    {
        Calls? calls = null;
        foreach (var choice in choices)
        {
            var count = choice is ISwitchCaseOperation ? Count(choice).Resume() : Count(choice);
            calls = calls is { } others ? others.Or(count) : count;
        }

        return calls ?? Calls.None;
    }

    private static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation) operation = operation.ChildOperations.First();
        return operation;
    }

    /// <param name="Through">The most calls on a path that reaches the end; null when none does.</param>
    /// <param name="Left">The most calls on a path that left the body before.</param>
    /// <param name="Broken">The most calls on a path that left for the end of a loop or switch; null when none does.</param>
    private readonly record struct Calls(int? Through, int Left, int? Broken)
    {
        public static readonly Calls None = new(0, 0, null);

        public static readonly Calls One = new(1, 0, null);

        public int Most => Math.Max(Through ?? 0, Left);

        public Calls Then(Calls next) => Through is not { } before
            ? this
            : new Calls(before + next.Through, Math.Max(Left, before + next.Left), Greater(Broken, before + next.Broken));

        public Calls Or(Calls other) => new(Greater(Through, other.Through), Math.Max(Left, other.Left), Greater(Broken, other.Broken));

        /// <summary>The loop or switch is over: what broke out of it goes on.</summary>
        public Calls Resume() => new(Greater(Through, Broken), Left, null);

        public Calls Leave() => new(null, Math.Max(Left, Through ?? 0), Broken);

        private static int? Greater(int? left, int? right) => left is { } a && right is { } b ? Math.Max(a, b) : left ?? right;
    }
}
