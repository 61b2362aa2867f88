namespace Quintet.Asyncio;

/// <summary>How a future ended: with a value, or with an exception, which may be a <see cref="CancelledError"/>.</summary>
/// <param name="Value">The result, where <paramref name="Error"/> is null.</param>
/// <param name="Error">The exception.</param>
public readonly record struct Outcome<T>(T? Value, Exception? Error)
{
    internal static Outcome<T> Of(IFuture<T> future)
    {
        var its = future.AsFuture();
        its.Retrieve();
        if (its.IsCancelled) return new(default, its.DescribeCancellation());
        return its.Error is { } error ? new(default, error) : new(future.Result, null);
    }
}
