using System.Diagnostics;

namespace Quintet.Loops;

/// <summary>Brings the continuations of ordinary tasks back to their loop, and sees blocking waits on the loop's thread.</summary>
internal sealed class LoopSynchronizationContext : SynchronizationContext
{
    private readonly ILoopHost _host;
    private readonly BlockingPolicy _policy;

    internal LoopSynchronizationContext(ILoopHost host, BlockingPolicy policy)
    {
        _host = host;
        _policy = policy;
        // The runtime then calls Wait for every wait of a thread on which this context is current.
        if (policy != BlockingPolicy.Off) SetWaitNotificationRequired();
    }

    public override void Post(SendOrPostCallback d, object? state) => _host.Post(d, state);

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (_host.Core.IsOwnThread) d(state);
        else throw new NotSupportedException(
            "Waiting for a loop from another thread can deadlock. Use Post, or the loop's thread-safe calls.");
    }

    public override SynchronizationContext CreateCopy() => this;

    public override void OperationStarted() => _host.Core.Hold();

    public override void OperationCompleted() => _host.Core.Release();

    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        if (millisecondsTimeout == 0 || LoopDetectors.IsBlockingAllowed || !_host.Core.IsOwnThread || _host.Core.IsPolling)
            return base.Wait(waitHandles, waitAll, millisecondsTimeout);
        using (LoopDetectors.AllowBlocking())
        {
            const string message = "A blocking wait on the thread of an event loop holds every other callback.";
            var id = _host.IsInCoroutine ? "QNT4001" : "QNT5001";
            LoopDetectors.Raise(new(id, message, _host.DescribeRunning(), TimeSpan.Zero, new StackTrace(1, true).ToString()));
            if (_policy == BlockingPolicy.Throw) throw new BlockingCallException();
            return base.Wait(waitHandles, waitAll, millisecondsTimeout);
        }
    }
}
