using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Effects;

// Events that say themselves whether they are set: who has asked does not wait.
internal sealed partial class BodyReader
{
    private static bool IsEvent(ITypeSymbol? type) =>
        type is { Name: "ManualResetEventSlim" or "CountdownEvent", ContainingNamespace.Name: "Threading" };

    /// <summary>On every path to the wait the event was seen to be set, and not reset since.</summary>
    private bool IsSetEvent(ISymbol target, IOperation? receiver) =>
        IsEvent(target.ContainingType) && ExpressionKeys.Of(receiver) is { } key && _body.Facts.IsCompleted(key);
}
