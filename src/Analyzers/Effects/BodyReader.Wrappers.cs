using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Locks that another member takes for this body: Take() … Give(), using (Write()) …, using var held = new Held(_gate), and
// Locked(() => …), which runs what it is given under its lock.
internal sealed partial class BodyReader
{
    private readonly Dictionary<ILocalSymbol, ImmutableArray<string>> _scopes = new(SymbolEqualityComparer.Default);

    private LockWrapper? WrapperOf(IMethodSymbol target, IOperation? receiver) =>
        member.Wrappers.Called(target, receiver, LockWrappers.Deepest, cancellation);

    /// <summary>What a call leaves taken or given up behind it.</summary>
    private void TrackWrapped(IOperation site, IMethodSymbol target, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        if (target is { Name: "Dispose", Parameters.IsEmpty: true } && ExpressionKeys.Strip(receiver) is ILocalReferenceOperation scope
            && _scopes.TryGetValue(scope.Local, out var ended)) _body.Locks = _body.Locks.RemoveAll(ended.Contains);
        if (WrapperOf(target, receiver) is not { } wrapper) return;
        var creates = site is IObjectCreationOperation;
        foreach (var given in wrapper.Gives)
            if (IdentityOf(given, creates, receiver, arguments) is { Identity: var identity })
                _body.Locks = _body.Locks.Remove(identity);
        // Who does not ask whether he has the lock cannot rely on it.
        foreach (var taken in wrapper.Takes.Where(taken => !taken.IsAnswer || site.Parent is not IExpressionStatementOperation))
        {
            if (IdentityOf(taken, creates, receiver, arguments) is not { } held) continue;
            if ((wrapper.IsScope ? ScopeAt(site, held.Identity) : WrappedReleaseOf(site, held.Identity, taken.Members)) is not { } span)
                continue;
            Hold(held, span, site.Syntax.Span, taken, target);
            _body.Locks = _body.Locks.Add(held.Identity);
        }
    }

    private void Hold(
        (string Identity, string Name, bool IsField) held, TextSpan span, TextSpan keyword, WrappedLock taken, IMethodSymbol through,
        ImmutableArray<int> runs = default) =>
        _body.Add(new LockRegion(
            held.Identity, held.Name, span, keyword, held.IsField, null, taken.Kind, taken.IsShared, taken.OnlyTries,
            Through: MemberReader.NameOf(through), Runs: runs));

    /// <summary>The locks under which a call runs the functions that it is given; they count as held while it is called.</summary>
    private ImmutableArray<string> RunUnder(IInvocationOperation call)
    {
        if (call.Arguments.IsEmpty || WrapperOf(call.TargetMethod, call.Instance) is not { Runs.IsEmpty: false } wrapper)
            return ImmutableArray<string>.Empty;
        var locks = ImmutableArray<string>.Empty;
        foreach (var (parameter, under) in wrapper.Runs)
        {
            if (FunctionGiven(call, parameter) is null || IdentityOf(under, false, call.Instance, call.Arguments) is not { } held
                || locks.Contains(held.Identity) || _body.Locks.Contains(held.Identity)) continue;
            locks = locks.Add(held.Identity);
        }

        return locks;
    }

    private void CallUnder(IInvocationOperation call, ImmutableArray<string> locks)
    {
        var outer = _body.Locks;
        if (!locks.IsEmpty && WrapperOf(call.TargetMethod, call.Instance) is { } wrapper)
        {
            // An element of a collection and a clause of a query are calls as well.
            var keyword = call.Syntax is InvocationExpressionSyntax { Expression: var named } ? named.Span : call.Syntax.Span;
            foreach (var same in wrapper.Runs.GroupBy(run => IdentityOf(run.Lock, false, call.Instance, call.Arguments)?.Identity))
            {
                var under = same.First().Lock;
                if (IdentityOf(under, false, call.Instance, call.Arguments) is not { } held || !locks.Contains(held.Identity)) continue;
                var run = same.Select(static one => one.Parameter).ToImmutableArray();
                Hold(held, call.Syntax.Span, keyword, under, call.TargetMethod, run);
            }

            _body.Locks = outer.AddRange(locks);
        }

        Call(call, call.TargetMethod, call.Instance, call.Arguments, call.IsVirtual);
        _body.Locks = outer;
    }

    /// <summary>The locks under which somebody runs a function that is written as his argument.</summary>
    private ImmutableArray<string> LocksAround(IAnonymousFunctionOperation function) =>
        !function.Symbol.IsAsync && HandedTo.Call(function) is { } call && call.TargetMethod.MethodKind != MethodKind.DelegateInvoke
            ? RunUnder(call)
            : ImmutableArray<string>.Empty;

