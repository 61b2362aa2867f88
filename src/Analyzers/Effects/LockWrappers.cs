using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

/// <summary>
/// Members that take locks for their callers, by symbol. Only what the text of a member tells its callers is looked at
/// (<see cref="LockTelling"/>), so that a body that calls one need not be read anew whenever that one is edited.
/// </summary>
/// <remarks>Safe for concurrent use; one instance per compilation.</remarks>
internal sealed class LockWrappers(MemberReader member)
{
    /// <summary>Wrappers of wrappers, as deep as anybody stacks them; a wrapper may call itself.</summary>
    public const int Deepest = 4;

    // By depth as well: what is cut off because it lies too deep may be looked at from nearer, whoever was asked first.
    private readonly ConcurrentDictionary<IMethodSymbol, LockWrapper>[] _known =
        [.. Enumerable.Range(0, Deepest)
            .Select(static _ => new ConcurrentDictionary<IMethodSymbol, LockWrapper>(SymbolEqualityComparer.Default))];

    /// <summary>The wrapper that a call runs; null for any other call, and where another body may run.</summary>
    public LockWrapper? Called(IMethodSymbol target, IOperation? receiver, int depth, CancellationToken cancellation)
    {
        var definition = (target.ReducedFrom ?? target).OriginalDefinition;
        if (definition.PartialImplementationPart is { } implementation) definition = implementation;
        if (!SourceModels.HasSource(definition) || definition.IsAbstract || BodyReader.IsDispatched(definition, receiver)) return null;
        return Of(definition, depth, cancellation);
    }

    /// <returns>Null for a member that wraps no lock.</returns>
    public LockWrapper? Of(IMethodSymbol method, int depth, CancellationToken cancellation)
    {
        if (depth == 0 || (member.ShapeOf(method) & SymbolShape.TellsOfLocks) == 0) return null;
        var known = _known[depth - 1];
        if (!known.TryGetValue(method, out var wrapper))
            wrapper = known.GetOrAdd(method, new LockWrapperReader(member, this, method, depth, cancellation).Read());
        return wrapper.IsNothing ? null : wrapper;
    }

    /// <summary>Whether an object gives up such a lock when it is disposed of.</summary>
    public bool IsGivenUpBy(ITypeSymbol? type, IReadOnlyList<string> members, int depth, CancellationToken cancellation)
    {
        for (var current = type as INamedTypeSymbol; current is not null && SourceModels.HasSource(current); current = current.BaseType)
        {
            foreach (var candidate in current.OriginalDefinition.GetMembers())
            {
                if (candidate is not IMethodSymbol { Parameters.IsEmpty: true, IsStatic: false } dispose
                    || dispose.Name != "Dispose" && !dispose.Name.EndsWith(".Dispose", StringComparison.Ordinal)) continue;
                return Of(dispose, depth, cancellation) is { } end
                    && end.Gives.Any(given => given.Members.Any(members.Contains));
            }
        }

        return false;
    }
}
