namespace Quintet.Node;

/// <summary>The timers of one duration, in the order in which they were started, which is the order in which they are due.</summary>
internal sealed class TimerList(TimerLists timers, int milliseconds)
{
    private NodeTimeout? _last;

    internal TimerLists Timers => timers;

    internal int Milliseconds { get; } = milliseconds;

    internal NodeTimeout? First { get; private set; }

    internal void Append(NodeTimeout timeout)
    {
        if (timeout.List != this) timeout.List = this;
        timeout.IsListed = true;
        timeout.Previous = _last;
        timeout.Next = null;
        if (_last is null) First = timeout;
        else _last.Next = timeout;
        _last = timeout;
    }

    internal void Remove(NodeTimeout timeout)
    {
        if (timeout.Previous is null) First = timeout.Next;
        else timeout.Previous.Next = timeout.Next;
        if (timeout.Next is null) _last = timeout.Previous;
        else timeout.Next.Previous = timeout.Previous;
        timeout.IsListed = false;
        timeout.Previous = null;
        timeout.Next = null;
    }
}
