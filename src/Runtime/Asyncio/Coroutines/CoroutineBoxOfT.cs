namespace Quintet.Asyncio;

/// <summary>A box with its result.</summary>
internal abstract class CoroutineBox<T> : CoroutineBox
{
    internal T Value = default!;
}
