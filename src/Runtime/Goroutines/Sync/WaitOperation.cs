namespace Quintet.Goroutines;

/// <summary>A wait that begins with its await.</summary>
public readonly struct WaitOperation
{
    private readonly Waitable _waitable;
    private readonly int _kind;

    internal WaitOperation(Waitable waitable, int kind = 0) => (_waitable, _kind) = (waitable, kind);

    /// <summary>Lets the wait be awaited.</summary>
    /// <returns>The awaiter, for the compiler.</returns>
    public WaitAwaiter GetAwaiter() => new(_waitable, _kind);

    /// <summary>Starts the wait now and tells its end to code outside of the model.</summary>
    /// <returns>A task that ends with the wait.</returns>
    public async Task AsTask() => await this;
}
