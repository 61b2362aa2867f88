using Quintet.Loops;

namespace Quintet.Node;

/// <summary>Takes all values of all <see cref="AsyncLocalStorage{T}"/>s along. Source: the static members of Node's
/// <c>AsyncLocalStorage</c>.</summary>
public static class AsyncLocalStorage
{
    /// <summary>A function that calls <paramref name="callback"/> with the values that are here now, wherever it is called.</summary>
    public static Action Bind(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var run = Snapshot();
        return () => run(callback);
    }

    /// <summary>A function that calls <paramref name="callback"/> with the values that are here now, wherever it is called.</summary>
    public static Action<T> Bind<T>(Action<T> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var run = Snapshot();
        return argument => run(() => callback(argument));
    }

    /// <summary>A function that calls others with the values that are here now.</summary>
    public static Action<Action> Snapshot()
    {
        var context = AmbientContext.Capture();
        return callback =>
        {
            ArgumentNullException.ThrowIfNull(callback);
            var outer = AmbientContext.Capture();
            AmbientContext.Enter(context);
            try
            {
                callback();
            }
            finally
            {
                AmbientContext.Enter(outer);
            }
        };
    }
}
