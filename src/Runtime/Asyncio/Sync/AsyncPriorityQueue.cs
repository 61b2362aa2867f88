namespace Quintet.Asyncio;

/// <summary>A queue whose least item comes out first; equal items in the order in which they were put. Source:
/// <c>asyncio.PriorityQueue</c>.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class AsyncPriorityQueue<T>(int maxSize = 0, IComparer<T>? comparer = null) : AsyncQueue<T>(maxSize)
{
    private readonly PriorityQueue<T, (T Item, long Number)> _heap = new(Comparer<(T Item, long Number)>.Create((a, b) =>
        (comparer ?? Comparer<T>.Default).Compare(a.Item, b.Item) is var order and not 0 ? order : a.Number.CompareTo(b.Number)));

    private long _put;

    /// <inheritdoc/>
    public override int Count => _heap.Count;

    private protected override void Store(T item) => _heap.Enqueue(item, (item, _put++));

    private protected override T TakeStored() => _heap.Dequeue();
}
