using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>
/// What follows an await in a plain async method: a waiter of its own, because such a method may wait for several things at once. It goes
/// on where it was: on the scheduler, on a synchronisation context (a loop, a window), or on the thread pool.
/// </summary>
internal sealed class Continuation : Goroutine, IThreadPoolWorkItem
{
    /// <summary>The guests of strands that run other code's loop: those whose waits have ended, in this order, until they go on.</summary>
    private static readonly ConditionalWeakTable<Goroutine, List<Continuation>> Ended = [];

    private Action? _action;
    private SynchronizationContext? _context;
    private ParkingPlace? _place;

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
    /// What code of another context waits through that runs on a strand's thread, as the code of a loop does which a goroutine runs there.
    /// When it goes on, nothing on its thread tells it from the strand: it is found by what it waited for.
    /// </summary>
    internal static Continuation ForGuest(Goroutine strand, ParkingPlace place, Action action)
    {
        var continuation = For(action);
        if (IsForeign(continuation._context)) (continuation.Resume, continuation._place) = (strand, place);
        return continuation;
    }

    /// <summary>Whose wait at the place has ended and is told to the code that goes on now; null when that is the strand itself.</summary>
    internal static Continuation? TakeEnded(Goroutine strand, ParkingPlace place)
    {
        var context = SynchronizationContext.Current;
        if (!IsForeign(context) || !Ended.TryGetValue(strand, out var ended)) return null;
        lock (ended)
        {
            var index = ended.FindIndex(item => item._place == place && item._context == context);
            if (index < 0) return null;
            var found = ended[index];
            ended.RemoveAt(index);
            return found;
        }
    }

    internal static Continuation For(Action action)
    {
        var continuation = ForThisThread();
        continuation._action = action;
        return continuation;
    }

    internal void Then(Action action) => _action = action;

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
            if (continuation.Resume is { } strand)
            {
                var ended = Ended.GetOrCreateValue(strand);
                lock (ended) ended.Add(continuation);
            }

            if (continuation._context is { } context) context.Post(static state => ((Continuation)state!)._action!(), continuation);
            else ThreadPool.UnsafeQueueUserWorkItem(continuation, preferLocal: true);
        }
    }
}