    /// <summary>A function that has done its work when it returns.</summary>
    private IOperation? FunctionGiven(IInvocationOperation call, int parameter)
    {
        var given = ExpressionKeys.Strip(call.Arguments.FirstOrDefault(one => one.Parameter?.Ordinal == parameter)?.Value);
        while (given is IDelegateCreationOperation creation) given = ExpressionKeys.Strip(creation.Target);
        return given switch
        {
            IAnonymousFunctionOperation { Symbol.IsAsync: true } => null,
            IMethodReferenceOperation { Method.IsAsync: true } => null,
            IAnonymousFunctionOperation or IMethodReferenceOperation or ILocalReferenceOperation => given,
            _ => null,
        };
    }

    private (string Identity, string Name, bool IsField)? IdentityOf(
        WrappedLock wrapped, bool creates, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        switch (wrapped.Root)
        {
            case LockRoot.Static:
            case LockRoot.This when !creates && receiver is null or IInstanceReferenceOperation:
                return wrapped.Key is null ? null : (wrapped.Key, wrapped.Name, true);
            case LockRoot.This when !creates && receiver is not null: return Part(receiver);
            case LockRoot.Parameter:
                var value = arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == wrapped.Parameter)?.Value;
                return value is null ? null : Part(value);
            // What is made here is nobody else's yet.
            default: return null;
        }

        (string Identity, string Name, bool IsField)? Part(IOperation whole)
        {
            if (ExpressionKeys.Strip(whole) is IObjectCreationOperation) return null;
            var (identity, name, isField) = LockIdentity(Named(whole));
            return (PartOf(identity, wrapped.Key)!, name, isField);
        }
    }

    public static string OfThis(string? type) => $"{This}{type}";

    private const string This = "this ";

    /// <summary>The key of a lock that another object keeps; an object that is a lock itself is its own.</summary>
    public static string? PartOf(string? whole, string? part) =>
        whole is null || part is null || part.StartsWith(This, StringComparison.Ordinal) ? whole : $"{whole} {part}";

    /// <summary>To the end of the using, or to where the local is disposed of.</summary>
    private TextSpan? ScopeAt(IOperation site, string identity)
    {
        if (IsResource(site.Syntax) && ScopeOf(site.Syntax) is { } span) return span;
        var given = site.Parent;
        while (given is IConversionOperation) given = given.Parent;
        if (given is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }) return null;
        foreach (var call in CallsBehind(site))
        {
            if (call.TargetMethod is not { Name: "Dispose", Parameters.IsEmpty: true }
                || ExpressionKeys.Strip(call.Instance) is not ILocalReferenceOperation { Local: var ended }
                || !SymbolEqualityComparer.Default.Equals(local, ended) || !IsPaired(call.Syntax, site.Syntax)) continue;
            _scopes[local] = _scopes.TryGetValue(local, out var known) ? known.Add(identity) : ImmutableArray.Create(identity);
            return TextSpan.FromBounds(site.Syntax.SpanStart, call.Syntax.Span.End);
        }

        return null;
    }

    /// <summary>It is what the using disposes of, and not a part of how that is made.</summary>
    private static bool IsResource(SyntaxNode made)
    {
        while (made.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or ConditionalAccessExpressionSyntax)
            made = made.Parent;
        return made.Parent is UsingStatementSyntax or EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax };
    }

    /// <summary>From a call that takes a lock to one that gives it up, where either of the two is another member's.</summary>
    private TextSpan? WrappedReleaseOf(IOperation taking, string identity, IReadOnlyList<string> exits)
    {
        foreach (var call in CallsBehind(taking))
        {
            if (Releases(call, identity, exits) && IsPaired(call.Syntax, taking.Syntax))
                return TextSpan.FromBounds(taking.Syntax.SpanStart, call.Syntax.Span.End);
        }

        return null;
    }

    private bool Releases(IInvocationOperation call, string identity, IReadOnlyList<string> exits)
    {
        if (exits.Contains(call.TargetMethod.Name) && (LockCall.Of(call) ?? GateIn(call)) is { Takes: false } found)
            return LockIdentity(Named(found.Lock)).Identity == identity;
        return WrapperOf(call.TargetMethod, call.Instance) is { } wrapper && wrapper.Gives.Any(given => given.Members.Any(exits.Contains)
            && IdentityOf(given, false, call.Instance, call.Arguments)?.Identity == identity);
    }

    /// <summary>The calls of the same function that stand behind an operation.</summary>
    private static IEnumerable<IInvocationOperation> CallsBehind(IOperation operation)
    {
        var function = operation;
        while (function.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation)) function = parent;
        var pending = new Stack<IOperation>([function]);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            if (next is IAnonymousFunctionOperation or ILocalFunctionOperation) continue;
            if (next is IInvocationOperation call && call.Syntax.SpanStart > operation.Syntax.Span.End) yield return call;
            foreach (var child in next.ChildOperations.Reverse()) pending.Push(child);
        }
    }
}
