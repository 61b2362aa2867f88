namespace Quintet.Asyncio;

/// <summary>When <see cref="Aio.Wait{TFuture}(IEnumerable{TFuture}, TimeSpan?, ReturnWhen)"/> returns.</summary>
public enum ReturnWhen
{
    /// <summary>When all are done.</summary>
    AllCompleted,

    /// <summary>When one is done.</summary>
    FirstCompleted,

    /// <summary>When one has failed, or all are done.</summary>
    FirstException,
}
