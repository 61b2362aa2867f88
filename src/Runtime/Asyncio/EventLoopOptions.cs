using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>How a loop behaves. The defaults are asyncio's.</summary>
public sealed record EventLoopOptions
{
    /// <summary>Reports never awaited coroutines and slow callbacks with their duration. Costs time.</summary>
    public bool Debug { get; init; }

    /// <summary>The most threads of the loop's work pool. Four, as the article has it.</summary>
    public int PoolSize { get; init; } = 4;

    /// <summary>How long a callback may run before the watchdog names it. Infinite switches the watchdog off.</summary>
    public TimeSpan SlowCallback { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What happens when code on the loop's thread waits for another thread.</summary>
    public BlockingPolicy BlockingWaits { get; init; }

    /// <summary>
    /// Time stands still while anything runs and jumps to the next timer otherwise: for tests. Ordinary tasks that are awaited hold the
    /// time. Where as many timers of <see cref="EventLoop.TimeProvider"/> are set, they may be what these tasks wait for: time then jumps
    /// after a second in which nothing comes from outside.
    /// </summary>
    public bool VirtualTime { get; init; }

    /// <summary>Runs the ready calls of a turn in an order chosen by this seed, to find code that relies on the order: for tests.</summary>
    public int? ShuffleSeed { get; init; }

    /// <summary>Whether Ctrl-C cancels the main task while <see cref="Runner.Run(Coroutine)"/> is in progress.</summary>
    public bool HandleInterrupt { get; init; } = true;

    /// <summary>While calls are ready, sockets are looked at once in so many turns; 1 is what asyncio does.</summary>
    public int TurnsPerPoll { get; init; } = 1;

    /// <summary>How long a handshake of TLS may take (asyncio: <c>ssl_handshake_timeout</c>).</summary>
    public TimeSpan TlsHandshakeTimeout { get; init; } = LoopCore.DefaultTlsHandshake;

    /// <summary>How long a connection with TLS that is closed waits for the other end to close it too; then it is broken off, and who waits
    /// for its end gets a <see cref="TimeoutException"/> (asyncio: <c>ssl_shutdown_timeout</c>).</summary>
    public TimeSpan TlsShutdownTimeout { get; init; } = LoopCore.DefaultTlsShutdown;
}
