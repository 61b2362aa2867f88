namespace Quintet.Asyncio;

/// <summary>Takes an item out of a queue.</summary>
internal sealed class QueueGet<T> : QuickCoroutine<QueueGet<T>, T>
{
    private AsyncQueue<T> _queue = null!;

    internal override string MethodName => nameof(AsyncQueue<T>.Get);

    internal static Coroutine<T> From(AsyncQueue<T> queue)
    {
        var get = Rent();
        get._queue = queue;
        return new Coroutine<T>(get);
    }

    private protected override bool TryFinish() => _queue.TryGet(out Value!);

    private protected override Coroutine<T> Wait() => _queue.WaitAndGet();

    private protected override void Forget() => _queue = null!;
}
