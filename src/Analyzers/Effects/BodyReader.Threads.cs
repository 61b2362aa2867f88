using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Quintet.Analyzers.Effects;

// A coroutine that moves itself: from here on the pool, from there back on the loop.
internal sealed partial class BodyReader
{
    /// <summary>The key under which a body knows that it runs on the pool.</summary>
    private const string Pool = "@";

    /// <summary>What is awaited to change threads, by the name that every library of that kind gives it.</summary>
    private static string? NamesAwaited(IOperation awaited) => ExpressionKeys.Strip(awaited) switch
    {
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } inner } => NamesAwaited(inner),
        IInvocationOperation { TargetMethod.Name: var name } => name,
        IObjectCreationOperation { Type.Name: var name } => name,
        IPropertyReferenceOperation { Property: { Name: "Default", ContainingType.Name: "TaskScheduler" } } => "ThreadPool",
        IMemberReferenceOperation { Member.Name: var name } => name,
        _ => null,
    };

    /// <summary><c>await TaskScheduler.Default</c>, <c>SwitchToThreadPool()</c>, <c>new EnsureThreadPool()</c>.</summary>
    private static bool IsPool(string name) =>
        Contains(name, "ThreadPool") || Contains(name, "BackgroundThread")
        || name is "SwitchThread" or "ThreadSwitcher" or "SwitchToBackground";

    private static bool Contains(string name, string part) => name.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;

    private void FollowThread(IOperation awaited)
    {
        if (NamesAwaited(awaited) is not { } name) return;
        if (IsPool(name)) _body.Facts = _body.Facts.And(new PathFact(PathFactKind.OnPool, Pool));
        else if (name.StartsWith("SwitchTo", StringComparison.Ordinal) || Contains(name, "MainThread") || Contains(name, "MainLoop"))
            _body.Facts = _body.Facts.Forget(Pool);
    }
}
