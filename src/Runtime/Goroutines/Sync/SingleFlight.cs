// How single flight works
// -----------------------
// A table of calls under way. Who finds its key there waits for that call; the call leaves the table when it ends, or when somebody
// asks to forget it.
//
// Source: golang.org/x/sync/singleflight.

using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Quintet.Goroutines;

/// <summary>Lets concurrent requests for the same thing share one call (Go's <c>x/sync/singleflight.Group</c>).</summary>
/// <typeparam name="TKey">What names the thing.</typeparam>
/// <typeparam name="T">What a call returns.</typeparam>
/// <remarks>Safe for use by any number of goroutines at once.</remarks>
public sealed class SingleFlight<TKey, T>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Call> _calls = [];

    /// <summary>Calls <paramref name="function"/>, or waits for a call under way for the same key.</summary>
    /// <param name="key">What the call is for.</param>
    /// <param name="function">The call. Everybody who waits for it gets its result or its exception.</param>
    /// <returns>What to await: the result, and whether others got it too.</returns>
    public async GoTask<(T Value, bool Shared)> DoAsync(TKey key, Func<GoTask<T>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var call = Join(key, out var first);
        if (first) await RunAsync(key, call, function);
        else await call.Done.WaitAsync();
        return (call.Take(), Volatile.Read(ref call.Followers) > 0);
    }

    /// <summary>As <see cref="DoAsync"/>, and tells the result to a channel.</summary>
    /// <param name="key">What the call is for.</param>
    /// <param name="function">The call.</param>
    /// <param name="file">Filled in by the compiler, for leak reports.</param>
    /// <param name="line">Filled in by the compiler, for leak reports.</param>
    /// <returns>A channel that gets the result, or the exception, once.</returns>
    public IReceiveChan<(T? Value, Exception? Error, bool Shared)> DoChan(
        TKey key, Func<GoTask<T>> function, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(function);
        var result = new Chan<(T?, Exception?, bool)>(1);
        var call = Join(key, out var first);
        Go.Run(TellAsync(key, call, first, function, result), file, line);
        return result;
    }

    /// <summary>Forgets a call under way: the next request for the key starts a new one.</summary>
    /// <param name="key">What the call is for.</param>
    public void Forget(TKey key)
    {
        lock (_gate) _calls.Remove(key);
    }

    private Call Join(TKey key, out bool first)
    {
        lock (_gate)
        {
            first = !_calls.TryGetValue(key, out var call);
            if (first) _calls[key] = call = new Call();
            else call!.Followers++;
            return call;
        }
    }

    private async GoTask TellAsync(TKey key, Call call, bool first, Func<GoTask<T>> function, Chan<(T?, Exception?, bool)> result)
    {
        if (first) await RunAsync(key, call, function);
        else await call.Done.WaitAsync();
        await result.SendAsync((call.Value, call.Error?.SourceException, Volatile.Read(ref call.Followers) > 0));
    }

    private async GoTask RunAsync(TKey key, Call call, Func<GoTask<T>> function)
    {
        try
        {
            call.Value = await function();
        }
        catch (Exception error)
        {
            call.Error = ExceptionDispatchInfo.Capture(error);
        }

        lock (_gate)
        {
            if (_calls.TryGetValue(key, out var current) && current == call) _calls.Remove(key);
        }

        call.Done.Happen();
    }

    private sealed class Call
    {
        internal readonly OneShot Done = new("SingleFlight");
        internal int Followers;

        internal T? Value { get; set; }

        internal ExceptionDispatchInfo? Error { get; set; }

        internal T Take()
        {
            Error?.Throw();
            return Value!;
        }
    }
}
