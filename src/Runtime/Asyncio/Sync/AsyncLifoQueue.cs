namespace Quintet.Asyncio;

/// <summary>A queue whose newest item comes out first. Source: <c>asyncio.LifoQueue</c>.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class AsyncLifoQueue<T>(int maxSize = 0) : AsyncQueue<T>(maxSize)
{
    private readonly Stack<T> _stack = new();

    /// <inheritdoc/>
    public override int Count => _stack.Count;

    private protected override void Store(T item) => _stack.Push(item);

    private protected override T TakeStored() => _stack.Pop();
}
