namespace Quintet.Loops;

/// <summary>The execution context (async-local values) around a callback.</summary>
internal static class AmbientContext
{
    /// <summary>The context without a value. Captured on a thread that never had one.</summary>
    internal static readonly ExecutionContext Empty = CaptureEmpty();

    internal static ExecutionContext Capture() => ExecutionContext.Capture() ?? Empty;

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
