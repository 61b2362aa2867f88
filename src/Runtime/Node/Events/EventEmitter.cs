// How an emitter works
// --------------------
// The listeners of an event are an array that is replaced when one comes or goes, so an emit calls those that were there when it began.
// A listener may take fewer arguments than are emitted. A listener that gives a promise is called like any other; what becomes of the
// promise matters only when CaptureRejections is set, or nobody handles its rejection.
//
// Invariants:
//   I1  _last and _lastListeners are an event and its listeners as _events has them, or null: whatever changes _events resets them. Names
//       are mostly literals, so the same object comes again and again, and the table is not asked.
//
// Ownership: one thread. Source: Node 20 lib/events.js; for Dispatch lib/internal/event_target.js.

using System.Runtime.ExceptionServices;

namespace Quintet.Node;

/// <summary>Named events with listeners that are called in order, at once. Source: Node's <c>EventEmitter</c>.</summary>
/// <remarks>Belongs to one thread. For one event with a type, <see cref="EventEmitter{T}"/> is faster.</remarks>
public partial class EventEmitter
{
    /// <summary>An event whose listeners are called with each <c>error</c> before those of <c>error</c>, and do not count as such (Node:
    /// <c>events.errorMonitor</c>).</summary>
    public const string ErrorMonitor = "events.errorMonitor";

    private readonly OrderedDictionary<string, EventListener[]> _events = [];
    private HashSet<string>? _warned;
    private int? _maxListeners;
    private bool _isMonitored;
    private string? _last;
    private EventListener[] _lastListeners = [];

    /// <summary>What <see cref="MaxListeners"/> is where nobody has set it. 10 at first.</summary>
    public static int DefaultMaxListeners { get; set; } = 10;

