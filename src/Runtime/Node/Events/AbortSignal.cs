// How a signal works
// ------------------
// Aborting sets the reason, then calls the listeners in the order in which they came, at once. A listener that throws does not keep the
// others from being called: what it threw is an uncaught exception of the loop, in a tick. A signal that depends on others (Any) depends
// on those that depend on none, and is aborted after their listeners were called, in the order in which it was made.
//
// Who is next is known before a listener is called, and a listener that was taken back knows who came after it. So one that is added
// meanwhile is called, unless the last one adds it, or one whose successor was the last and is taken back.
//
// A signal knows those that depend on it weakly, so that a long life of one does not lengthen theirs. One that has listeners, or whose
// token was given away, is held by those that it depends on: somebody wants to hear of it.
//
// Source: WHATWG DOM, 3.1 (AbortController); Node 20 lib/internal/abort_controller.js, lib/internal/event_target.js.

namespace Quintet.Node;

/// <summary>Tells that somebody wants an operation to end. Source: the web's <c>AbortSignal</c>, as Node has it.</summary>
public sealed class AbortSignal
{
    private readonly Listener _first = new(null);
    private readonly List<Dependent> _dependents = [];
    private int _mostDependents = 16;
    private AbortSignal[] _sources = [];
    private Dependent? _asDependent;
    private bool _tells;
    private bool _gaveToken;
    private readonly CancellationTokenSource _source = new();

    internal AbortSignal() { }

    /// <summary>Whether it was aborted.</summary>
    public bool IsAborted { get; private set; }

    /// <summary>Why, if it was aborted.</summary>
    public Exception? Reason { get; private set; }

    /// <summary>Cancelled when it is aborted, for the base library.</summary>
    public CancellationToken Token
    {
        get
        {
            _gaveToken = true;
            _asDependent?.Held = this;
            return _source.Token;
        }
    }

    /// <summary>A signal that is aborted already (<c>AbortSignal.abort</c>).</summary>
    public static AbortSignal Aborted(Exception? reason = null)
    {
        var signal = new AbortSignal();
        signal.Abort(reason ?? new AbortError("This operation was aborted"));
        return signal;
    }

    /// <summary>A signal that is aborted with a <see cref="TimeoutException"/> after a time; it does not hold the loop
    /// (<c>AbortSignal.timeout</c>).</summary>
    /// <param name="milliseconds">As in <see cref="NodeLoop.SetTimeout(Action, double)"/>.</param>
    public static AbortSignal Timeout(double milliseconds)
    {
        var signal = new AbortSignal();
        NodeLoop.Current.SetTimeout(
            () => signal.Abort(new TimeoutException("The operation was aborted due to timeout")), milliseconds).Unref();
        return signal;
    }

    /// <summary>A signal that is aborted with the first of others, for its reason (<c>AbortSignal.any</c>).</summary>
    public static AbortSignal Any(params IEnumerable<AbortSignal> signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        var any = new AbortSignal();
        var given = signals.ToArray();
        AbortSignal[] sources = [.. given.SelectMany(static one => one._sources.Length > 0 ? one._sources : [one]).Distinct()];
        if (given.Concat(sources).FirstOrDefault(static one => one.IsAborted) is { } aborted)
        {
            any.Abort(aborted.Reason!);
            return any;
        }

        any._sources = sources;
        any._asDependent = new Dependent(any);
        foreach (var source in sources) source.Add(any._asDependent);
        return any;
    }

    /// <summary>A signal that is aborted when a token is cancelled; on the loop, in a poll phase, if another thread cancels it.</summary>
    public static AbortSignal From(CancellationToken token)
    {
        var signal = new AbortSignal();
        var loop = NodeLoop.Current;
        token.Register(() =>
        {
            var reason = new OperationCanceledException(token);
            if (loop.Core.IsOwnThread) signal.Abort(reason);
            else loop.Send(() => signal.Abort(reason));
        });
        return signal;
    }

    /// <summary>Calls <paramref name="listener"/> once, when it is aborted; never, if that has happened. Adding it twice is adding it
    /// once.</summary>
    public void AddListener(Action listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        if (IsAborted && !_tells) return;
        var last = _first;
        for (; last.Next is { } next; last = next)
            if (next.Call == listener) return;
        last.Next = new Listener(listener);
        _asDependent?.Held = this;
    }

    /// <summary>Takes a listener back.</summary>
    public void RemoveListener(Action listener)
    {
        for (var before = _first; before.Next is { } one; before = one)
        {
            if (one.Call != listener) continue;
            before.Next = one.Next;
            one.IsGone = true;
            if (_first.Next is null && !_gaveToken) _asDependent?.Held = null;
            return;
        }
    }

    /// <summary>Throws the reason if it was aborted.</summary>
    public void ThrowIfAborted()
    {
        if (Reason is not null) throw Reason;
    }

    internal void Abort(Exception reason)
    {
        if (IsAborted) return;
        IsAborted = true;
        Reason = reason;
        Call(_source.Cancel);
        _tells = true;
        for (var one = _first.Next; one is not null;)
        {
            var next = one.Next;
            if (!one.IsGone) Call(one.Call!);
            one = next;
        }

        _tells = false;
        _first.Next = null;
        _asDependent?.Held = null;
        foreach (var dependent in _dependents) dependent.Signal?.Abort(reason);
        _dependents.Clear();
    }

    private void Add(Dependent dependent)
    {
        // Those that are gone are looked for when there are twice as many as there were: a step for each that is added.
        if (_dependents.Count >= _mostDependents)
        {
            _dependents.RemoveAll(static one => one.Signal is null);
            _mostDependents = Math.Max(16, 2 * _dependents.Count);
        }

        _dependents.Add(dependent);
    }

    private static void Call(Action listener)
    {
        try
        {
            listener();
        }
        catch (Exception error) when (NodeLoop.IsRunningHere)
        {
            NodeLoop.Current.NextTick(() => System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error));
        }
    }

    /// <summary>A signal as those know it on which it depends.</summary>
    private sealed class Dependent(AbortSignal signal)
    {
        private readonly WeakReference<AbortSignal> _signal = new(signal);

        /// <summary>The signal, while somebody wants to hear of it.</summary>
        internal AbortSignal? Held { get; set; }

        internal AbortSignal? Signal => Held ?? (_signal.TryGetTarget(out var signal) ? signal : null);
    }

    /// <summary>A listener, who comes after it, and whether it was taken back.</summary>
    private sealed class Listener(Action? call)
    {
        internal Action? Call { get; } = call;

        internal Listener? Next { get; set; }

        internal bool IsGone { get; set; }
    }
}
