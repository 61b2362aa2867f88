namespace Quintet.Asyncio;

/// <summary>A semaphore that cannot be released more often than acquired. Source: <c>asyncio.BoundedSemaphore</c>.</summary>
public sealed class BoundedAsyncSemaphore(int value = 1) : AsyncSemaphore(value)
{
    private readonly int _bound = value;

    /// <summary>Gives a place back.</summary>
    /// <exception cref="ArgumentException">All places are free already.</exception>
    public override void Release()
    {
        if (Value >= _bound) throw new ArgumentException("BoundedSemaphore released too many times");
        base.Release();
    }
}