    /// <summary>More listeners of one event than this are reported once, as a likely leak; 0 means any number.</summary>
    public int MaxListeners
    {
        get => _maxListeners ?? DefaultMaxListeners;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _maxListeners = value;
        }
    }

    /// <summary>Called when an event has more listeners than <see cref="MaxListeners"/>; without it, it is a warning of the
    /// <see cref="NodeProcess"/>, or outside of a loop a line on the error stream.</summary>
    public Action<string, int>? MaxListenersExceeded { get; set; }

    /// <summary>Whether the rejection of a promise that a listener gives is an <c>error</c> event (Node: <c>captureRejections</c>).
    /// Default: false, it is then a rejection that nobody handles.</summary>
    public bool CaptureRejections { get; set; }

    /// <summary>The names of the events with listeners, in the order in which they came; <see cref="ErrorMonitor"/>, a symbol in Node,
    /// last.</summary>
    public IReadOnlyCollection<string> EventNames => _isMonitored
        ? [.. _events.Keys.Where(static name => name != ErrorMonitor), ErrorMonitor]
        : [.. _events.Keys];

    /// <summary>Removes a listener; of several equal ones, that which came last.</summary>
    public EventEmitter Off(string name, Delegate listener)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(listener);
        var listeners = _events.TryGetValue(name, out var known) ? known : [];
        var index = Array.FindLastIndex(listeners, each => each.Callback.Equals(listener));
        if (index >= 0) RemoveAt(name, listeners, index);
        else OnNoneRemoved(name);
        return this;
    }

    /// <summary>Removes all listeners of an event, or of all events, the last ones first.</summary>
    public EventEmitter RemoveAllListeners(string? name = null)
    {
        RemovesAll = true;
        try
        {
            foreach (var each in name is null ? EventNames.Where(key => key != "removeListener").ToArray() : [name])
            {
                while (_events.TryGetValue(each, out var listeners)) RemoveAt(each, listeners, listeners.Length - 1);
            }
        }
        finally
        {
            RemovesAll = false;
        }

        OnNoneRemoved(name);
        if (name is not null) return this;
        _events.Clear();
        _last = null;
        return this;
    }

    /// <summary>How many listeners an event has.</summary>
    public int ListenerCount(string name) => _events.TryGetValue(name, out var listeners) ? listeners.Length : 0;

    /// <summary>How often <paramref name="listener"/> listens to an event.</summary>
    public int ListenerCount(string name, Delegate listener) => Listeners(name).Count(each => each.Equals(listener));

    /// <summary>The listeners of an event, in the order in which they are called; a copy.</summary>
    public IReadOnlyList<Delegate> Listeners(string name) =>
        _events.TryGetValue(name, out var listeners) ? Array.ConvertAll(listeners, each => each.Callback) : [];

    /// <summary>Calls the listeners. One that throws keeps the later ones from being called.</summary>
    /// <returns>Whether there were listeners.</returns>
    public bool Emit(string name)
    {
        if (_isMonitored && name == "error") Emit(ErrorMonitor);
        if (!Find(name, out var listeners)) return name != "error" ? false : throw new UnhandledErrorException(null);
        foreach (var listener in listeners)
            if (Enter(name, listener)) listener.Invoke();
        return true;
    }

    /// <summary>Calls the listeners with an argument. <c>error</c> without a listener throws the argument.</summary>
    /// <returns>Whether there were listeners.</returns>
    public bool Emit<T>(string name, T argument)
    {
        if (_isMonitored && name == "error") Emit(ErrorMonitor, argument);
        if (!Find(name, out var listeners)) return name != "error" ? false : ThrowError(argument);
        foreach (var listener in listeners)
            if (Enter(name, listener)) listener.Invoke(argument);
        return true;
    }

    /// <summary>Calls the listeners with two arguments.</summary>
    /// <returns>Whether there were listeners.</returns>
    public bool Emit<T1, T2>(string name, T1 first, T2 second)
    {
        if (_isMonitored && name == "error") Emit(ErrorMonitor, first, second);
        if (!Find(name, out var listeners)) return name != "error" ? false : ThrowError(first);
        foreach (var listener in listeners)
            if (Enter(name, listener)) listener.Invoke(first, second);
        return true;
    }

    /// <summary>Calls the listeners as the web's event target does, which ports are: one that throws does not keep the others from being
    /// called, and one that was taken away meanwhile is not called. What was thrown is an uncaught exception, in a tick.</summary>
    internal void Dispatch<T>(string name, T argument)
    {
        if (!Find(name, out var listeners)) return;
        foreach (var listener in listeners)
        {
            if (!_events.TryGetValue(name, out var left) || Array.IndexOf(left, listener) < 0 || !Enter(name, listener)) continue;
            try
            {
                listener.Invoke(argument);
            }
            catch (Exception error)
            {
                NodeLoop.Current.NextTick((Action)ExceptionDispatchInfo.Capture(error).Throw);
            }
        }
    }

    /// <summary>Whether a listener goes because all do.</summary>
    private protected bool RemovesAll { get; private set; }

    private protected virtual void OnListenerAdded(string name) { }

    private protected virtual void OnListenerRemoved(string name) { }

    /// <summary>Listeners were to be removed, and none is left to be: Node's streams look at who listens then, too.</summary>
    private protected virtual void OnNoneRemoved(string? name) { }

    /// <summary>A listener's promise was rejected, and rejections are captured.</summary>
    private protected virtual void OnListenerRejected(Exception error, string name)
    {
        CaptureRejections = false;
        try
        {
            Emit("error", error);
        }
        finally
        {
            CaptureRejections = true;
        }
    }

    private static bool ThrowError<T>(T argument)
    {
        if (argument is Exception error) ExceptionDispatchInfo.Throw(error);
        throw new UnhandledErrorException(argument);
    }

    private EventEmitter Add(string name, Delegate callback, bool once, bool first, Delegate? target = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(callback);
        if (_events.ContainsKey("newListener")) Emit("newListener", name, callback);
        var listener = new EventListener(callback, target ?? callback, once);
        var listeners = _events.TryGetValue(name, out var known) ? known : [];
        listeners = first ? [listener, .. listeners] : [.. listeners, listener];
        _events[name] = listeners;
        _last = null;
        if (name == ErrorMonitor) _isMonitored = true;
        if (MaxListeners > 0 && listeners.Length > MaxListeners && (_warned ??= []).Add(name)) Warn(name, listeners.Length);
        OnListenerAdded(name);
        return this;
    }

    private void RemoveAt(string name, EventListener[] listeners, int index)
    {
        _last = null;
        if (listeners.Length == 1) _events.Remove(name);
        else _events[name] = [.. listeners[..index], .. listeners[(index + 1)..]];
        if (name == ErrorMonitor) _isMonitored = _events.ContainsKey(name);
        OnListenerRemoved(name);
        if (_events.ContainsKey("removeListener")) Emit("removeListener", name, listeners[index].Callback);
    }

    private bool Find(string name, out EventListener[] listeners)
    {
        if (ReferenceEquals(name, _last))
        {
            listeners = _lastListeners;
            return true;
        }

        if (!_events.TryGetValue(name, out listeners!)) return false;
        _last = name;
        _lastListeners = listeners;
        return true;
    }

    private bool Enter(string name, EventListener listener)
    {
        if (!listener.Once) return true;
        if (listener.HasRun) return false;
        listener.HasRun = true;
        if (_events.TryGetValue(name, out var listeners) && Array.IndexOf(listeners, listener) is >= 0 and var index)
            RemoveAt(name, listeners, index);
        return true;
    }

    /// <summary>A listener's promise: its rejection is an error event if that is asked for.</summary>
    private void Watch(string name, Promise promise)
    {
        if (!CaptureRejections) return;
        promise.Then(static () => { }, error => promise.Loop.NextTick(() => OnListenerRejected(error, name)));
    }

    private void Warn(string name, int count)
    {
        var message = $"Possible EventEmitter memory leak detected. {count} {name} listeners added to {GetType().Name}. "
            + $"MaxListeners is {MaxListeners}. Raise it if so many are meant.";
        if (MaxListenersExceeded is { } handler) handler(name, count);
        else if (NodeLoop.IsRunningHere)
            NodeLoop.Current.Process.EmitWarning(new NodeWarning("MaxListenersExceededWarning", message));
        else Console.Error.WriteLine(message);
    }
}
