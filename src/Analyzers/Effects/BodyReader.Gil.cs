using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Where a global interpreter lock is taken by a scope, and where it is given up around a piece of work.
internal sealed partial class BodyReader
{
    private static bool IsGil(IMethodSymbol method, string name) =>
        method.Name == name && method.ContainingType is { Name: "GlobalInterpreterLock" } type
            && TypeShape.IsIn(type, "Quintet", "GilThreads");

    private void TrackGil(IInvocationOperation call)
    {
        if (IsGil(call.TargetMethod, "Enter") && ScopeOf(call.Syntax) is { } scope) _body.Gil(scope, GilHold.Held);
    }

    /// <summary>
    /// <c>gil.AllowThreads(() =&gt; …)</c> and <c>gil.AllowThreads(Read)</c>: what is written there runs without the lock.
    /// </summary>
    private void TrackRelease(IOperation function)
    {
        if (HandedTo.Call(function) is { } call && IsGil(call.TargetMethod, "AllowThreads"))
            _body.Gil(function.Syntax.Span, GilHold.Released);
    }
}
