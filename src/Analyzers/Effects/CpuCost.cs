using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

/// <summary>Reads loops and recursion: is this body CPU-bound, and how often does a place in it run?</summary>
/// <remarks>A member is walked once, with its lambdas; what is found hangs on its operations and goes with them.</remarks>
internal static class CpuCost
{
    private static readonly ConditionalWeakTable<IOperation, Member> Members = new();

    /// <summary>The CPU cost of one body, its lambdas and local functions left out. Calls are multiplied by the engine.</summary>
    public static CpuShape Of(IOperation body, IMethodSymbol? method, CancellationToken cancellation)
    {
        var member = MemberOf(Root(body), cancellation);
        var found = member.Regions.TryGetValue(BodyAround(body), out var region) ? region : null;
        var recursion = method is not null && member.Calls.Contains(method.Name)
            ? CpuRecursion.Of(BodyAround(body), method, cancellation)
            : null;
        if (found is null or { Evidence.Count: 0, Deepest.Length: 0, Given: null, Joined: null, Paired: null } && recursion is null)
            return CpuShape.Empty;
        var deepest = found?.Deepest ?? CpuNest.None;
        return new CpuShape
        {
            Evidence = [.. found?.Evidence ?? [], .. Of(recursion, Given(found, method)), .. Chosen(found, method)],
            Deepest = deepest.Nest,
            DeepestStart = deepest.Start,
            DeepestLength = deepest.Length,
        };
    }

    /// <summary>What a caller decides that gives a number, unless the body is heavy whatever it is given.</summary>
    private static CpuEvidence? Given(CpuRegion? region, IMethodSymbol? method)
    {
        if (region?.Given is not var (nest, start, length) || region.Evidence.Exists(static one => one.Certain)) return null;
        return SymbolEqualityComparer.Default.Equals(nest.Parameter.ContainingSymbol, method)
            ? new CpuEvidence(start, length, CpuWords.Given(nest), Certain: true, HasCheckpoint: false, Forever: false)
            {
                Given = (nest.Parameter.Ordinal, nest.Least, nest.Power),
            }
            : null;
    }

    /// <summary>What the loops of a caller decide, likewise.</summary>
    private static IEnumerable<CpuEvidence> Chosen(CpuRegion? region, IMethodSymbol? method) =>
        region is null || method is null || region.Evidence.Exists(static one => one.Certain) ? [] : Of(region.Joined, region.Paired);

    private static IEnumerable<CpuEvidence> Of(params CpuEvidence?[] evidence) => evidence.OfType<CpuEvidence>();

    /// <summary>The nest of loops around an operation inside its own body (up to the enclosing lambda or member).</summary>
    /// <remarks>A loop in which an await can suspend ends the nest: between its rounds the others get their turn.</remarks>
    public static LoopNest Around(IOperation operation)
    {
        var nest = LoopNest.None;
        foreach (var loop in LoopsAround(operation))
        {
            var trips = loop.EndsEarly ? 1 : Math.Max(1, loop.Range.Trips ?? 1);
            nest = new LoopNest(trips, loop.Range.IsInput ? 1 : 0).Times(nest);
        }

        return nest;
    }

    /// <summary>What a call is given depends on each loop over input around it: with each round it is another question.</summary>
    public static bool PassesLoops(IOperation call)
    {
        var passed = PassedBy(call).Aggregate(0UL, static (bits, argument) => bits | argument.Loops);
        return LoopsAround(call).All(loop => !loop.Range.IsInput || (loop.Bit & passed) != 0);
    }

    /// <summary>What a call is given that the loops over input around it choose.</summary>
    public static ImmutableArray<LoopArgument> ChosenByLoops(IOperation call)
    {
        var loops = LoopsAround(call).Where(static loop => loop.Range.IsInput).Aggregate(0UL, static (bits, loop) => bits | loop.Bit);
        return PassedBy(call)
            .Select(argument => argument with { Loops = argument.Loops & loops, Elements = argument.Elements & loops })
            .Where(static argument => argument.Loops != 0)
            .ToImmutableArray();
    }

    private static IReadOnlyList<LoopArgument> PassedBy(IOperation call) =>
        MemberOf(Root(call), CancellationToken.None).Passed.TryGetValue(call, out var passed) ? passed : [];

    /// <summary>The loops around an operation inside its own body, innermost first, up to one that gives others a turn.</summary>
    private static IReadOnlyList<CpuLoop> LoopsAround(IOperation operation)
    {
        List<ILoopOperation>? loops = null;
        for (var (child, parent) = (operation, operation.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) break;
            if (parent is ILoopOperation loop && RunsEachRound(loop, child)) (loops ??= []).Add(loop);
        }

        if (loops is null) return [];
        var known = MemberOf(Root(operation), CancellationToken.None).Loops;
        var around = new List<CpuLoop>(loops.Count);
        foreach (var loop in loops)
        {
            if (!known.TryGetValue(loop, out var facts) || facts.HasCheckpoint || facts.Yields) break;
            around.Add(facts);
        }

        return around;
    }

    private static bool RunsEachRound(ILoopOperation loop, IOperation part) => loop switch
    {
        IForEachLoopOperation each => each.Collection != part,
        IForLoopOperation counted => !counted.Before.Contains(part),
        _ => true,
    };

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent) operation = parent;
        return operation;
    }

    private static IOperation BodyAround(IOperation operation)
    {
        while (operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation) && operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    private static Member MemberOf(IOperation root, CancellationToken cancellation)
    {
        if (Members.TryGetValue(root, out var known)) return known;
        var member = Read(root, cancellation);
        return Members.GetValue(root, _ => member);
    }

    private static Member Read(IOperation root, CancellationToken cancellation)
    {
        try
        {
            var writes = CpuWrites.Of(root, cancellation);
            if (!writes.HasLoops && !writes.Computes) return writes.Calls.Count == 0 ? Member.Empty : new Member([], [], [], writes.Calls);
            var walk = new CpuWalk(root, writes, cancellation);
            return new Member(walk.Loops, walk.Regions, walk.Passed, writes.Calls);
        }
        catch (InsufficientExecutionStackException)
        {
            // Generated expressions, thousands of levels deep: nothing is said about them.
            return Member.Empty;
        }
    }

    /// <summary>What the walk over one member found.</summary>
    private sealed class Member(
        Dictionary<IOperation, CpuLoop> loops, Dictionary<IOperation, CpuRegion> regions,
        Dictionary<IOperation, IReadOnlyList<LoopArgument>> passed,
        HashSet<string> calls)
    {
        public static readonly Member Empty = new([], [], [], []);

        public Dictionary<IOperation, CpuLoop> Loops { get; } = loops;

        public Dictionary<IOperation, CpuRegion> Regions { get; } = regions;

        public Dictionary<IOperation, IReadOnlyList<LoopArgument>> Passed { get; } = passed;

        public HashSet<string> Calls { get; } = calls;
    }
}
