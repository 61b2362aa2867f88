// How a worker works
// ------------------
// A thread with a loop of its own, and a pair of ports. Terminate stops the loop between two callbacks; a callback that does not return
// cannot be stopped in .NET, so the worker then counts as gone, its thread being left to itself in the background (the watchdog names it).
// When a loop ends, the workers that it has started are ended too, without events.
//
// Source: Node 20 lib/internal/worker.js.

using Quintet.Loops;

namespace Quintet.Node;

/// <summary>A second loop on a thread of its own. Source: Node's <c>worker_threads.Worker</c>.</summary>
/// <remarks>Events: <c>online</c>, <c>message</c>, <c>error</c>, <c>exit</c> (last, with the exit code). Holds its parent's loop until
/// it has ended. Belongs to its parent's thread.</remarks>
public sealed partial class Worker : EventEmitter
{
    [ThreadStatic]
    private static MessagePort? _parentPort;

    private static int _lastId;

    private readonly NodeLoop _parent = NodeLoop.Current;
    private readonly ExecutionContext _made = AmbientContext.Capture();
    private readonly MessagePort _port;
    private readonly Action<object?> _passOn;
    private readonly MessagePort _inside;
    private readonly NodeLoop _loop;
    private readonly Dictionary<object, object?> _environment;
    private readonly List<PromiseResolver<int>> _terminating = [];
    private bool _hasExited;
    private bool _holds;

    /// <summary>Runs <paramref name="main"/>, and then the loop, on a thread of its own.</summary>
    /// <param name="main">Must share nothing with its parent but what it sends: it gets its data by message or by
    /// <see cref="Start{T}(T, Action{T}, NodeLoopOptions)"/>.</param>
    /// <param name="options">How the worker's loop behaves.</param>
    public Worker(Action main, NodeLoopOptions? options = null)
        : this(main, new WorkerOptions { Loop = options ?? new NodeLoopOptions() })
    {
    }

    /// <summary>Runs <paramref name="main"/>, and then the loop, on a thread of its own.</summary>
    /// <param name="main">Must share nothing with its parent but what it sends.</param>
    /// <param name="options">How it is started.</param>
    public Worker(Action main, WorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(main);
        ArgumentNullException.ThrowIfNull(options);
        var gate = new Lock();
        Name = options.Name;
        ThreadId = Interlocked.Increment(ref _lastId);
        _loop = new NodeLoop(options.Loop);
        _port = new MessagePort(_parent, gate);
        _passOn = message => Emit("message", message);
        _inside = new MessagePort(_loop, gate);
        _environment = new Dictionary<object, object?>(_data ?? []);
        MessagePort.Entangle(_port, _inside);
        _loop.Process.WriteOutput = Pipe(options.Output ? Output : null, static process => process.Output);
        _loop.Process.WriteError = Pipe(options.Error ? Error : null, static process => process.Error);
        Ref();
        _parent.Leaving += Abandon;
        var thread = new Thread(() => RunInside(main), options.StackSizeMb << 20) { IsBackground = true, Name = options.Name };
        using (ExecutionContext.SuppressFlow()) thread.Start();
    }

    /// <summary>In a worker: the port to its parent. Null outside of one.</summary>
    public static MessagePort? ParentPort => _parentPort;

    /// <summary>Whether this is not a worker's thread.</summary>
    public static bool IsMainThread => _parentPort is null;

