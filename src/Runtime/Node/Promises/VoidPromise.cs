namespace Quintet.Node;

/// <summary>A promise without a value.</summary>
internal class VoidPromise : Promise
{
    internal VoidPromise() { }

    private VoidPromise(PromiseState state) : base(state) { }

    /// <summary>A promise that is fulfilled, for all who want one without a value: nothing tells it from another.</summary>
    internal static VoidPromise Settled { get; } = new(PromiseState.Fulfilled);

    internal void Complete()
    {
        if (State == PromiseState.Pending) Fulfil();
    }

    internal void Follow(Promise source, Action onFulfilled, Action<Exception>? onRejected) => Settle(() =>
    {
        if (source.Error is not { } error) onFulfilled();
        else if (onRejected is null) source.ThrowIfRejected();
        else onRejected(error);
        Complete();
    });

    /// <summary>Takes over the outcome of another promise: two hops.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is this one: who asked for it rejects with that.</exception>
    internal void FollowPromise(Promise? promise)
    {
        var followed = Returned(promise);
        Loop.QueueMicrotask(() => followed.React(() =>
        {
            if (followed.Error is { } error) Reject(error);
            else Complete();
        }));
    }

    internal void Settle(Action body)
    {
        try
        {
            body();
        }
        catch (Exception error)
        {
            Reject(error);
        }
    }
}
