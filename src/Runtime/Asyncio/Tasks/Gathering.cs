namespace Quintet.Asyncio;

/// <summary>Several futures awaited as one. Source: <c>asyncio.gather</c> and its <c>_GatheringFuture</c>.</summary>
internal sealed class Gathering(Future[] children, bool stopAtError)
{
    private int _left;
    private bool _cancelRequested;
    private string? _message;

    internal Future<T> Start<T>(Func<T> results)
    {
        var loop = children.Length == 0 ? EventLoop.Current : children[0].Loop;
        var distinct = children.Distinct().ToArray();
        var outer = new GatheringFuture<T>(loop, message => Cancel(distinct, message));
        _left = distinct.Length;
        if (_left == 0) outer.SetResult(results());
        Action<Future> done = child => OnDone(child, outer, results);
        foreach (var child in distinct)
        {
            if (child.Loop != loop) throw new ArgumentException("The futures belong to different loops.");
            child.AddDoneCallback(done);
        }

        return outer;
    }

    private bool Cancel(Future[] distinct, string? message)
    {
        var any = false;
        foreach (var child in distinct) any |= child.Cancel(message);
        if (any)
        {
            _cancelRequested = true;
            _message = message;
        }

        return any;
    }

    private void OnDone<T>(Future child, Future<T> outer, Func<T> results)
    {
        _left--;
        if (outer.IsDone)
        {
            // Too late to be told to anybody here; who holds the child may still look.
            if (!child.IsCancelled) child.Retrieve();
            return;
        }

        if (stopAtError && child.IsCancelled) outer.SetException(child.MakeCancelledError());
        else if (stopAtError && child.Error is { } error)
        {
            child.Retrieve();
            outer.SetException(error);
        }
        else if (_left == 0)
        {
            if (_cancelRequested) outer.SetException(new CancelledError(_message));
            else outer.SetResult(results());
        }
    }
}
