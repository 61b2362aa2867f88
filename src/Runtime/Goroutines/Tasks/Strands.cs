using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>How a strand of frames waits.</summary>
internal static class Strands
{
    /// <summary>Waits for one of our own operations without a delegate, for anything else with one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Await<TAwaiter>(ref TAwaiter awaiter, Frame frame)
        where TAwaiter : ICriticalNotifyCompletion
    {
        // For a struct the check and the cast are free: the compiler knows the answer.
        if (default(TAwaiter) is not null && awaiter is IGoAwaiter)
        {
            var processor = Processor.Current!;
            var strand = processor.Strand!;
            var next = ((IGoAwaiter)awaiter).Park(strand, frame);
            if (next is not null) Proceed(strand, next);
            return;
        }

        awaiter.UnsafeOnCompleted(Outside(frame));
    }

    /// <summary>What makes the strand runnable again that now waits for something outside of the model.</summary>
    internal static Action Outside(Frame frame)
    {
        var processor = Processor.Current!;
        var strand = processor.Strand!;
        var scheduler = processor.Scheduler;
        strand.Resume = frame;
        if (processor.Driver is { } driver) return driver.WaitOutside(strand);
        scheduler.BeginExternal();
        return () =>
        {
            GoScheduler.Ready(strand);
            scheduler.EndExternal();
        };
    }

    /// <summary>The operation is complete: goes on at once, or behind everybody else when the slice is used up.</summary>
    private static void Proceed(Goroutine strand, Goroutine next)
    {
        // Read again: to park may have meant to block the thread and to get another processor.
        var processor = Processor.Current!;
        if (!strand.Preempt)
        {
            processor.Continue = next;
            return;
        }

        strand.Preempt = false;
        strand.Resume = next;
        processor.Scheduler.Requeue(processor, strand);
    }
}
