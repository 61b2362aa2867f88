namespace Quintet.Goroutines;

public abstract partial class GoContext
{
    /// <summary>Derives a context that ends when a token is cancelled.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="token">The token; its cancellation is told as the cause.</param>
    /// <returns>
    /// The context, and what cancels it and lets go of the token. Until it has ended the scheduler does not look for deadlocks, because
    /// the token may still be cancelled.
    /// </returns>
    public static (GoContext Context, Action Cancel) WithToken(GoContext parent, CancellationToken token)
    {
        var context = new FromTokenContext(Checked(parent), token);
        context.FollowParent();
        var registration = token.UnsafeRegister(_ => Cancel(new OperationCanceledException(token)), null);
        return (context, () =>
        {
            registration.Unregister();
            Cancel(null);
        });

        void Cancel(Exception? cause) => context.End(ContextCanceledException.Instance, cause, forget: true);
    }

    /// <summary>A token that is cancelled when the context ends, for code outside of the model.</summary>
    /// <returns>The token; <see cref="CancellationToken.None"/> for a context that cannot end.</returns>
    public CancellationToken AsToken()
    {
        if (Done.Channel == Chan<Unit>.Nil) return CancellationToken.None;
        if (Error is not null) return new CancellationToken(canceled: true);
        var source = new CancellationTokenSource();
        var token = new TokenContext(this, source);
        token.FollowParent();
        return source.Token;
    }
}
