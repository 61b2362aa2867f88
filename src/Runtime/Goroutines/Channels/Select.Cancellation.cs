namespace Quintet.Goroutines;

public sealed partial class Select
{
    /// <summary>Makes one round that a token can end instead.</summary>
    internal async GoTask CancelledBy(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!cancellation.CanBeCanceled)
        {
            await this;
            return;
        }

        var cancelled = Add(new SignalCase(this, _count));
        var scheduler = GoScheduler.Current;
        scheduler.BeginExternal(); // the token may be cancelled by anybody
        try
        {
            // Disposing waits for a callback that runs: none can reach a later round.
            using var registration = cancellation.UnsafeRegister(static state => ((SignalCase)state!).Fire(), cancelled);
            if (await this == cancelled.Index) throw new OperationCanceledException(cancellation);
        }
        finally
        {
            scheduler.EndExternal();
        }
    }
}