    /// <summary>Its number, from 1 in the order of their making.</summary>
    public int ThreadId { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whether it holds its parent's loop.</summary>
    public bool HasRef => _holds;

    /// <summary>What it writes to its output, where <see cref="WorkerOptions.Output"/> asks for that.</summary>
    public Readable<byte[]> Output { get; } = new(_ => { });

    /// <summary>What it writes to its error output, where <see cref="WorkerOptions.Error"/> asks for that.</summary>
    public Readable<byte[]> Error { get; } = new(_ => { });

    /// <summary>A worker whose main gets a copy of <paramref name="data"/> (Node: <c>workerData</c>).</summary>
    public static Worker Start<T>(T data, Action<T> main, NodeLoopOptions? options = null) =>
        Start(data, main, new WorkerOptions { Loop = options ?? new NodeLoopOptions() });

    /// <summary>A worker whose main gets a copy of <paramref name="data"/> (Node: <c>workerData</c>).</summary>
    /// <param name="data">What it gets.</param>
    /// <param name="main">Must share nothing with its parent but what it sends.</param>
    /// <param name="options">How it is started.</param>
    /// <param name="transfer">What of the data is handed over and not copied; see <see cref="MessagePort.PostMessage{T}(T,
    /// IEnumerable{object})"/>.</param>
    /// <exception cref="DataCloneException">The data cannot be copied.</exception>
    public static Worker Start<T>(T data, Action<T> main, WorkerOptions options, params IEnumerable<object> transfer)
    {
        ArgumentNullException.ThrowIfNull(main);
        var handed = Transfer.Prepare(data, null, transfer);
        var message = new PortMessage<T>(handed.Commit(), handed.Taken);
        return new Worker(
            () =>
            {
                message.Open(NodeLoop.Current);
                main((T)message.Value!);
            },
            options);
    }

    /// <summary>Sends a copy of <paramref name="message"/> to the worker's <see cref="ParentPort"/>.</summary>
    /// <exception cref="DataCloneException">The message cannot be copied.</exception>
    public void PostMessage<T>(T message) => _port.PostMessage(message);

    /// <summary>Sends a copy of <paramref name="message"/> in which what the list names is handed over.</summary>
    /// <exception cref="DataCloneException">The message cannot be copied, or something cannot be handed over.</exception>
    public void PostMessage<T>(T message, params IEnumerable<object> transfer) => _port.PostMessage(message, transfer);

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
        Once<int>("exit", resolver.Resolve);
        _loop.Send(_loop.Abandon);
        // The parent's next turn: what the worker has sent until now comes first.
        _parent.SetImmediate(() => OnExit(1));
        return promise;
    }

    /// <summary>Lets it hold its parent's loop, as it does from the beginning.</summary>
    public Worker Ref()
    {
        if (_holds || _hasExited) return this;
        _holds = true;
        _parent.Ref();
        return this;
    }

    /// <summary>Lets its parent's loop end while it runs; it is then ended too.</summary>
    public Worker Unref()
    {
        if (!_holds) return this;
        _holds = false;
        _parent.Unref();
        return this;
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
                _data = _environment;
                SendToParent(() => Emit("online"));
                main();
                // Without a listener on it, the port does not keep the worker.
            });
        }
        catch (Exception error)
        {
            failure = error;
            code = Math.Max(1, _loop.Process.ExitCode);
        }

        if (failure is not null) SendToParent(() => OnFailed(failure));
        SendToParent(() => OnEnded(code));
    }

    // Behind what it has sent, where a tick that failed keeps that for another turn.
    private void OnEnded(int code)
    {
        if (_port.IsTold) SendToParent(() => OnEnded(code));
        else OnExit(code);
    }

    private void SendToParent(Action action) => _parent.Core.Send(NodeCall.WithContext, new NodeCall(action, _made));

    private void OnFailed(Exception failure)
    {
        if (!_hasExited) Emit("error", failure);
    }

    private void OnExit(int code)
    {
        if (_hasExited) return;
        _parent.Leaving -= Abandon;
        Unref();
        // What it has sent comes before its end, also where the port was kept from its turn.
        _port.TakeRest();
        AmbientContext.Enter(_made);
        _hasExited = true;
        _port.Close();
        Output.PushEnd();
        Error.PushEnd();
        try
        {
            Emit("exit", code);
        }
        finally
        {
            // Of those that were told by a listener, this changes nothing; one that threw has kept the others from being told.
            foreach (var resolver in _terminating) resolver.Resolve(code);
        }
    }

    private void Abandon() => _loop.Send(_loop.Abandon);

    private protected override void OnListenerAdded(string name)
    {
        if (name != "message" || ListenerCount(name) != 1) return;
        _port.On(name, _passOn);
        // The worker itself holds the parent's loop, its port does not.
        _port.Unref();
    }

    /// <summary>What comes while nobody listens waits.</summary>
    private protected override void OnListenerRemoved(string name)
    {
        if (name == "message" && ListenerCount(name) == 0) _port.Off(name, _passOn);
    }
}
