using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// Who takes which lock in a type: in all its parts, its nested types, the types around it and those it derives from. Asked
/// while one body is analysed, answered from the summaries of all of them, and only for types that lock at all.
/// </summary>
/// <remarks>Safe for concurrent use; one instance per compilation.</remarks>
internal sealed class LockIndex(SummarySource summaries, EffectInference effects, SourceModels models)
{
    /// <summary>Calls followed inside a type for the fields that they touch; deeper ones tell nothing new.</summary>
    private const int MostCalls = 64;

    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<Taker>> _takers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<string, ImmutableArray<Taker>> _anywhere = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<BodySummary, IReadOnlyList<Reach>> _reaches = new();

    private readonly LockWrapperNames _wrappers = new(models);

    /// <summary>Whether the text of a member can take a lock; most cannot, and are not read for it.</summary>
    public bool MayLock(ISymbol member, CancellationToken cancellation)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
            if (LockWords.In(reference.SyntaxTree, reference.Span, cancellation)
                || _wrappers.AreIn(reference.SyntaxTree, reference.Span, cancellation)) return true;
        return false;
    }

    /// <summary>Every place in reach of the type where the lock is taken, in the order of the source.</summary>
    public IEnumerable<Taker> TakersOf(INamedTypeSymbol type, string identity, CancellationToken cancellation) =>
        All(type.OriginalDefinition, cancellation).Where(taker => taker.Region.Lock == identity);

    public ImmutableArray<Taker> All(INamedTypeSymbol type, CancellationToken cancellation) =>
        _takers.TryGetValue(type, out var known) ? known : _takers.GetOrAdd(type, Find(type, cancellation));

    /// <summary>
    /// Who takes a lock that is a field which other types see: those around it, and every other type whose text locks something of that
    /// name. Whether it is the same object nobody can say, as for the field of one type.
    /// </summary>
    /// <remarks>A type inside another is found twice.</remarks>
    public ImmutableArray<Taker> Anywhere(ISymbol field, string key, CancellationToken cancellation) =>
        _anywhere.TryGetValue(key, out var known) ? known : _anywhere.GetOrAdd(key, FindAnywhere(field, key, cancellation));

    private ImmutableArray<Taker> FindAnywhere(ISymbol field, string key, CancellationToken cancellation)
    {
        HashSet<INamedTypeSymbol> types = new(SymbolEqualityComparer.Default) { field.ContainingType.OriginalDefinition };
        foreach (var tree in models.Compilations.SelectMany(static project => project.SyntaxTrees))
        {
            foreach (var mention in NameIndex.Find(tree, field.Name, cancellation))
            {
                if (!IsLocked(mention) || mention.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } around
                    || models.Of(tree) is not { } model || !IsNamed(model.GetSymbolInfo(mention, cancellation).Symbol)) continue;
                if (model.GetDeclaredSymbol(around, cancellation) is INamedTypeSymbol type) types.Add(type.OriginalDefinition);
            }
        }

        var takers = types.SelectMany(type => All(type, cancellation))
            .Where(taker => taker.Region.Lock == key || taker.Region.FieldOfOther == key).ToList();
        takers.Sort(InOrder);
        return takers.ToImmutableArray();

        bool IsNamed(ISymbol? named) => named is not null && BodyKey.Of(named.OriginalDefinition) == key;
    }

    /// <summary><c>lock (owner.Gate)</c>, <c>Monitor.Enter(owner.Gate)</c>, <c>owner.Gate.EnterScope()</c>.</summary>
    private static bool IsLocked(SyntaxNode mention)
    {
        var value = mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention ? access : mention;
        return value.Parent switch
        {
            LockStatementSyntax => true,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => Takes(call),
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } => Takes(call),
            _ => false,
        };

        static bool Takes(InvocationExpressionSyntax call) =>
            MemberText.NameOf(call) is { } name && (LockMembers.Taking.Contains(name) || LockMembers.IsCalledSo(name));
    }

    /// <summary>What a body reaches while a lock is held.</summary>
    public IEnumerable<Reach> Under(BodySummary body, LockRegion region, CancellationToken cancellation) =>
        ReachesOf(body, cancellation).Where(reach => IsUnder(reach.Step, region) && !GivesUp(reach, region, cancellation)
            && (region.Runs.IsDefault || reach.Next is { Body.Key: var run } && Given(reach.Step, region).Contains(run)));

    /// <summary>
    /// Monitor.Wait gives up the lock that it waits on. Another that the same body holds meanwhile, seen under another name, it keeps.
    /// </summary>
    private static bool GivesUp(Reach reach, LockRegion region, CancellationToken cancellation)
    {
        if (reach.Cause.Name != "Monitor.Wait") return false;
        return !reach.IsDirect
            || reach.Place(cancellation) is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } given }
            || !reach.Body.Locks.Any(inner =>
                inner.Lock != region.Lock && inner.Name == NameOf(given[0].Expression) && IsUnder(reach.Step, inner));
    }

    private static string NameOf(ExpressionSyntax gate) =>
        gate is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var own }
            ? own
            : gate.ToString();

    public static bool IsUnder(Step step, LockRegion region) => step.Locks.Contains(region.Lock) && region.Span.Contains(step.Span.Start);

    /// <summary>The functions that a call is given and runs under the lock.</summary>
    private static IEnumerable<string> Given(Step call, LockRegion region) => region.Runs
        .Select(parameter => parameter < call.Arguments.Length ? call.Arguments[parameter].Function : null).OfType<string>();

    public IReadOnlyList<Reach> ReachesOf(BodySummary body, CancellationToken cancellation) =>
        _reaches.TryGetValue(body, out var known) ? known : _reaches.GetOrAdd(body, effects.OfSteps(body, cancellation));

    /// <summary>The fields used while a lock is held, in the body alone.</summary>
    public static IEnumerable<FieldUse> OwnFieldsUnder(BodySummary body, LockRegion region) => body.Fields.Where(use =>
        IsGuarded(use, region) && use.Locks.Contains(region.Lock) && region.Span.Contains(use.Start));

    /// <summary>A collection may be the lock that guards it.</summary>
    private static bool IsGuarded(FieldUse use, LockRegion region) => use.Field != region.Lock || use.Writes;

    /// <summary>The fields used while a lock is held, in the body and in what it calls in the same type.</summary>
    public IReadOnlyCollection<FieldUse> FieldsUnder(BodySummary body, LockRegion region, CancellationToken cancellation)
    {
        var uses = OwnFieldsUnder(body, region).ToList();
        foreach (var callee in CalledUnder(body, region, cancellation)) uses.AddRange(callee.Fields.Where(use => IsGuarded(use, region)));
        return uses;
    }

    /// <summary>The bodies that run while the lock is held, as far as calls lead to them directly.</summary>
    public IReadOnlyCollection<BodySummary> CalledUnder(BodySummary body, LockRegion region, CancellationToken cancellation)
    {
        var seen = new Dictionary<string, BodySummary>(StringComparer.Ordinal);
        var under = body.Steps.Where(step => IsUnder(step, region));
        var pending = new Queue<Step>(region.Runs.IsDefault ? under : []);
        foreach (var key in region.Runs.IsDefault ? [] : under.SelectMany(step => Given(step, region)).Distinct()) Follow(key);
        while (pending.Count > 0 && seen.Count < MostCalls)
        {
            var step = pending.Dequeue();
            if (step is not { Kind: StepKind.Calls, Dispatch: Dispatch.Direct or Dispatch.Virtual, Target: { } target }) continue;
            // A call that is dispatched runs the one body that there is.
            if (step.Dispatch == Dispatch.Virtual)
            {
                if (summaries.TargetsOf(target, cancellation) is not { Count: 1 } only) continue;
                target = only[0];
            }

            if (Follow(target) is not { } callee) continue;
            foreach (var given in RunBy(callee, step)) Follow(given);
        }

        return seen.Values;

        BodySummary? Follow(string key)
        {
            if (seen.ContainsKey(key) || summaries.Get(key, cancellation) is not { } called) return null;
            seen.Add(key, called);
            foreach (var inner in called.Steps) pending.Enqueue(inner);
            return called;
        }
    }

    /// <summary>The functions that a callee is given and runs at once.</summary>
    private static IEnumerable<string> RunBy(BodySummary callee, Step call) =>
        from inner in callee.Steps
        where inner.Kind == StepKind.RunsParameter && inner.Parameter < call.Arguments.Length
        let given = call.Arguments[inner.Parameter].Function
        where given is not null
        select given;

    /// <summary>The methods, accessors and constructors that can reach the locks of a type, with their bodies.</summary>
    public IEnumerable<(IMethodSymbol Owner, BodySummary Body)> BodiesOf(
        INamedTypeSymbol type, CancellationToken cancellation, bool shortestFirst = false)
    {
        var methods = type.GetMembers().OfType<IMethodSymbol>();
        if (shortestFirst)
            methods = methods.OrderBy(static method => method.DeclaringSyntaxReferences.Sum(static part => part.Span.Length));
        return methods.SelectMany(
            method => summaries.BodiesOf(method.PartialImplementationPart ?? method, cancellation).Select(body => (method, body)));
    }

    private ImmutableArray<Taker> Find(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var takers = new List<Taker>();
        foreach (var part in Family(type))
        {
            foreach (var method in part.GetMembers().OfType<IMethodSymbol>())
            {
                if (!MayLock(method.PartialImplementationPart ?? method, cancellation)) continue;
                foreach (var body in summaries.BodiesOf(method.PartialImplementationPart ?? method, cancellation))
                    takers.AddRange(body.Locks.Select(region => new Taker(body, method, region)));
            }
        }

        takers.Sort(InOrder);
        return takers.ToImmutableArray();
    }

    private static int InOrder(Taker left, Taker right) =>
        (left.Body.Tree.FilePath, left.Region.Span.Start).CompareTo((right.Body.Tree.FilePath, right.Region.Span.Start));

    private static IEnumerable<INamedTypeSymbol> Family(INamedTypeSymbol type)
    {
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var pending = new Stack<INamedTypeSymbol>([type]);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            if (!seen.Add(next) || !SourceModels.HasSource(next)) continue;
            yield return next;
            if (next.BaseType is { } parent) pending.Push(parent.OriginalDefinition);
            if (next.ContainingType is { } outer) pending.Push(outer);
            foreach (var inner in next.GetTypeMembers()) pending.Push(inner);
        }
    }
}
