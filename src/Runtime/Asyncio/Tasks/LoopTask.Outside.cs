namespace Quintet.Asyncio;

// Ordinary async methods and async iterators that await something of the loop. The compiler drives them with builders that know no tasks,
// so the awaiter gets a continuation. It runs on behalf of the task that was running at the await, and a cancellation of that
// task goes to what the foreign code waits for.
public abstract partial class LoopTask
{
    internal static void AwaitFromOutside(Future future, Action continuation)
    {
        var loop = future.Loop;
        if (!loop.IsUsableHere)
        {
            // What is thrown here would end the process: the await goes on at once, and its result throws.
            continuation();
            return;
        }

        var task = loop.RunningTask;
        future.AddWaiter(new ForeignContinuation(loop, task, continuation));
        task?.WaitOutside(future);
    }

    internal static void RunFromOutside<T>(CoroutineBox<T> box, int version, Action continuation)
    {
        if (EventLoop.CurrentOrNull is not { } loop)
        {
            box.Claim(version);
            box.Finish(new EventLoopException("no running event loop"));
            continuation();
            return;
        }

        var task = loop.RunningTask;
        var run = new OutsideRun(loop, box, version, new ForeignContinuation(loop, task, continuation));
        run.Launch(eagerly: true);
        if (!run.IsDone) task?.WaitOutside(run);
    }

    /// <summary>A turn that foreign code awaits for the task is over: what came to the task meanwhile is thrown there.</summary>
    internal void EndTurnOutside()
    {
        if (!_mustCancel) return;
        _mustCancel = false;
        _pending = new CancelledError(_cancelMessage);
    }

    /// <summary>The foreign code that the task awaits goes on: it waits for nothing of the loop until it says so again.</summary>
    internal void ForeignGoesOn() => _waitingOn = null;

    /// <summary>What came while the foreign code was about to go on comes at its next await.</summary>
    private void WaitOutside(Future future)
    {
        _waitingOn = future;
        if (_mustCancel && future.Cancel(_cancelMessage)) _mustCancel = false;
    }

    /// <summary>
    /// Whether something outside holds the loop (and its virtual time): the task awaits foreign code, and that waits for nothing of the
    /// loop.
    /// </summary>
    internal void UpdateHold()
    {
        if (_inForeign && _waitingOn is null)
        {
            if (_held == 1) return;
            _held = 1;
            Loop.Core.Hold();
        }
        else if (Interlocked.Exchange(ref _held, 0) == 1) Loop.Core.Release();
    }

    /// <summary>A coroutine that foreign code awaits: its outcome stays in its box, where the foreign code's awaiter takes it.</summary>
    private sealed class OutsideRun(EventLoop loop, CoroutineBox root, int version, ForeignContinuation rest)
        : LoopTask(loop, root, version, null, null)
    {
        private protected override void TakeResult() { }

        private protected override void End()
        {
            Loop.Remove(this);
            CompleteAsCancelled((string?)null);
            // Through the ring, never inline: a foreign loop over coroutines that do not wait would nest without end.
            rest.Schedule();
        }
    }
}
