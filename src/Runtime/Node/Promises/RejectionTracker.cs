// Source: Node lib/internal/process/promises.js (unhandledRejection, handledRejection, processPromiseRejections; mode throw).

namespace Quintet.Node;

/// <summary>Rejected promises that nobody has handled, until the microtasks are done.</summary>
internal sealed class RejectionTracker
{
    private readonly Queue<Promise> _pending = new();
    private readonly Queue<Promise> _handledLate = new();

    internal bool IsEmpty => _pending.Count == 0 && _handledLate.Count == 0;

    internal void Add(Promise promise) => _pending.Enqueue(promise);

    internal void HandledLate(Promise promise) => _handledLate.Enqueue(promise);

    /// <returns>Whether anything was told to anybody, who may have queued something.</returns>
    internal bool Process(NodeLoop loop)
    {
        var told = false;
        while (_handledLate.TryDequeue(out var promise))
        {
            told = true;
            loop.Process.EmitRejectionHandled(promise);
        }

        while (!loop.IsStopped && _pending.TryDequeue(out var promise))
        {
            if (promise.IsHandled) continue;
            told = true;
            promise.IsReported = true;
            Tell(loop, promise);
        }

        return told;
    }

    private static void Tell(NodeLoop loop, Promise promise)
    {
        try
        {
            if (loop.Process.EmitUnhandledRejection(promise.Error!, promise)) return;
        }
        catch (Exception error)
        {
            loop.OnUncaught(error);
            return;
        }

        loop.OnUncaught(promise.Error!);
    }
}
