using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Awaits a <see cref="GoTask"/>; for the compiler.</summary>
public readonly struct GoTaskAwaiter : ICriticalNotifyCompletion, IGoAwaiter
{
    private readonly Frame? _frame;
    private readonly int _generation;

    internal GoTaskAwaiter(Frame? frame, int generation) => (_frame, _generation) = (frame, generation);

    /// <summary>True only for a call without a body.</summary>
    /// <exception cref="InvalidOperationException">The call has been started or awaited already.</exception>
    public bool IsCompleted => _frame is null || !_frame.CheckStartable(_generation);

    /// <summary>Ends the await: throws what the call threw.</summary>
    public void GetResult() => _frame?.TakeOutcome();

    /// <summary>Starts the call as a goroutine and runs <paramref name="continuation"/> when it has ended.</summary>
    /// <param name="continuation">What follows.</param>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation)
    {
        var guest = new GuestFrame(_frame!, _generation, Continuation.For(continuation));
        GoScheduler.Current.SpawnGuest(guest);
    }

    Goroutine? IGoAwaiter.Park(Goroutine strand, Goroutine frame)
    {
        _frame!.StartAsChild(frame, _generation);
        return _frame;
    }
}
