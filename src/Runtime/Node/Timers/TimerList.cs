namespace Quintet.Node;

/// <summary>The timers of one duration, in the order in which they were started, which is the order in which they are due.</summary>
internal sealed class TimerList(int milliseconds)
{
    private NodeTimeout? _last;

    internal int Milliseconds { get; } = milliseconds;

    internal NodeTimeout? First { get; private set; }

    internal void Append(NodeTimeout timeout)
    {
        timeout.List = this;
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
        timeout.List = null;
        timeout.Previous = null;
        timeout.Next = null;
    }
}
