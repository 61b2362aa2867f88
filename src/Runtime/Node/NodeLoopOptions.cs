using Quintet.Loops;

namespace Quintet.Node;

/// <summary>How a loop behaves. The defaults are Node's.</summary>
public sealed record NodeLoopOptions
{
    /// <summary>The most threads of the loop's work pool (Node: <c>UV_THREADPOOL_SIZE</c>).</summary>
    public int PoolSize { get; init; } = 4;

    /// <summary>How long a callback may run before the watchdog names it. Infinite switches the watchdog off.</summary>
    public TimeSpan SlowCallback { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What happens when code on the loop's thread waits for another thread.</summary>
    public BlockingPolicy BlockingWaits { get; init; }

    /// <summary>What becomes of a rejection that nobody handles.</summary>
    public UnhandledRejections Rejections { get; init; }

    /// <summary>Time stands still while anything runs and jumps to the next timer otherwise: for tests.</summary>
    public bool VirtualTime { get; init; }
}
