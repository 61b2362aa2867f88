namespace Quintet.Goroutines;

/// <summary>
/// What follows an await in a plain async method: a waiter of its own, because such a method may wait for several things at once. It goes
/// on where it was: on the scheduler, on a synchronisation context (a loop, a window), or on the thread pool.
/// </summary>
internal sealed class Continuation : Goroutine, IThreadPoolWorkItem
{
    private Action? _action;
    private SynchronizationContext? _context;

    /// <summary>The waiter of an operation that this thread is about to try.</summary>
    internal static Continuation ForThisThread()
    {
        var processor = Processor.Current;
        return new Continuation
        {
            Record = processor is null ? Elsewhere.Instance : processor.Home,
            _context = SynchronizationContext.Current,
        };
    }

    internal static Continuation For(Action action)
    {
        var continuation = ForThisThread();
        continuation._action = action;
        return continuation;
    }

    internal void Then(Action action) => _action = action;

    internal override void Step()
    {
        var previous = SynchronizationContext.Current;
        if (!ReferenceEquals(previous, _context)) SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            _action!();
        }
        finally
        {
            if (!ReferenceEquals(previous, _context)) SynchronizationContext.SetSynchronizationContext(previous);
        }
    }

    void IThreadPoolWorkItem.Execute() => _action!();

    internal override string Describe() =>
        _action?.Target is { } target
            ? FrameNames.Of(target.GetType().GenericTypeArguments is [.., var machine] ? machine : target.GetType())
            : "a continuation";

    private sealed class Elsewhere() : GoroutineRecord(null)
    {
        internal static readonly Elsewhere Instance = new();

        internal override void Inject(Goroutine goroutine)
        {
            var continuation = (Continuation)goroutine;
            if (continuation._context is { } context) context.Post(static state => ((Continuation)state!)._action!(), continuation);
            else ThreadPool.UnsafeQueueUserWorkItem(continuation, preferLocal: true);
        }
    }
}
