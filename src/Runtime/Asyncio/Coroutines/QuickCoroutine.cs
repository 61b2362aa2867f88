namespace Quintet.Asyncio;

/// <summary>A coroutine of the library that mostly needs no wait; if it does, an ordinary coroutine waits for it.</summary>
/// <remarks>Cold as any coroutine: nothing happens before it is awaited. Each thread keeps some for reuse.</remarks>
internal abstract class QuickCoroutine<TSelf, T> : CoroutineBox<T>
    where TSelf : QuickCoroutine<TSelf, T>, new()
{
    private const int MaxPooled = 64;

    [ThreadStatic]
    private static Stack<TSelf>? _pool;

    private CoroutineBox<T>? _waiting;

    internal override bool IsQuick => true;

    internal override void MoveNext()
    {
        if (_waiting is { } waiting)
        {
            _waiting = null;
            Value = waiting.Value;
            var error = waiting.Error;
            waiting.Recycle();
            Finish(error);
        }
        else if (TryFinish()) Finish(null);
        else
        {
            var wait = Wait();
            _waiting = wait.Box;
            Task!.Descend(wait.Box, wait.Version, this);
        }
    }

    internal override void Recycle()
    {
        Version++;
        Value = default!;
        Error = null;
        Parent = null;
        Task = null;
        State = Phase.Created;
        Forget();
        var pool = _pool ??= new Stack<TSelf>();
        if (pool.Count < MaxPooled) pool.Push((TSelf)this);
    }

    /// <summary>One that is to be told its arguments.</summary>
    private protected static TSelf Rent()
    {
        var its = _pool is { Count: > 0 } pool ? pool.Pop() : new TSelf();
        if (CoroutineCore.DebugLoops > 0) CoroutineCore.Track(its);
        return its;
    }

    /// <summary>What runs when there is something to wait for.</summary>
    private protected abstract Coroutine<T> Wait();

    /// <summary>Lets go of the arguments.</summary>
    private protected abstract void Forget();
}
