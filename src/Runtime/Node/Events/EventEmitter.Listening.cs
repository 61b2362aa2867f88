namespace Quintet.Node;

public partial class EventEmitter
{
    /// <summary>Adds a listener without arguments.</summary>
    public EventEmitter On(string name, Action listener) => Add(name, listener, once: false, first: false);

    /// <summary>Adds a listener.</summary>
    public EventEmitter On<T>(string name, Action<T> listener) => Add(name, listener, once: false, first: false);

    /// <summary>Adds a listener with two arguments.</summary>
    public EventEmitter On<T1, T2>(string name, Action<T1, T2> listener) => Add(name, listener, once: false, first: false);

    /// <summary>Adds an asynchronous listener without arguments; see <see cref="CaptureRejections"/>.</summary>
    public EventEmitter On(string name, Func<Promise> listener) => Add(name, listener, once: false, first: false, Watched(name, listener));

    /// <summary>Adds an asynchronous listener; see <see cref="CaptureRejections"/>.</summary>
    public EventEmitter On<T>(string name, Func<T, Promise> listener) =>
        Add(name, listener, once: false, first: false, Watched(name, listener));

    /// <summary>Adds a listener that is called once: it is gone when it is called.</summary>
    public EventEmitter Once(string name, Action listener) => Add(name, listener, once: true, first: false);

    /// <summary>Adds a listener that is called once: it is gone when it is called.</summary>
    public EventEmitter Once<T>(string name, Action<T> listener) => Add(name, listener, once: true, first: false);

    /// <summary>Adds a listener with two arguments that is called once: it is gone when it is called.</summary>
    public EventEmitter Once<T1, T2>(string name, Action<T1, T2> listener) => Add(name, listener, once: true, first: false);

    /// <summary>Adds an asynchronous listener that is called once.</summary>
    public EventEmitter Once(string name, Func<Promise> listener) => Add(name, listener, once: true, first: false, Watched(name, listener));

    /// <summary>Adds an asynchronous listener that is called once.</summary>
    public EventEmitter Once<T>(string name, Func<T, Promise> listener) =>
        Add(name, listener, once: true, first: false, Watched(name, listener));

    /// <summary>Adds a listener before the others.</summary>
    public EventEmitter PrependListener(string name, Action listener) => Add(name, listener, once: false, first: true);

    /// <summary>Adds a listener before the others.</summary>
    public EventEmitter PrependListener<T>(string name, Action<T> listener) => Add(name, listener, once: false, first: true);

    /// <summary>Adds a listener that is called once, before the others.</summary>
    public EventEmitter PrependOnceListener(string name, Action listener) => Add(name, listener, once: true, first: true);

    /// <summary>Adds a listener that is called once, before the others.</summary>
    public EventEmitter PrependOnceListener<T>(string name, Action<T> listener) => Add(name, listener, once: true, first: true);

    private Action Watched(string name, Func<Promise> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        return () => Watch(name, listener());
    }

    private Action<T> Watched<T>(string name, Func<T, Promise> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        return argument => Watch(name, listener(argument));
    }
}
