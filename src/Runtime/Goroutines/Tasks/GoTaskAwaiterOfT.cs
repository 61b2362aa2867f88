using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Awaits a <see cref="GoTask{T}"/>; for the compiler.</summary>
/// <typeparam name="T">What the call returns.</typeparam>
public readonly struct GoTaskAwaiter<T> : ICriticalNotifyCompletion, IGoAwaiter
{
    private readonly ResultFrame<T>? _frame;
    private readonly int _generation;
    private readonly T? _result;

    internal GoTaskAwaiter(ResultFrame<T>? frame, int generation, T? result) =>
        (_frame, _generation, _result) = (frame, generation, result);

    /// <summary>True only for a call without a body.</summary>
    /// <exception cref="InvalidOperationException">The call has been started or awaited already.</exception>
    public bool IsCompleted => _frame is null || !_frame.CheckStartable(_generation);

    /// <summary>Ends the await: returns what the call returned or throws what it threw.</summary>
    /// <returns>The call's value.</returns>
    public T GetResult()
    {
        if (_frame is null) return _result!;
        var result = _frame.Result!;
        _frame.TakeOutcome();
        return result;
    }

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
