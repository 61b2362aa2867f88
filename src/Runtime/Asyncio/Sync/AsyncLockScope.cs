namespace Quintet.Asyncio;

/// <summary>Releases what was acquired when it is disposed of: <c>using (await mutex.Acquire())</c>.</summary>
public readonly struct AsyncLockScope : IDisposable
{
    private readonly IReleasable? _owner;

    internal AsyncLockScope(IReleasable owner) => _owner = owner;

    /// <summary>Releases.</summary>
    public void Dispose() => _owner?.Release();
}
