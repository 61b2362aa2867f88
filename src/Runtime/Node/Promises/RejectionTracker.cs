// How it works
// ------------
// Rejections without a reaction wait until ticks and microtasks are done. Then those that are still unhandled are told, all that waited at
// that moment, also when a listener handles one of them meanwhile; new ones wait for the next look. A listener that throws ends the look:
// the others of it are not told, as in Node.
//
// Source: Node 20 lib/internal/process/promises.js (unhandledRejection, handledRejection, processPromiseRejections).

namespace Quintet.Node;

/// <summary>Rejected promises that nobody has handled, until the microtasks are done.</summary>
internal sealed class RejectionTracker(UnhandledRejections mode)
{
    private readonly Queue<Promise> _handledLate = new();
    private List<Promise> _pending = [];
    private int _warned;

    internal bool IsEmpty => _pending.Count == 0 && _handledLate.Count == 0;

    internal void Add(Promise promise) => _pending.Add(promise);

    internal void HandledLate(Promise promise) => _handledLate.Enqueue(promise);

    /// <returns>Whether anything was told to anybody, who may have queued something.</returns>
    internal bool Process(NodeLoop loop)
    {
        var told = _handledLate.Count > 0;
        try
        {
            while (_handledLate.TryDequeue(out var promise)) loop.Process.EmitRejectionHandled(promise);
            if (_pending.Count == 0) return told;
            var batch = _pending.FindAll(static promise => !promise.IsHandled);
            _pending = [];
            foreach (var promise in batch)
            {
                if (loop.IsStopped) break;
                told = true;
                promise.IsReported = true;
                Tell(loop, promise, promise.Error!);
            }
        }
        catch (Exception error)
        {
            told = true;
            loop.OnUncaught(error);
        }

        return told;
    }

    private void Tell(NodeLoop loop, Promise promise, Exception error)
    {
        if (mode == UnhandledRejections.Strict)
        {
            loop.OnUncaught(error, UncaughtOrigin.UnhandledRejection);
            if (loop.IsStopped) return;
        }

        var heard = loop.Process.EmitUnhandledRejection(error, promise);
        switch (mode)
        {
            case UnhandledRejections.Throw when !heard:
                loop.OnUncaught(error, UncaughtOrigin.UnhandledRejection);
                break;
            case UnhandledRejections.Warn:
            case UnhandledRejections.Strict or UnhandledRejections.WarnWithErrorCode when !heard:
                Warn(loop, error);
                break;
        }

        if (mode == UnhandledRejections.WarnWithErrorCode && !heard) loop.Process.ExitCode = 1;
    }

    private void Warn(NodeLoop loop, Exception error)
    {
        const string kind = "UnhandledPromiseRejectionWarning";
        loop.Process.EmitWarning(error.ToString(), kind);
        loop.Process.EmitWarning("Unhandled promise rejection. An async method threw and nobody caught it, or a promise was rejected that "
            + $"nobody handles with Catch or await. (rejection id: {++_warned})", kind);
    }
}
