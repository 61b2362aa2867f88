// How it works
// ------------
// Rejections without a reaction wait until ticks and microtasks are done. Then those that are still unhandled are told, all that waited at
// that moment, also when a listener handles one of them meanwhile; new ones wait for the next look. A listener that throws ends the look:
// the others of it are not told, as in Node.
//
// Source: Node 20 lib/internal/process/promises.js (unhandledRejection, handledRejection, processPromiseRejections).

using Quintet.Loops;

namespace Quintet.Node;

/// <summary>Rejected promises that nobody has handled, until the microtasks are done.</summary>
internal sealed class RejectionTracker(UnhandledRejections mode)
{
    private readonly Queue<Promise> _handledLate = new();
    private List<(Promise Promise, ExecutionContext Context)> _pending = [];
    private int _warned;

    internal bool IsEmpty => _pending.Count == 0 && _handledLate.Count == 0;

    /// <summary>Whoever is told of it sees the values that were there when it was rejected.</summary>
    internal void Add(Promise promise) => _pending.Add((promise, AmbientContext.Capture()));

    internal void HandledLate(Promise promise) => _handledLate.Enqueue(promise);

    /// <returns>Whether anything was told to anybody, who may have queued something.</returns>
    internal bool Process(NodeLoop loop)
    {
        var told = _handledLate.Count > 0;
        try
        {
            while (_handledLate.TryDequeue(out var promise)) loop.Process.EmitRejectionHandled(promise);
            if (_pending.Count == 0) return told;
            var batch = _pending.FindAll(static each => !each.Promise.IsHandled);
            _pending = [];
            foreach (var (promise, context) in batch)
            {
                if (loop.IsStopped) break;
                told = true;
                promise.IsReported = true;
                AmbientContext.Enter(context);
                Tell(loop, promise, promise.Error!);
            }
        }
        catch (Exception error)
        {
            told = true;
            loop.OnUncaught(error);
        }
        finally
        {
            AmbientContext.Enter(AmbientContext.Empty);
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
