namespace Quintet.Goroutines;

/// <summary>A select written as one expression: <c>await Select.Case(c, v => …).Case(d, 1, () => …).Default(() => …)</c>.</summary>
/// <remarks>The handler of the chosen case runs before the await ends. For a loop, a <see cref="Select"/> made once allocates
/// less.</remarks>
public sealed class SelectStatement
{
    private readonly Select _select = new();
    private readonly List<Action?> _handlers = [];

    internal SelectStatement()
    {
    }

    /// <summary>Adds a receive.</summary>
    /// <typeparam name="T">What the channel carries.</typeparam>
    /// <param name="channel">From where; null disables the case.</param>
    /// <param name="handler">Gets what was received when the case is chosen.</param>
    /// <returns>This statement.</returns>
    public SelectStatement Case<T>(IReceiveChan<T>? channel, Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var added = _select.Receive(channel);
        _handlers.Add(() => handler(added.Value));
        return this;
    }

    /// <summary>Adds a receive that distinguishes a value from the end.</summary>
    /// <typeparam name="T">What the channel carries.</typeparam>
    /// <param name="channel">From where; null disables the case.</param>
    /// <param name="handler">Gets the value, and whether a sender sent it.</param>
    /// <returns>This statement.</returns>
    public SelectStatement Case<T>(IReceiveChan<T>? channel, Action<T, bool> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var added = _select.Receive(channel);
        _handlers.Add(() => handler(added.Value, added.Ok));
        return this;
    }

    /// <summary>Adds a send.</summary>
    /// <typeparam name="T">What the channel carries.</typeparam>
    /// <param name="channel">Where to; null disables the case.</param>
    /// <param name="value">What is sent.</param>
    /// <param name="handler">Runs when the value was sent.</param>
    /// <returns>This statement.</returns>
    public SelectStatement Case<T>(ISendChan<T>? channel, T value, Action? handler = null)
    {
        _select.Send(channel, value);
        _handlers.Add(handler);
        return this;
    }

    /// <summary>Adds a time-out.</summary>
    /// <param name="delay">How long to wait for the other cases.</param>
    /// <param name="handler">Runs when none was ready for so long.</param>
    /// <returns>This statement.</returns>
    public SelectStatement After(TimeSpan delay, Action handler)
    {
        _select.After(delay);
        _handlers.Add(handler);
        return this;
    }

    /// <summary>Adds the end of a context.</summary>
    /// <param name="context">The context.</param>
    /// <param name="handler">Runs when it ended.</param>
    /// <returns>This statement.</returns>
    public SelectStatement Done(GoContext context, Action handler)
    {
        _select.Done(context);
        _handlers.Add(handler);
        return this;
    }

    /// <summary>Adds a default: chosen when no other case is ready.</summary>
    /// <param name="handler">Runs then.</param>
    /// <returns>This statement.</returns>
    public SelectStatement Default(Action handler)
    {
        _select.Default();
        _handlers.Add(handler);
        return this;
    }

    /// <summary>Waits until a case can proceed, makes its operation and runs its handler.</summary>
    /// <returns>The awaiter, for the compiler. The await returns the number of the chosen case, from 0 in the order of adding.</returns>
    public GoTaskAwaiter<int> GetAwaiter() => RunAsync().GetAwaiter();

    /// <summary>As await does, but blocks the calling code meanwhile.</summary>
    /// <returns>The number of the chosen case.</returns>
    public int Wait()
    {
        var chosen = _select.Wait();
        _handlers[chosen]?.Invoke();
        return chosen;
    }

    private async GoTask<int> RunAsync()
    {
        var chosen = await _select;
        _handlers[chosen]?.Invoke();
        return chosen;
    }
}
