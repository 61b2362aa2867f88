using System.Runtime.CompilerServices;

namespace Quintet.Asyncio;

/// <summary>
/// A call of an <c>async Coroutine&lt;T&gt;</c> method. Cold: nothing of its body runs until it is awaited or made a task. Awaited once.
/// </summary>
/// <typeparam name="T">The type of its result.</typeparam>
[AsyncMethodBuilder(typeof(CoroutineMethodBuilder<>))]
public readonly struct Coroutine<T>
{
    internal Coroutine(CoroutineBox<T> box)
    {
        Box = box;
        Version = box.Version;
    }

    internal CoroutineBox<T> Box { get; }

    internal int Version { get; }

    /// <summary>Makes it awaitable.</summary>
    public CoroutineAwaiter<T> GetAwaiter() => new(Box, Version);

    /// <summary>Throws it away without running it, so that debug mode does not report it (Python: <c>coro.close()</c>).</summary>
    public void Close() => CoroutineCore.Close(Box, Version);
}
