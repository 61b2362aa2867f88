using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Awaits a round of a select; for the compiler.</summary>
public readonly struct SelectAwaiter : ICriticalNotifyCompletion, IGoAwaiter
{
    private readonly Select _select;

    internal SelectAwaiter(Select select) => _select = select;

    /// <summary>Whether a case was ready; then its operation has been made.</summary>
    public bool IsCompleted => _select.CheckFree() && Processor.Current?.Strand is not { Preempt: true } && _select.TryChoose();

    /// <summary>Ends the round.</summary>
    /// <returns>The index of the chosen case.</returns>
    /// <exception cref="ChanClosedException">The chosen case sends to a closed channel.</exception>
    public int GetResult() => _select.Conclude();

    /// <summary>Runs <paramref name="continuation"/> when a case has been chosen.</summary>
    /// <param name="continuation">What follows.</param>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation)
    {
        var guest = Continuation.For(continuation);
        if (_select.TryChoose() || _select.ChooseOrPark(guest)) GoScheduler.Ready(guest);
    }

    Goroutine? IGoAwaiter.Park(Goroutine strand, Goroutine frame)
    {
        strand.Resume = frame;
        return (strand.Preempt && _select.TryChoose()) || _select.ChooseOrPark(strand) ? frame : null;
    }
}
