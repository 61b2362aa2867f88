namespace Quintet.GilThreads;

/// <summary>One <see cref="GlobalInterpreterLock.Enter()"/>, ended by <see cref="Dispose"/> on the same thread.</summary>
/// <remarks>A ref struct, so that the compiler refuses to hold it across an await: the code after it may run on another thread.</remarks>
public readonly ref struct GilScope : IDisposable
{
    private readonly GlobalInterpreterLock? _lock;

    internal GilScope(GlobalInterpreterLock owner) => _lock = owner;

    /// <summary>Leaves the lock once.</summary>
    /// <exception cref="GilNotHeldException">The calling thread does not hold the lock.</exception>
    public void Dispose() => _lock?.Exit();
}
