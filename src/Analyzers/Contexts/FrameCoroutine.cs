using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>
/// Unity's coroutines: iterators that the frame loop continues, once <c>StartCoroutine</c> was given one, or another that is continued
/// yields it.
/// </summary>
internal static class FrameCoroutine
{
    /// <summary>A method whose call may give one; whether somebody starts it is another question.</summary>
    public static bool MayBe(IMethodSymbol method) => method.ReturnType.SpecialType == SpecialType.System_Collections_IEnumerator;

    /// <summary><c>Invoke(nameof(Save), 1)</c>: Unity finds the method by its name.</summary>
    public static bool IsCalledByName(INameOfOperation name) => HandedTo.Call(name) is { TargetMethod.ContainingType: var type }
        && type.Name == "MonoBehaviour" && TypeShape.IsIn(type, "UnityEngine");

    /// <summary><c>yield return Load();</c> in a coroutine: the frame loop continues that one first.</summary>
    public static bool GoesOnWith(IOperation yielded)
    {
        while (yielded is IConversionOperation conversion) yielded = conversion.Operand;
        return yielded is { Type.SpecialType: SpecialType.System_Collections_IEnumerator, SemanticModel: { } model }
            && model.GetEnclosingSymbol(yielded.Syntax.SpanStart) is IMethodSymbol around && MayBe(around)
            && model.Compilation.GetTypeByMetadataName("UnityEngine.MonoBehaviour") is not null;
    }
}
