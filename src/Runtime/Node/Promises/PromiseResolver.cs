namespace Quintet.Node;

/// <summary>Settles a promise. The first call decides; later ones do nothing.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class PromiseResolver<T>
{
    private readonly Promise<T> _promise;
    private bool _decided;

    internal PromiseResolver(Promise<T> promise) => _promise = promise;

    /// <summary>Fulfils the promise.</summary>
    public void Resolve(T value)
    {
        if (Decide()) _promise.Fulfil(value);
    }

    /// <summary>Lets the promise follow another: its reactions run two hops after those of the other one.</summary>
    public void Resolve(Promise<T> promise)
    {
        ArgumentNullException.ThrowIfNull(promise);
        if (!Decide()) return;
        if (promise == _promise) _promise.Reject(new InvalidOperationException("Chaining cycle detected for promise"));
        else _promise.FollowPromise(promise);
    }

    /// <summary>Lets the promise follow a thenable, whose <c>Then</c> is called in a microtask.</summary>
    public void Resolve(IThenable<T> thenable)
    {
        ArgumentNullException.ThrowIfNull(thenable);
        if (!Decide()) return;
        _promise.Loop.QueueMicrotask(() =>
        {
            var inner = new PromiseResolver<T>(_promise);
            try
            {
                thenable.Then(inner.Resolve, inner.Reject);
            }
            catch (Exception error)
            {
                inner.Reject(error);
            }
        });
    }

    /// <summary>Rejects the promise.</summary>
    public void Reject(Exception reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (Decide()) _promise.Reject(reason);
    }

    private bool Decide()
    {
        if (_decided) return false;
        _promise.Loop.CheckThread();
        return _decided = true;
    }
}
