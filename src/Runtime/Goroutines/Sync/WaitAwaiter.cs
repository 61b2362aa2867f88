using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Awaits a wait; for the compiler.</summary>
public readonly struct WaitAwaiter : ICriticalNotifyCompletion, IGoAwaiter
{
    private readonly Waitable _waitable;
    private readonly int _kind;

    internal WaitAwaiter(Waitable waitable, int kind) => (_waitable, _kind) = (waitable, kind);

    /// <summary>Whether there was nothing to wait for.</summary>
    public bool IsCompleted => Processor.Current?.Strand is not { Preempt: true } && _waitable.TryNow(_kind);

    /// <summary>Ends the wait.</summary>
    public void GetResult()
    {
    }

    /// <summary>Runs <paramref name="continuation"/> after the wait.</summary>
    /// <param name="continuation">What follows.</param>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation)
    {
        var guest = Continuation.For(continuation);
        if (_waitable.TryOrPark(guest, _kind)) GoScheduler.Ready(guest);
    }

    Goroutine? IGoAwaiter.Park(Goroutine strand, Goroutine frame)
    {
        strand.Resume = frame;
        return _waitable.TryOrPark(strand, _kind) ? frame : null;
    }
}
