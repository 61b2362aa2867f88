using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// What a member takes and gives up itself is its own affair. What is left over at its end is its caller's: a lock that is taken
// on every way through it, one that is given up, and one that is held while a parameter is run. Giving up counts on any way,
// because a lock that may be gone is nobody's evidence.

/// <summary>Reads what one member does with locks for its caller.</summary>
internal sealed class LockWrapperReader(
    MemberReader member, LockWrappers wrappers, IMethodSymbol method, int depth, CancellationToken cancellation)
{
    private readonly List<(IOperation Site, WrappedLock Lock, bool IsScope)> _taken = [];
    private readonly List<WrappedLock> _given = [];
    private readonly List<(TextSpan Span, WrappedLock Lock)> _held = [];
    private readonly List<(int Parameter, IOperation Site)> _run = [];
    private readonly List<(int Parameter, WrappedLock Lock)> _runUnder = [];
    private readonly Dictionary<ISymbol, int> _kept = new(SymbolEqualityComparer.Default);

    public LockWrapper Read()
    {
        var syntax = method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        if (member.Models.BodyOf(syntax, cancellation) is not { } body) return LockWrapper.None;
        var operations = Inside(body).ToList();
        foreach (var assignment in operations.OfType<ISimpleAssignmentOperation>()) Keep(assignment);
        foreach (var operation in operations)
        {
            switch (operation)
            {
                case ILockOperation held: _held.Add((held.Syntax.Span, Lock(held.LockedValue, "Monitor", [], false, false, false))); break;
                case IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } run: Run(run); break;
                case IInvocationOperation call: Call(call); break;
                case IObjectCreationOperation { Constructor: { } constructor } made:
                    Through(made, wrappers.Called(constructor, null, depth - 1, cancellation), null, made.Arguments);
                    break;
            }
        }

        foreach (var (parameter, site) in _run)
            foreach (var (span, held) in _held)
                if (span.Contains(site.Syntax.SpanStart)) _runUnder.Add((parameter, held));
        var taken = _taken.Where(static one => IsCertain(one.Site)).ToList();
        return new LockWrapper(
            taken.Select(static one => one.Lock).ToImmutableArray(), _given.ToImmutableArray(), _runUnder.ToImmutableArray(),
            taken.Count > 0 && (taken.Any(static one => one.IsScope) || GivesScope(operations, taken[0].Lock.Members)));
    }

    /// <summary>A constructor keeps what it is given: <c>_lock = rw; _lock.EnterReadLock();</c>.</summary>
    private void Keep(ISimpleAssignmentOperation assignment)
    {
        if (method.MethodKind == MethodKind.Constructor && ExpressionKeys.Strip(assignment.Value) is IParameterReferenceOperation given
            && assignment.Target is IMemberReferenceOperation { Instance: IInstanceReferenceOperation, Member: var kept })
            _kept[kept] = given.Parameter.Ordinal;
    }

    private void Call(IInvocationOperation call)
    {
        if ((LockCall.Of(call) ?? Gate(call)) is not { } found)
        {
            Through(call, wrappers.Called(call.TargetMethod, call.Instance, depth - 1, cancellation), call.Instance, call.Arguments);
            return;
        }

        if (!found.Takes)
        {
            Give(call, Lock(BodyReader.Named(found.Lock), found.Kind, [call.TargetMethod.Name], false, false, false));
            return;
        }

        var isAnswer = call.Type?.SpecialType == SpecialType.System_Boolean && IsReturned(call);
        if (MayFail(call) && !isAnswer && !IsInsistedOn(call)) return;
        Take(call, Lock(BodyReader.Named(found.Lock), found.Kind, found.Exits, found.IsShared, found.OnlyTries, isAnswer), found.IsScope);
    }

    /// <summary>A semaphore that is made with one permit, where the field is declared.</summary>
    private LockCall? Gate(IInvocationOperation call) =>
        LockCall.OfGate(call) is { } gate && call.TargetMethod.Name != "WaitAsync"
        && ExpressionKeys.Strip(gate.Lock) is IFieldReferenceOperation { Field.DeclaringSyntaxReferences: { Length: 1 } declared }
        && InitialValue.Of(declared[0].GetSyntax(cancellation)) is { Value: var made } && BodyReader.HasOnePermit(made) ? gate : null;

    private static bool MayFail(IInvocationOperation call) =>
        call.TargetMethod.Name.StartsWith("Try", StringComparison.Ordinal)
        || call.Type?.SpecialType == SpecialType.System_Boolean && call.Arguments.Length > 0
            && call.TargetMethod.Parameters.Any(static parameter => parameter.Type.Name is "Int32" or "TimeSpan");

    private void Through(
        IOperation site, LockWrapper? inner, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        if (inner is null) return;
        var creates = site is IObjectCreationOperation;
        foreach (var given in inner.Gives) Give(site, Here(given, creates, receiver, arguments));
        foreach (var taken in inner.Takes)
        {
            var isAnswer = taken.IsAnswer && IsReturned(site);
            if (!taken.IsAnswer || isAnswer || IsInsistedOn(site))
                Take(site, Here(taken, creates, receiver, arguments) with { IsAnswer = isAnswer }, inner.IsScope);
        }

        foreach (var (parameter, held) in inner.Runs)
        {
            var given = arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter)?.Value;
            if (OwnParameter(given) is >= 0 and var own) _runUnder.Add((own, Here(held, creates, receiver, arguments)));
        }
    }

    private void Take(IOperation site, WrappedLock taken, bool isScope)
    {
        if (!isScope) _taken.Add((site, taken, false));
        else if (BodyReader.ScopeOf(site.Syntax) is { } span) _held.Add((span, taken));
        else if (IsReturned(site)) _taken.Add((site, taken, true));
    }

    private void Give(IOperation site, WrappedLock given)
    {
        for (var i = _taken.Count - 1; i >= 0; i--)
        {
            var (taking, taken, isScope) = _taken[i];
            if (isScope || !taken.IsSameAs(given) || !given.Members.Any(taken.Members.Contains)) continue;
            _taken.RemoveAt(i);
            _held.Add((TextSpan.FromBounds(taking.Syntax.SpanStart, site.Syntax.Span.End), taken));
            return;
        }

        _given.Add(given);
    }

    private void Run(IInvocationOperation run)
    {
        if (OwnParameter(run.Instance) is >= 0 and var own) _run.Add((own, run));
    }

    private int OwnParameter(IOperation? value) =>
        ExpressionKeys.Strip(value) is IParameterReferenceOperation { Parameter: var own } && IsOwn(own) ? own.Ordinal : -1;

    private bool IsOwn(IParameterSymbol parameter) => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method);

    private WrappedLock Lock(IOperation value, string kind, IReadOnlyList<string> members, bool isShared, bool onlyTries, bool isAnswer)
    {
        var (root, parameter, key, name) = RootOf(value);
        return new WrappedLock(root, parameter, key, name, kind, members, isShared, onlyTries, isAnswer);
    }

    private (LockRoot Root, int Parameter, string? Key, string Name) RootOf(IOperation? value)
    {
        switch (ExpressionKeys.Strip(value))
        {
            case IMemberReferenceOperation { Instance: IInstanceReferenceOperation, Member: var kept }
                when _kept.TryGetValue(kept, out var given):
                return (LockRoot.Parameter, given, null, kept.Name);
            case (IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.IsEmpty: true }) and IMemberReferenceOperation
                {
                    Member: var kept, Instance: var holder,
                }
                when member.KeyOf(kept) is { } key:
                if (holder is null) return (LockRoot.Static, -1, key, kept.Name);
                if (holder is IInstanceReferenceOperation) return (LockRoot.This, -1, key, kept.Name);
                var part = OwnParameter(holder);
                return part >= 0 ? (LockRoot.Parameter, part, key, kept.Name) : (LockRoot.Hidden, -1, null, "");
            case IParameterReferenceOperation { Parameter: var own } when IsOwn(own):
                return (LockRoot.Parameter, own.Ordinal, null, own.Name);
            case IInstanceReferenceOperation { Type: { } type }: return (LockRoot.This, -1, BodyReader.OfThis(member.KeyOf(type)), "this");
            default: return (LockRoot.Hidden, -1, null, "");
        }
    }

    /// <summary>What a called wrapper says of a lock, as the caller of this member can name it.</summary>
    private WrappedLock Here(WrappedLock there, bool creates, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        if (there.Root is LockRoot.Static or LockRoot.Hidden) return there;
        if (there.Root == LockRoot.This && !creates && receiver is null or IInstanceReferenceOperation) return there;
        var value = there.Root == LockRoot.This
            ? creates ? null : receiver
            : arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == there.Parameter)?.Value;
        var (root, parameter, key, name) = RootOf(value is null ? null : BodyReader.Named(value));
        return there with { Root = root, Parameter = parameter, Key = BodyReader.PartOf(key, there.Key), Name = name };
    }

    /// <summary>The member gives, or makes, something whose disposal gives the lock up.</summary>
    private bool GivesScope(List<IOperation> operations, IReadOnlyList<string> members)
    {
        if (method.MethodKind == MethodKind.Constructor)
            return wrappers.IsGivenUpBy(method.ContainingType, members, depth - 1, cancellation);
        return operations.OfType<IReturnOperation>().Any(given => ExpressionKeys.Strip(given.ReturnedValue) is { } value
            && (wrappers.IsGivenUpBy(value.Type, members, depth - 1, cancellation)
                || value.Syntax.DescendantNodes().OfType<AnonymousFunctionExpressionSyntax>().Any(function => function.DescendantNodes()
                    .OfType<InvocationExpressionSyntax>().Any(call => members.Contains(LastName.Of(call.Expression) ?? "")))));
    }

    private static bool IsReturned(IOperation value)
    {
        while (value.Parent is IConversionOperation or IParenthesizedOperation) value = value.Parent;
        return value.Parent is IReturnOperation;
    }

    /// <summary><c>if (!Monitor.TryEnter(gate, 1000)) throw …;</c>.</summary>
    private static bool IsInsistedOn(IOperation answer) =>
        answer.Parent is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not
        && not.Parent is IConditionalOperation { WhenFalse: null } asked && asked.Condition == not && !BodyReader.Completes(asked.WhenTrue);

    /// <summary>It happens whenever the member is called and does not throw.</summary>
    private static bool IsCertain(IOperation site)
    {
        if (IsInsistedOn(site)) site = site.Parent!.Parent!;
        for (var (inner, parent) = (site, site.Parent); parent is not null; (inner, parent) = (parent, parent.Parent))
        {
            if (parent is IConditionalOperation or ILoopOperation or ISwitchOperation or ISwitchExpressionOperation or ICatchClauseOperation
                or ICoalesceOperation or ICoalesceAssignmentOperation or IBinaryOperation) return false;
            if (parent is ITryOperation attempt && inner != attempt.Body) return false;
            // What stands behind a way out.
            if (parent is IBlockOperation block && block.Operations.TakeWhile(other => other != inner)
                .Any(static other => other.Syntax.DescendantNodesAndSelf().Any(static node => node is ReturnStatementSyntax))) return false;
        }

        return true;
    }

    /// <summary>The operations of the member itself, in the order of the text.</summary>
    private static IEnumerable<IOperation> Inside(IOperation body)
    {
        var pending = new Stack<IOperation>([body]);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            if (next is IAnonymousFunctionOperation or ILocalFunctionOperation && next != body) continue;
            yield return next;
            foreach (var child in next.ChildOperations.Reverse()) pending.Push(child);
        }
    }
}
