namespace Quintet.Loops;

/// <summary>The execution context (async-local values) around a callback.</summary>
internal static class AmbientContext
{
    /// <summary>The context without a value. Captured on a thread that never had one.</summary>
    internal static readonly ExecutionContext Empty = CaptureEmpty();

    internal static ExecutionContext Capture() => ExecutionContext.Capture() ?? Empty;

    /// <summary>
    /// Puts <paramref name="context"/> in place, where <paramref name="current"/> is known to be: saves a look at the thread.
    /// </summary>
    internal static void Enter(ExecutionContext context, ref ExecutionContext current)
    {
        if (current == context) return;
        ExecutionContext.Restore(context);
        current = context;
    }

    /// <summary>Puts <paramref name="context"/> in place, where the empty one is known to be.</summary>
    internal static void EnterFromEmpty(ExecutionContext context)
    {
        if (context != Empty) ExecutionContext.Restore(context);
    }

    internal static void Enter(ExecutionContext context)
    {
        if (ExecutionContext.Capture() != context) ExecutionContext.Restore(context);
    }

    private static ExecutionContext CaptureEmpty()
    {
        ExecutionContext? context = null;
        var thread = new Thread(() => context = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return context!;
    }
}
