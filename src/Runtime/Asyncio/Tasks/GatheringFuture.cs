namespace Quintet.Asyncio;

/// <summary>A future whose cancellation goes to those that it stands for.</summary>
internal sealed class GatheringFuture<T>(EventLoop loop, Func<string?, bool> cancel) : Future<T>(loop)
{
    public override bool Cancel(string? message = null) => !IsDone && cancel(message);
}
