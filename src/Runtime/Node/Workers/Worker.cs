// How a worker works
// ------------------
// A thread with a loop of its own, and a pair of ports. Terminate stops the loop between two callbacks; a callback that does not return
// cannot be
// stopped in .NET, so the worker then counts as gone, its thread being left to itself in the background (the watchdog names it).
//
// Source: Node lib/internal/worker.js.

namespace Quintet.Node;

/// <summary>A second loop on a thread of its own. Source: Node's <c>worker_threads.Worker</c>.</summary>
/// <remarks>Events: <c>online</c>, <c>message</c>, <c>error</c>, <c>exit</c> (last, with the exit code). Holds its parent's loop until
/// it has ended.</remarks>
public sealed class Worker : EventEmitter
{
    [ThreadStatic]
    private static MessagePort? _parentPort;

    private readonly NodeLoop _parent = NodeLoop.Current;
    private readonly MessagePort _port;
    private readonly MessagePort _inside;
    private readonly NodeLoop _loop;
    private readonly List<PromiseResolver<int>> _terminating = [];
    private bool _hasExited;

    /// <summary>Runs <paramref name="main"/>, and then the loop, on a thread of its own.</summary>
    /// <param name="main">Must share nothing with its parent but what it sends: it gets its data by message or by
    /// <see cref="Start{T}"/>.</param>
    /// <param name="options">How the worker's loop behaves.</param>
    public Worker(Action main, NodeLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        var gate = new Lock();
        _loop = new NodeLoop(options ?? new NodeLoopOptions());
        _port = new MessagePort(_parent, gate);
        _inside = new MessagePort(_loop, gate);
        MessagePort.Entangle(_port, _inside);
        _parent.Ref();
        var thread = new Thread(() => RunInside(main)) { IsBackground = true, Name = "node worker" };
        using (ExecutionContext.SuppressFlow()) thread.Start();
    }

    /// <summary>In a worker: the port to its parent. Null outside of one.</summary>
    public static MessagePort? ParentPort => _parentPort;

    /// <summary>A worker whose main gets a copy of <paramref name="data"/> (Node: <c>workerData</c>).</summary>
    public static Worker Start<T>(T data, Action<T> main, NodeLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        var copy = StructuredClone.Of(data);
        return new Worker(() => main(copy), options);
    }

    /// <summary>Sends a copy of <paramref name="message"/> to the worker's <see cref="ParentPort"/>.</summary>
    public void PostMessage<T>(T message) => _port.PostMessage(message);

    /// <summary>Ends the worker as soon as its running callback lets it; one that never does is left behind.</summary>
    /// <returns>The exit code, 1 if it had not ended by itself.</returns>
    public Promise<int> Terminate()
    {
        var (promise, resolver) = Promise.WithResolvers<int>();
        if (_hasExited)
        {
            resolver.Resolve(0);
            return promise;
        }

        _terminating.Add(resolver);
        _loop.Post(() => _loop.Exit(1));
        // The parent's next turn: what the worker has sent until now comes first.
        _parent.SetImmediate(() => OnExit(1));
        return promise;
    }

    private void RunInside(Action main)
    {
        var code = 1;
        Exception? failure = null;
        try
        {
            code = _loop.Start(() =>
            {
                _parentPort = _inside;
                SendToParent(() => Emit("online"));
                main();
                // Without a listener on it, the port does not keep the worker.
            });
        }
        catch (Exception error)
        {
            failure = error;
        }

        SendToParent(() =>
        {
            if (failure is not null) OnFailed(failure);
            OnExit(failure is null ? code : 1);
        });
    }

    private void SendToParent(Action action) => _parent.Core.Send(static state => ((Action)state!)(), action);

    private void OnFailed(Exception failure)
    {
        if (!_hasExited) Emit("error", failure);
    }

    private void OnExit(int code)
    {
        if (_hasExited) return;
        _hasExited = true;
        _port.Close();
        _parent.Unref();
        Emit("exit", code);
        foreach (var resolver in _terminating) resolver.Resolve(code);
    }

    private protected override void OnListenerAdded(string name)
    {
        if (name != "message" || _port.ListenerCount("message") > 0) return;
        _port.On<object?>("message", message => Emit("message", message));
        // The worker itself holds the parent's loop, its port does not.
        _port.Unref();
    }
}
