namespace Quintet.Goroutines;

/// <summary>A context that ends with a token. Anybody may cancel that, so until then its scheduler does not count as asleep.</summary>
internal sealed class FromTokenContext : CancelContext
{
    private readonly GoScheduler? _scheduler;

    internal FromTokenContext(GoContext parent, CancellationToken token)
        : base(parent)
    {
        if (!token.CanBeCanceled) return;
        _scheduler = GoScheduler.Current;
        _scheduler.BeginExternal();
    }

    private protected override GoScheduler? AwaitedBy => _scheduler;
}
