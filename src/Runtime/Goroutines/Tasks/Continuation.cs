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
        var context = SynchronizationContext.Current;
        return new Continuation
        {
            // A goroutine can run a loop on its thread. What waits there goes on there, and not on the scheduler.
            Record = processor is null || IsForeign(context) ? Elsewhere.Instance : processor.Home,
            _context = context,
        };
    }

    /// <summary>
    /// Code of another context is about to wait on a strand's thread; or the strand itself is, which cannot be told yet. So the waiter is
    /// the continuation of the one, and leads back to the other when it was not used.
    /// </summary>
    internal static void StandIn(ref Goroutine? waiter)
    {
        if (!IsForeign(SynchronizationContext.Current)) return;
        var continuation = ForThisThread();
        continuation.Resume = waiter;
        continuation.Bits |= NodeBits.HasGuests; // whose the outcome is has to be asked
        waiter = continuation;
    }

    /// <summary>The strand for which this stands in and which waited itself; null when this waited.</summary>
    internal Goroutine? InsteadOf => Resume;

    internal static Continuation For(Action action)
    {
        var continuation = ForThisThread();
        continuation._action = action;
        return continuation;
    }

    internal void Then(Action action)
    {
        _action = action;
        Resume = null;
        Bits &= ~NodeBits.HasGuests;
    }

    private static bool IsForeign(SynchronizationContext? context) => context is not (null or GoSynchronizationContext);

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
