namespace Quintet.Goroutines;

/// <summary>
/// What a scheduler runs: a strand of state machines (<see cref="Frame"/>), the continuation of a plain async method, a synchronous body,
/// or a thread that wants a processor back.
/// </summary>
/// <remarks>
/// Kept small on purpose: ten million of them may be parked. A received or sent value of up to eight bytes without references travels in
/// <see cref="SlotValue"/>, everything else in <see cref="SlotObject"/>; so a channel knows nothing of its waiters' types.
/// Ownership: whoever took the goroutine off a queue, or runs it, owns all fields; a parked goroutine's fields belong to the lock of what
/// it is parked on.
/// </remarks>
internal abstract class Goroutine : WaitNode
{
    /// <summary>Where it belongs; shared by all plain goroutines of a scheduler.</summary>
    internal GoroutineRecord Record = null!;

    /// <summary>A root: the frame to continue with. A child frame: its caller.</summary>
    internal Goroutine? Resume;

    internal object? SlotObject;
    internal long SlotValue;

    /// <summary>Runs until the next suspension.</summary>
    internal abstract void Step();

    /// <summary>What people call it: the method that it runs.</summary>
    internal virtual string Describe() => GetType().Name;

    /// <summary>Whether it runs a method of this library and not of its user.</summary>
    internal virtual bool IsOurs => false;

    /// <summary>The goroutine itself, unless it stands in for a frame that waits.</summary>
    internal virtual Goroutine StandsFor => this;

    /// <summary>The outermost method of its user in a parked strand; <see cref="Describe"/> where there is none.</summary>
    internal string DescribeParked()
    {
        Goroutine? outermost = null;
        var frame = Resume?.StandsFor as Frame;
        while (frame is not null)
        {
            if (!frame.IsOurs) outermost = frame;
            frame = (frame.Bits & NodeBits.Root) == 0 ? frame.Resume as Frame : null;
        }

        return (outermost ?? this).Describe();
    }
}
