// How an emitter works
// --------------------
// The listeners of an event are an array that is replaced when one comes or goes, so an emit calls those that were there when it began.
// A listener may take fewer arguments than are emitted. Source: Node lib/events.js.

namespace Quintet.Node;

/// <summary>Named events with listeners that are called in order, at once. Source: Node's <c>EventEmitter</c>.</summary>
/// <remarks>Belongs to one thread. For one event with a type, <see cref="EventEmitter{T}"/> is faster.</remarks>
public partial class EventEmitter
{
    private readonly Dictionary<string, EventListener[]> _events = [];
    private HashSet<string>? _warned;

    /// <summary>More listeners of one event than this are reported once, as a likely leak; 0 means any number.</summary>
    public int MaxListeners { get; set; } = 10;

    /// <summary>Called when an event has more listeners than <see cref="MaxListeners"/>; without it, the error stream is written
    /// to.</summary>
    public Action<string, int>? MaxListenersExceeded { get; set; }

    /// <summary>The names of the events with listeners, in the order in which they came.</summary>
    public IReadOnlyCollection<string> EventNames => _events.Keys;

    /// <summary>Adds a listener without arguments.</summary>
    public EventEmitter On(string name, Action listener) => Add(name, listener, once: false, first: false);

    /// <summary>Adds a listener.</summary>
    public EventEmitter On<T>(string name, Action<T> listener) => Add(name, listener, once: false, first: false);

    /// <summary>Adds a listener with two arguments.</summary>
    public EventEmitter On<T1, T2>(string name, Action<T1, T2> listener) => Add(name, listener, once: false, first: false);

    /// <summary>Adds a listener that is called once: it is gone when it is called.</summary>
    public EventEmitter Once(string name, Action listener) => Add(name, listener, once: true, first: false);

    /// <summary>Adds a listener that is called once: it is gone when it is called.</summary>
    public EventEmitter Once<T>(string name, Action<T> listener) => Add(name, listener, once: true, first: false);

    /// <summary>Adds a listener before the others.</summary>
    public EventEmitter PrependListener(string name, Action listener) => Add(name, listener, once: false, first: true);

    /// <summary>Adds a listener before the others.</summary>
    public EventEmitter PrependListener<T>(string name, Action<T> listener) => Add(name, listener, once: false, first: true);

    /// <summary>Removes a listener; of several equal ones, that which came last.</summary>
    public EventEmitter Off(string name, Delegate listener)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!_events.TryGetValue(name, out var listeners)) return this;
        var index = Array.FindLastIndex(listeners, each => each.Callback.Equals(listener));
        if (index < 0) return this;
        if (listeners.Length == 1) _events.Remove(name);
        else _events[name] = [.. listeners[..index], .. listeners[(index + 1)..]];
        OnListenerRemoved(name);
        if (name != "removeListener" && _events.ContainsKey("removeListener")) Emit("removeListener", name);
        return this;
    }

    /// <summary>Removes all listeners of an event, or of all events.</summary>
    public EventEmitter RemoveAllListeners(string? name = null)
    {
        foreach (var each in name is null ? _events.Keys.Where(key => key != "removeListener").ToArray() : [name])
            if (_events.TryGetValue(each, out var listeners))
                foreach (var listener in listeners.Reverse()) Off(each, listener.Callback);
        if (name is null) _events.Clear();
        return this;
    }

    /// <summary>How many listeners an event has.</summary>
    public int ListenerCount(string name) => _events.TryGetValue(name, out var listeners) ? listeners.Length : 0;

    /// <summary>Calls the listeners. One that throws keeps the later ones from being called.</summary>
    /// <returns>Whether there were listeners.</returns>
    public bool Emit(string name)
    {
        if (!_events.TryGetValue(name, out var listeners)) return name != "error" ? false : throw new UnhandledErrorException(null);
        foreach (var listener in listeners)
            if (Enter(name, listener)) listener.Invoke();
        return true;
    }

    /// <summary>Calls the listeners with an argument. <c>error</c> without a listener throws the argument.</summary>
    /// <returns>Whether there were listeners.</returns>
    public bool Emit<T>(string name, T argument)
    {
        if (!_events.TryGetValue(name, out var listeners)) return name != "error" ? false : ThrowError(argument);
        foreach (var listener in listeners)
            if (Enter(name, listener)) listener.Invoke(argument);
        return true;
    }

    /// <summary>Calls the listeners with two arguments.</summary>
    /// <returns>Whether there were listeners.</returns>
    public bool Emit<T1, T2>(string name, T1 first, T2 second)
    {
        if (!_events.TryGetValue(name, out var listeners)) return name != "error" ? false : ThrowError(first);
        foreach (var listener in listeners)
            if (Enter(name, listener)) listener.Invoke(first, second);
        return true;
    }

    private protected virtual void OnListenerAdded(string name) { }

    private protected virtual void OnListenerRemoved(string name) { }

    private static bool ThrowError<T>(T argument)
    {
        if (argument is Exception error) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        throw new UnhandledErrorException(argument);
    }

    private EventEmitter Add(string name, Delegate callback, bool once, bool first)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(callback);
        if (_events.ContainsKey("newListener")) Emit("newListener", name, callback);
        var listener = new EventListener(callback, once);
        var listeners = _events.TryGetValue(name, out var known) ? known : [];
        listeners = first ? [listener, .. listeners] : [.. listeners, listener];
        _events[name] = listeners;
        if (MaxListeners > 0 && listeners.Length > MaxListeners && (_warned ??= []).Add(name)) Warn(name, listeners.Length);
        OnListenerAdded(name);
        return this;
    }

    private bool Enter(string name, EventListener listener)
    {
        if (!listener.Once) return true;
        if (listener.HasRun) return false;
        listener.HasRun = true;
        Off(name, listener.Callback);
        return true;
    }

    private void Warn(string name, int count)
    {
        if (MaxListenersExceeded is { } handler) handler(name, count);
        else Console.Error.WriteLine($"Possible EventEmitter memory leak detected. {count} {name} listeners added. Raise MaxListeners.");
    }
}
