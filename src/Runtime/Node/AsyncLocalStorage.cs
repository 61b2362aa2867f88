namespace Quintet.Node;

/// <summary>A value that follows callbacks: ticks, microtasks, timers, immediates, pool and promise callbacks see what was there when
/// they were
/// asked for.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <remarks>An <see cref="AsyncLocal{T}"/> under Node's name. Source: <c>async_hooks.AsyncLocalStorage</c>.</remarks>
public sealed class AsyncLocalStorage<T>
{
    private readonly AsyncLocal<T?> _value = new();

    /// <summary>The value here, or the type's default.</summary>
    public T? GetStore() => _value.Value;

    /// <summary>Sets the value for the rest of the running callback and all that it starts.</summary>
    public void EnterWith(T store) => _value.Value = store;

    /// <summary>No value for the rest of the running callback and all that it starts (Node: <c>disable</c>, which affects all
    /// callbacks).</summary>
    public void Clear() => _value.Value = default;

    /// <summary>Runs <paramref name="callback"/> without a value.</summary>
    public void Exit(Action callback) => Run(default!, callback);

    /// <summary>Runs <paramref name="callback"/> without a value, for its result.</summary>
    public TResult Exit<TResult>(Func<TResult> callback) => Run(default!, callback);

    /// <summary>Runs <paramref name="callback"/> with the value.</summary>
    public void Run(T store, Action callback) => Run(store, () =>
    {
        callback();
        return true;
    });

    /// <summary>Runs <paramref name="callback"/> with the value, for its result.</summary>
    public TResult Run<TResult>(T store, Func<TResult> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var outer = _value.Value;
        _value.Value = store;
        try
        {
            return callback();
        }
        finally
        {
            _value.Value = outer;
        }
    }
}
