namespace Quintet.Loops;

/// <summary>
/// A lock for a few stores, without a wait in the system: who finds it held spins, and gives its processor away when that takes long (the
/// holder may have been set aside). Must not be copied.
/// </summary>
internal struct SpinGate
{
    private int _held;

    internal void Enter()
    {
        if (Interlocked.CompareExchange(ref _held, 1, 0) != 0) Wait();
    }

    internal void Leave() => Volatile.Write(ref _held, 0);

    private void Wait()
    {
        var spin = new SpinWait();
        do spin.SpinOnce(sleep1Threshold: -1);
        while (Volatile.Read(ref _held) != 0 || Interlocked.CompareExchange(ref _held, 1, 0) != 0);
    }
}
