using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Gives way when awaited; see <see cref="Go.Yield"/>.</summary>
public readonly struct YieldOperation : ICriticalNotifyCompletion, IGoAwaiter
{
    /// <summary>False: to give way is to wait.</summary>
    public bool IsCompleted => false;

    /// <summary>Lets it be awaited.</summary>
    /// <returns>The awaiter, for the compiler.</returns>
    public YieldOperation GetAwaiter() => this;

    /// <summary>Ends the wait.</summary>
    public void GetResult()
    {
    }

    /// <summary>Queues <paramref name="continuation"/> behind everything else.</summary>
    /// <param name="continuation">What follows.</param>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc cref="OnCompleted"/>
    public void UnsafeOnCompleted(Action continuation)
    {
        var guest = Continuation.For(continuation);
        if (Processor.Current is { } processor) processor.Scheduler.Requeue(processor, guest);
        else GoScheduler.Ready(guest);
    }

    Goroutine? IGoAwaiter.Park(Goroutine strand, Goroutine frame)
    {
        var processor = Processor.Current!;
        strand.Preempt = false;
        strand.Resume = frame;
        processor.Scheduler.Requeue(processor, strand);
        return null;
    }
}
