using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Contexts;

/// <summary>
/// Where a body mentions each of its locals, and its local functions without calling them; one walk per body, however many are asked for.
/// </summary>
internal sealed class LocalUses
{
    private static readonly ConditionalWeakTable<IOperation, LocalUses> Bodies = new();

    private readonly Dictionary<ISymbol, List<IOperation>> _uses = new(SymbolEqualityComparer.Default);

    private LocalUses(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            var used = operation switch
            {
                ILocalReferenceOperation reference => (ISymbol)reference.Local,
                IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function } => function.OriginalDefinition,
                _ => null,
            };
            if (used is null) continue;
            if (!_uses.TryGetValue(used, out var list)) _uses.Add(used, list = []);
            list.Add(operation);
        }
    }

    /// <summary>References to a local or local function in the whole member around a place, in the order of the text.</summary>
    public static IReadOnlyList<IOperation> Of(IOperation place, ISymbol local)
    {
        var body = place;
        while (body.Parent is { } parent) body = parent;
        var uses = Bodies.GetValue(body, static root => new LocalUses(root));
        return uses._uses.TryGetValue(local, out var list) ? list : [];
    }

    /// <summary>The lambda or local function around an operation, null for the member itself.</summary>
    public static IOperation? FunctionAround(IOperation operation)
    {
        var current = operation.Parent;
        while (current is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation)) current = current.Parent;
        return current;
    }

    /// <summary>Whether an operation stands in no other lambda or local function than this one.</summary>
    public static bool StandsIn(IOperation operation, ISymbol function) => FunctionAround(operation) switch
    {
        IAnonymousFunctionOperation { Symbol: var around } => SymbolEqualityComparer.Default.Equals(around, function),
        ILocalFunctionOperation { Symbol: var around } => SymbolEqualityComparer.Default.Equals(around, function),
        _ => true,
    };
}
