using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Which locks are held where. The lock statement says so itself. For pairs of calls (Enter … Exit) the walk carries what is
// held from statement to statement: a block that leaves early gives up its locks only for itself, a block that runs to its
// end gives them up for what follows. A pair counts when the lock is given up in the same block, or in a finally around or
// behind it, by the body itself or by a member that it calls for that (BodyReader.Wrappers.cs).
internal sealed partial class BodyReader
{
    private void VisitLock(ILockOperation held)
    {
        Visit(held.LockedValue);
        var (identity, name, isField) = LockIdentity(held.LockedValue);
        var keyword = held.Syntax is LockStatementSyntax statement
            ? TextSpan.FromBounds(statement.LockKeyword.SpanStart, statement.CloseParenToken.Span.End)
            : held.Syntax.Span;
        var kind = held.LockedValue.Type is { Name: "Lock" } ? "Lock" : "Monitor";
        _body.Add(new LockRegion(
            identity, name, held.Syntax.Span, keyword, isField, null, kind, FieldOfOther: FieldOfOther(held.LockedValue)));
        var outer = _body.Locks;
        _body.Locks = outer.Add(identity);
        Visit(held.Body);
        _body.Locks = outer;
    }

    /// <summary>A scope gives up at its end what its resource took.</summary>
    private void VisitScope(IUsingOperation scope)
    {
        var outer = _body.Locks;
        VisitUsing(scope);
        _body.Locks = outer;
    }

    private void LeaveBlock(ImmutableArray<string> before, bool completes)
    {
        if (completes && !before.IsEmpty) before = before.RemoveAll(identity => !_body.Locks.Contains(identity));
        _body.Locks = before;
    }

