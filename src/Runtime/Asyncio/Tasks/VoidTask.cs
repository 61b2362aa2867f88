namespace Quintet.Asyncio;

/// <summary>A task without a result.</summary>
internal sealed class VoidTask : LoopTask
{
    private readonly CoroutineBox _box;

    internal VoidTask(EventLoop loop, Coroutine coroutine, string? name, LoopContext? context)
        : base(loop, coroutine.Box, coroutine.Version, name, context) => _box = coroutine.Box;

    private protected override void TakeResult()
    {
        _box.Recycle();
        CompleteWithResult();
    }
}
