using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Functions that trials of cascades have found convertible, with all that has to be converted because of them: whoever asks for the fixes
/// of a whole solution asks for each finding below one contract, and each time it is the same cascade.
/// </summary>
/// <remarks>One for each solution, which never changes; safe for concurrent use.</remarks>
internal sealed class KnownCascades
{
    private static readonly ConditionalWeakTable<Solution, KnownCascades> All = new();

    private readonly ConcurrentDictionary<SyntaxNode, int> _functions = new();

    public static KnownCascades Of(Solution solution) => All.GetOrCreateValue(solution);

    /// <summary>Whether a cascade that holds goes through a function whose signature changes; and how many functions it takes.</summary>
    public bool TryGet(SyntaxNode function, out int count) => _functions.TryGetValue(function, out count);

    /// <summary>A cascade held, and nothing that another call might await can break it.</summary>
    public void Add(IReadOnlyCollection<FunctionConversion> functions)
    {
        foreach (var function in functions)
            if (function.Kind == ConversionKind.Signature) _functions[function.Node] = functions.Count;
    }
}
