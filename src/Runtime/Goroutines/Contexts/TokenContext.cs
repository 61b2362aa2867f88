namespace Quintet.Goroutines;

/// <summary>Not seen by anybody: a child whose end with its parent cancels a token.</summary>
internal sealed class TokenContext(GoContext parent, CancellationTokenSource source) : CancelContext(parent)
{
    // What is registered on the token is foreign code: it runs on the pool, not under whoever ends the context.
    private protected override void OnEnded() => _ = source.CancelAsync();
}
