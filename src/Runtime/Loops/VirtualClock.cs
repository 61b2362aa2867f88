namespace Quintet.Loops;

/// <summary>A clock that stands still while anything runs and jumps to the next timer when nothing else can happen.</summary>
internal sealed class VirtualClock : LoopClock
{
    private long _now = 1_000_000_000;

    internal override long Now => _now;

    internal void Advance(long nanoseconds) => _now += nanoseconds;
}