    /// <summary>The condition took a lock: it is held in the branch in which the attempt was successful.</summary>
    private void VisitTryTaken(IConditionalOperation conditional, ImmutableArray<string> before)
    {
        var taken = _body.Locks;
        var negated = conditional.Condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not };
        _body.Locks = negated ? before : taken;
        Visit(conditional.WhenTrue);
        _body.Locks = negated ? taken : before;
        Visit(conditional.WhenFalse);
        if (Completes(conditional.WhenTrue)) _body.Locks = before;
    }

    private void TrackLock(IInvocationOperation call)
    {
        if ((LockCall.Of(call) ?? GateIn(call)) is not { } found)
        {
            TrackWrapped(call, call.TargetMethod, call.Instance, call.Arguments);
            return;
        }

        var (identity, name, isField) = LockIdentity(Named(found.Lock));
        if (!found.Takes)
        {
            _body.Locks = _body.Locks.Remove(identity);
            return;
        }

        if ((ReleaseOf(call, found) ?? (found.IsScope ? null : WrappedReleaseOf(call, identity, found.Exits))) is not { } region) return;
        _body.Add(new LockRegion(
            identity, name, region, call.Syntax.Span, isField, null, found.Kind, found.IsShared, found.OnlyTries,
            IsAwaited: IsTaskLike(call.Type), FieldOfOther: FieldOfOther(Named(found.Lock))));
        _body.Locks = _body.Locks.Add(identity);
    }

    /// <summary>A call on a semaphore that was made with one permit, and lets in one at a time.</summary>
    private LockCall? GateIn(IInvocationOperation call)
    {
        if (LockCall.OfGate(call) is not { } gate) return null;
        var lets = ExpressionKeys.Strip(gate.Lock) switch
        {
            IMemberReferenceOperation kept => OfKept(kept, static made => HasOnePermit(made.Syntax)) == true,
            // Perhaps of the function around this one.
            ILocalReferenceOperation { Local.DeclaringSyntaxReferences: { Length: 1 } declared } =>
                InitialValue.Of(declared[0].GetSyntax(cancellation)) is { Value: var made } && HasOnePermit(made),
            _ => false,
        };
        return lets ? gate : null;
    }

    public static bool HasOnePermit(SyntaxNode made) =>
        made is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 or 2 } given }
        && given.All(static one => one.Expression is LiteralExpressionSyntax { Token.Value: 1 });

    /// <summary><c>_lock?.EnterReadLock()</c>: what stands before the question mark.</summary>
    public static IOperation Named(IOperation value)
    {
        if (value is not IConditionalAccessInstanceOperation) return value;
        for (var parent = value.Parent; parent is not null; parent = parent.Parent)
            if (parent is IConditionalAccessOperation access && access.Operation != value) return access.Operation;
        return value;
    }

    /// <summary>From the call that takes a lock to the one that gives it up; null when that is not seen.</summary>
    private static TextSpan? ReleaseOf(IInvocationOperation call, LockCall taken)
    {
        var syntax = call.Syntax;
        if (taken.IsScope) return ScopeOf(syntax);
        var function = syntax.Ancestors().FirstOrDefault(static node =>
            node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax
                or AccessorDeclarationSyntax);
        if (function is null) return null;
        var text = Named(taken.Lock).Syntax.ToString();
        foreach (var node in function.DescendantNodes(node => node == function || !IsFunction(node)))
        {
            if (node is InvocationExpressionSyntax { SpanStart: var start } release && start > syntax.Span.End
                && LockCall.Releases(release, text, taken.Exits) && IsPaired(release, syntax))
            {
                return TextSpan.FromBounds(syntax.SpanStart, release.Span.End);
            }
        }

        return null;
    }

    public static TextSpan? ScopeOf(SyntaxNode call)
    {
        foreach (var node in call.Ancestors())
        {
            switch (node)
            {
                case UsingStatementSyntax scope: return scope.Span;
                case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: { } block }:
                    return TextSpan.FromBounds(call.SpanStart, block.Span.End);
                case StatementSyntax: return null;
            }
        }

        return null;
    }

    /// <summary>The release stands in a block that the taking call stands in too, or in the finally of a try that does.</summary>
    private static bool IsPaired(SyntaxNode release, SyntaxNode taking)
    {
        SyntaxNode? statement = release.FirstAncestorOrSelf<StatementSyntax>();
        if (release.FirstAncestorOrSelf<FinallyClauseSyntax>() is { } last && !last.Span.Contains(taking.Span)) statement = last.Parent;
        while (statement?.Parent is { } block)
        {
            if (block.Span.Contains(taking.Span)) return true;
            var branch = block as IfStatementSyntax ?? block.Parent as IfStatementSyntax;
            // if (Monitor.TryEnter(gate)) { try { … } finally { Monitor.Exit(gate); } }
            // spin.Enter(ref taken); … if (taken) spin.Exit();
            if (branch is null || !branch.Condition.Span.Contains(taking.Span)
                && !(branch.Condition is IdentifierNameSyntax told && IsTold(taking, told.Identifier.ValueText))) return false;
            statement = branch;
        }

        return false;
    }

    /// <summary>The call that takes the lock tells a local whether it has.</summary>
    private static bool IsTold(SyntaxNode taking, string local) =>
        taking is InvocationExpressionSyntax { ArgumentList.Arguments: var given }
        && given.Any(argument => argument is { RefOrOutKeyword.RawKind: not 0, Expression: IdentifierNameSyntax taken }
            && taken.Identifier.ValueText == local);

    private static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;

    /// <summary>A loop whose number of rounds the source does not fix to a few.</summary>
    private static bool IsOverInput(ILoopOperation loop)
    {
        const int Few = 64;
        if (loop is not IForLoopOperation { Condition: IBinaryOperation condition }) return true;
        return condition.RightOperand.ConstantValue is not { HasValue: true, Value: int and <= Few }
            && condition.LeftOperand.ConstantValue is not { HasValue: true, Value: int and <= Few };
    }

    /// <summary>Operators of LINQ that walk through their source at once.</summary>
    private static bool IsLoopInDisguise(IMethodSymbol target) =>
        target is { ContainingType.Name: "Enumerable" }
            and { Name: "Sum" or "Max" or "Min" or "Average" or "Aggregate" or "ToList" or "ToArray" or "ToDictionary" or "ToLookup"
                or "ToHashSet" }
        || target is { ContainingType.Name: "Enumerable", Parameters.Length: > 0 }
            and { Name: "Count" or "LongCount" or "All" or "MaxBy" or "MinBy" or "SequenceEqual" };

    /// <summary>The field of another object, which others may know as their own.</summary>
    private string? FieldOfOther(IOperation value) => ExpressionKeys.Strip(value) switch
    {
        IFieldReferenceOperation { Instance: not (null or IInstanceReferenceOperation), Field: var field } => member.KeyOf(field),
        IPropertyReferenceOperation { Instance: not (null or IInstanceReferenceOperation), Property: { IsIndexer: false } property } =>
            member.KeyOf(property),
        _ => null,
    };

    private (string Identity, string Name, bool IsField) LockIdentity(IOperation value) => ExpressionKeys.Strip(value) switch
    {
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field when member.KeyOf(field.Field) is { } key =>
            (key, field.Field.Name, true),
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property
            when member.KeyOf(property.Property) is { } key =>
            (key, property.Property.Name, true),
        IInstanceReferenceOperation { Type: { } type } => (OfThis(member.KeyOf(type)), "this", true),
        var other => ($"expression {ExpressionKeys.Of(other) ?? other?.Syntax.ToString()}", other?.Syntax.ToString() ?? "?", false),
    };
}
