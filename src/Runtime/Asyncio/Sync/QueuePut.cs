namespace Quintet.Asyncio;

/// <summary>Puts an item into a queue.</summary>
internal sealed class QueuePut<T> : QuickCoroutine<QueuePut<T>, Nothing>
{
    private AsyncQueue<T> _queue = null!;
    private T _item = default!;

    internal override string MethodName => nameof(AsyncQueue<T>.Put);

    internal static Coroutine Into(AsyncQueue<T> queue, T item)
    {
        var put = Rent();
        put._queue = queue;
        put._item = item;
        return new Coroutine(put);
    }

    private protected override bool TryFinish() => _queue.TryPut(_item);

    private protected override Coroutine<Nothing> Wait() => _queue.WaitAndPut(_item);

    private protected override void Forget()
    {
        _queue = null!;
        _item = default!;
    }
}
