namespace Quintet.Goroutines;

/// <summary>
/// A place in a queue: of parked goroutines on a channel, or of runnable ones in a scheduler; never both at once, so that one pair of
/// links serves. A goroutine waits as itself; a select waits once for each of its cases.
/// </summary>
/// <remarks>For the library's own types.</remarks>
public abstract class WaitNode
{
    private protected WaitNode()
    {
    }

    internal WaitNode? Next;
    internal WaitNode? Previous;
    internal NodeBits Bits;

    /// <summary>
    /// In a wait queue. Cleared as the last touch of whoever takes the node off, after a select's claim has been decided.
    /// </summary>
    internal bool Linked;

    /// <summary>How the operation ended: a value was handed over, or the channel is closed.</summary>
    internal bool Ok;

    /// <summary>Set by the monitor: give way at the next channel operation. A stray request is harmless.</summary>
    internal bool Preempt;

    /// <summary>
    /// A parked goroutine: the scheduler's coarse clock when it parked. A frame that waits to be started: its generation.
    /// </summary>
    internal int Since;
}
