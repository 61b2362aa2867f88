namespace Quintet.Goroutines;

/// <summary>A linked list of runnable goroutines, first in, first out. The scheduler's gate guards it.</summary>
internal struct GlobalQueue
{
    private Goroutine? _first;
    private Goroutine? _last;
    private int _count;

    /// <summary>May be read without the gate as an estimate.</summary>
    internal int Count => Volatile.Read(ref _count);

    /// <summary>Appends a chain linked through <see cref="WaitNode.Next"/>.</summary>
    internal void Append(Goroutine first, Goroutine last, int count)
    {
        last.Next = null;
        if (_last is null) _first = first;
        else _last.Next = first;
        _last = last;
        Volatile.Write(ref _count, _count + count);
    }

    internal Goroutine? Take()
    {
        var taken = _first;
        if (taken is null) return null;
        _first = (Goroutine?)taken.Next;
        if (_first is null) _last = null;
        taken.Next = null;
        Volatile.Write(ref _count, _count - 1);
        return taken;
    }
}
