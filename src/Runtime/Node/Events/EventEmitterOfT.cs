namespace Quintet.Node;

/// <summary>One event with a typed argument: an emit is a loop over an array of delegates.</summary>
/// <typeparam name="T">The type of the argument.</typeparam>
/// <remarks>Belongs to one thread. The listeners that are called are those that were there when the emit began.</remarks>
public sealed class EventEmitter<T>
{
    private Action<T>[] _listeners = [];

    /// <summary>How many listeners there are.</summary>
    public int ListenerCount => _listeners.Length;

    /// <summary>Adds a listener.</summary>
    public void On(Action<T> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        _listeners = [.. _listeners, listener];
    }

    /// <summary>Adds a listener that is called once.</summary>
    public void Once(Action<T> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        Action<T>? once = null;
        once = argument =>
        {
            Off(once!);
            listener(argument);
        };
        On(once);
    }

    /// <summary>Removes a listener; of several equal ones, that which came last.</summary>
    public void Off(Action<T> listener)
    {
        var index = Array.LastIndexOf(_listeners, listener);
        if (index >= 0) _listeners = [.. _listeners[..index], .. _listeners[(index + 1)..]];
    }

    /// <summary>Calls the listeners.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Emit(T argument)
    {
        var listeners = _listeners;
        foreach (var listener in listeners) listener(argument);
        return listeners.Length > 0;
    }
}
