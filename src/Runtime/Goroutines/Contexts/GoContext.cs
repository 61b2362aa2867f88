// How contexts work
// -----------------
// A tree: a context that can end knows its children that can, and ends them with it. The end of a context is the closing of its Done
// channel, once, with an error that says how and a cause that says why.
//
// Invariants: C1 Error is null  <=>  Done is open. C2 a context ends at the latest with its parent. C3 an ended context has no children.
//
// Locking: each context has its own lock; a parent's lock may be held while a child's is taken, never the other way round.
//
// Source: package context; context/context.go, context/x_test.go.

using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Carries a deadline, a cancellation and values across calls (Go's <c>context.Context</c>).</summary>
/// <remarks>Safe for use by any number of goroutines at once. A class of one's own can derive from it; contexts derived from that follow
/// it.</remarks>
public abstract partial class GoContext
{
    /// <summary>The root of all contexts: never ends, has no values.</summary>
    public static GoContext Background { get; } = new RootContext("context.Background");

    /// <summary>As <see cref="Background"/>, for code that does not know its context yet.</summary>
    public static GoContext Todo { get; } = new RootContext("context.TODO");

    /// <summary>When the context will end by itself; null for never.</summary>
    public abstract DateTimeOffset? Deadline { get; }

    /// <summary>Is closed when the context ends; the nil channel for one that cannot end.</summary>
    public abstract IReceiveChan<Unit> Done { get; }

    /// <summary>Null while the context goes on; then how it ended.</summary>
    public abstract Exception? Error { get; }

    /// <summary>Why the context ended: what was given as the cause, otherwise <see cref="Error"/>. Null while it goes on.</summary>
    public Exception? Cause => (Value(CancelContext.Key) as CancelContext)?.CauseOfEnd ?? Error;

    /// <summary>Looks a value up, here and in the parents.</summary>
    /// <param name="key">The key, compared with Equals.</param>
    /// <returns>The value, or null.</returns>
    public abstract object? Value(object key);

    /// <summary>Derives a context that can be cancelled.</summary>
    /// <param name="parent">The parent.</param>
    /// <returns>The context, and what cancels it. Call that in any case, to let the parent forget the child.</returns>
    /// <exception cref="ArgumentNullException">cannot create context from nil parent.</exception>
    public static (GoContext Context, Action Cancel) WithCancel(GoContext parent)
    {
        var context = new CancelContext(Checked(parent));
        context.FollowParent();
        return (context, () => context.End(ContextCanceledException.Instance, null, forget: true));
    }

    /// <summary>Derives a context that can be cancelled with a cause.</summary>
    /// <param name="parent">The parent.</param>
    /// <returns>The context, and what cancels it; a null cause means <see cref="ContextCanceledException"/>.</returns>
    /// <exception cref="ArgumentNullException">cannot create context from nil parent.</exception>
    public static (GoContext Context, Action<Exception?> Cancel) WithCancelCause(GoContext parent)
    {
        var context = new CancelContext(Checked(parent));
        context.FollowParent();
        return (context, cause => context.End(ContextCanceledException.Instance, cause, forget: true));
    }

    /// <summary>Derives a context that ends at a time.</summary>
    /// <param name="parent">The parent. An earlier deadline of it stays.</param>
    /// <param name="deadline">When, by the current scheduler's clock.</param>
    /// <param name="cause">Told as the cause when the time is over; null: the error itself.</param>
    /// <returns>The context, and what cancels it.</returns>
    /// <exception cref="ArgumentNullException">cannot create context from nil parent.</exception>
    public static (GoContext Context, Action Cancel) WithDeadline(GoContext parent, DateTimeOffset deadline, Exception? cause = null)
    {
        if (Checked(parent).Deadline is { } earlier && earlier < deadline) return WithCancel(parent);
        var context = new DeadlineContext(parent, deadline, cause);
        context.FollowParent();
        context.Arm();
        return (context, () => context.End(ContextCanceledException.Instance, null, forget: true));
    }

    /// <summary>Derives a context that ends after a time.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="timeout">How long from now; zero or less: ended already.</param>
    /// <param name="cause">Told as the cause when the time is over; null: the error itself.</param>
    /// <returns>The context, and what cancels it.</returns>
    /// <exception cref="ArgumentNullException">cannot create context from nil parent.</exception>
    public static (GoContext Context, Action Cancel) WithTimeout(GoContext parent, TimeSpan timeout, Exception? cause = null)
    {
        var now = GoScheduler.Current.TimeProvider.GetUtcNow();
        var deadline = timeout > DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue
            : timeout < DateTimeOffset.MinValue - now ? DateTimeOffset.MinValue
            : now + timeout;
        return WithDeadline(parent, deadline, cause);
    }

    /// <summary>Derives a context with a value.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="key">The key; a type of one's own avoids collisions.</param>
    /// <param name="value">The value.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentNullException">cannot create context from nil parent, or nil key.</exception>
    public static GoContext WithValue(GoContext parent, object key, object? value)
    {
        if (key is null) throw new ArgumentNullException(nameof(key), "nil key");
        return new ValueContext(Checked(parent), key, value);
    }

    /// <summary>Derives a context that keeps the values and does not end with its parent.</summary>
    /// <param name="parent">The parent.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentNullException">cannot create context from nil parent.</exception>
    public static GoContext WithoutCancel(GoContext parent) => new DetachedContext(Checked(parent));

    /// <summary>Starts a goroutine when the context ends; at once when it has ended.</summary>
    /// <param name="context">The context.</param>
    /// <param name="body">What the goroutine does.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <returns>Calls the start off; tells whether that was in time.</returns>
    public static Func<bool> AfterFunc(
        GoContext context, Func<GoTask> body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(body);
        var after = new AfterContext(context, body, GoScheduler.Current, file, line);
        after.FollowParent();
        return after.CallOff;
    }

    private static GoContext Checked(GoContext parent) =>
        parent ?? throw new ArgumentNullException(nameof(parent), "cannot create context from nil parent");
}
