using System.Runtime.CompilerServices;

namespace Quintet.Asyncio;

/// <summary>
/// A call of an <c>async Coroutine</c> method. Cold: nothing of its body runs until it is awaited or made a task. Awaited once.
/// </summary>
/// <remarks>Awaiting one is not a switch: its body runs at once, in the awaiting task and in its context. Source: Python's coroutine
/// objects (PEP 492).</remarks>
[AsyncMethodBuilder(typeof(CoroutineMethodBuilder))]
public readonly struct Coroutine
{
    internal Coroutine(CoroutineBox<Nothing> box)
    {
        Box = box;
        Version = box.Version;
    }

    internal CoroutineBox<Nothing> Box { get; }

    internal int Version { get; }

    /// <summary>Makes it awaitable.</summary>
    public CoroutineAwaiter GetAwaiter() => new(Box, Version);

    /// <summary>Throws it away without running it, so that debug mode does not report it (Python: <c>coro.close()</c>).</summary>
    public void Close() => CoroutineCore.Close(Box, Version);
}
