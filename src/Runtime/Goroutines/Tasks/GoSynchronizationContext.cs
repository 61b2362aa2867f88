namespace Quintet.Goroutines;

/// <summary>Brings what follows an await in a plain async body back to its scheduler.</summary>
internal sealed class GoSynchronizationContext(GoScheduler scheduler) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Processor.Current is null) scheduler.Driver?.Disturb();
        scheduler.Inject(new Posted(this, scheduler, d, state));
    }

    public override SynchronizationContext CreateCopy() => this;

    private sealed class Posted : Goroutine
    {
        private readonly SynchronizationContext _context;
        private readonly SendOrPostCallback _callback;
        private readonly object? _state;

        internal Posted(SynchronizationContext context, GoScheduler scheduler, SendOrPostCallback callback, object? state)
        {
            (_context, _callback, _state) = (context, callback, state);
            Record = scheduler.Home;
        }

        internal override void Step()
        {
            var previous = Current;
            SetSynchronizationContext(_context);
            try
            {
                _callback(_state);
            }
            finally
            {
                SetSynchronizationContext(previous);
            }
        }

        internal override string Describe() => "a posted continuation";
    }
}
