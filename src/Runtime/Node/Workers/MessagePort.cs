// How a port works
// ----------------
// A port posts clones into its peer's queue, from any thread, and tells the peer's loop once that there is something; in a poll phase the
// ports that were told take their turns (PortTurn), and each gives all that waits: each message is a callback of its own, with its ticks
// and microtasks after it. After a message of which a tick failed, the next ones wait for another turn. A port gives nothing while nobody
// listens; one that listens holds its loop until one end is closed.
// A port closes in the closing phase, and only then its peer is told, behind all that was posted before.
// A port that is handed over gives its peer and its queue to a new port and is closed itself, without an event.
//
// Invariants:
//   I1  _peer, _loop, _closing and _moved change under _gate, which both ends share.
//   I2  What was posted before a close of the same end is emitted before that close.
//   I3  While something waits and the loop is known, either _told is set or the port does not listen.
//
// Source: Node 20 lib/internal/worker/io.js, src/node_messaging.cc; libuv src/unix/async.c (uv__async_io).

using System.Collections.Concurrent;
using Quintet.Loops;

namespace Quintet.Node;

/// <summary>One end of a channel between loops. Source: Node's <c>MessagePort</c>.</summary>
/// <remarks>Events: <c>message</c> and <c>close</c>. Its members are called on the loop of this end.</remarks>
public sealed class MessagePort : EventEmitter
{
    private readonly ConcurrentQueue<PortMessage> _queue;
    private readonly Lock _gate;
    private ExecutionContext _made = AmbientContext.Empty;
    private NodeLoop? _loop;
    private MessagePort? _peer;
    private bool _started;
    private bool _closed;
    private bool _closing;
    private bool _moved;
    private bool _holds;
    private int _told;

    internal MessagePort(NodeLoop? loop, Lock gate, ConcurrentQueue<PortMessage>? queue = null)
    {
        _loop = loop;
        _gate = gate;
        _queue = queue ?? new ConcurrentQueue<PortMessage>();
        Place = loop?.Ports.NextPlace() ?? 0;
        // Its callbacks see the values of its making; the end of a worker is made on the parent's loop and sees none.
        if (loop is { Core.IsOwnThread: true }) _made = AmbientContext.Capture();
    }

    /// <summary>Whether it holds its loop.</summary>
    public bool HasRef => _holds;

    /// <summary>Among the ports of its loop, in the order in which they came to it.</summary>
    internal long Place { get; private set; }

    /// <summary>Whether it waits for its turn.</summary>
    internal bool IsTold => Volatile.Read(ref _told) != 0;

    /// <summary>Whether it was closed or handed over.</summary>
    internal bool IsDetached => _closing || _moved;

    /// <summary>Sends a copy of <paramref name="message"/> to the other end. After it is closed, nothing happens.</summary>
    /// <exception cref="DataCloneException">The message cannot be copied.</exception>
    public void PostMessage<T>(T message) => PostMessage(message, []);

    /// <summary>Sends a copy of <paramref name="message"/> in which what the list names is not copied but handed over.</summary>
    /// <param name="message">The message.</param>
    /// <param name="transfer">Ports, which are closed here and open there, and arrays of bytes, which must not be used here any
    /// more.</param>
    /// <exception cref="DataCloneException">The message cannot be copied, or the list has something twice, something that is closed,
    /// this port, or something of another type.</exception>
    public void PostMessage<T>(T message, params IEnumerable<object> transfer)
    {
        var handed = Transfer.Prepare(message, this, transfer);
        MessagePort? peer;
        lock (_gate) peer = _closing ? null : _peer;
        if (handed.Ports.Contains(peer))
        {
            _loop?.Process.EmitWarning("The target port was posted to itself, and the communication channel was lost");
            handed.Commit();
            Close();
            return;
        }

        var copy = handed.Commit();
        if (peer is null) return;
        peer.Post(new PortMessage<T>(copy, handed.Taken));
    }

    /// <summary>Puts a message before this end, from any thread.</summary>
    internal void Post(PortMessage message)
    {
        _queue.Enqueue(message);
        Notify();
    }

    /// <summary>Takes the next message, if one waits, without its event (Node: <c>receiveMessageOnPort</c>).</summary>
    /// <exception cref="InvalidCastException">The message has another type; it is lost.</exception>
    public bool TryReceive<T>(out T? message)
    {
        while (_queue.TryPeek(out var next) && next is not ClosePort && _queue.TryDequeue(out next))
        {
            next.Open(_loop);
            message = (T?)next.Value;
            return true;
        }

        message = default;
        return false;
    }

    /// <summary>Closes both ends. What was sent before arrives.</summary>
    /// <param name="closed">Is called with the <c>close</c> event.</param>
    public void Close(Action? closed = null)
    {
        if (closed is not null) Once("close", closed);
        BeginClose();
    }

    /// <summary>Begins to take messages, as a listener for <c>message</c> does.</summary>
    public void Start()
    {
        if (_started || _closed || _moved || _loop is null) return;
        _started = true;
        Ref();
        if (!_queue.IsEmpty) Notify();
    }

    /// <summary>Lets it hold its loop.</summary>
    public void Ref()
    {
        if (_holds || _closed || _moved) return;
        _holds = true;
        _loop?.Ref();
    }

    /// <summary>Lets its loop end while it listens.</summary>
    public void Unref()
    {
        if (!_holds) return;
        _holds = false;
        _loop?.Unref();
    }

    internal static void Entangle(MessagePort first, MessagePort second)
    {
        first._peer = second;
        second._peer = first;
    }

    /// <summary>A new port in the place of this one, which is closed.</summary>
    internal MessagePort Move()
    {
        Unref();
        lock (_gate)
        {
            _moved = true;
            var port = new MessagePort(null, _gate, _queue) { _peer = _peer, _closing = _closing };
            if (_peer is not null) _peer._peer = port;
            _peer = null;
            return port;
        }
    }

    /// <summary>Gives an end to the loop that will use it.</summary>
    internal void Attach(NodeLoop loop)
    {
        lock (_gate)
        {
            _loop = loop;
            _made = AmbientContext.Capture();
            Place = loop.Ports.NextPlace();
        }

        if (!_queue.IsEmpty) Notify();
    }

    /// <summary>Called by the user, or by the last message: the other end was closed.</summary>
    internal void BeginClose()
    {
        lock (_gate)
        {
            if (_closing || _moved) return;
            _closing = true;
        }

        if (_loop is { } loop) loop.PushClosing(FinishClose);
        else FinishClose();
    }

    private void FinishClose()
    {
        _closed = true;
        MessagePort? peer;
        lock (_gate)
        {
            peer = _peer;
            _peer = null;
            if (peer is not null)
            {
                peer._peer = null;
                peer._queue.Enqueue(ClosePort.Instance);
            }
        }

        peer?.Notify();
        if (_loop is null) return;
        AmbientContext.EnterFromEmpty(_made);
        Unref();
        Emit("close");
    }

    private protected override void OnListenerAdded(string name)
    {
        if (name != "message" || ListenerCount(name) != 1) return;
        Start();
        Ref();
    }

    /// <summary>A port that nobody listens to keeps what comes, and does not hold its loop; but one whose listeners were removed all at
    /// once is not told of it in Node: it goes on, what comes is lost, and its loop is held.</summary>
    private protected override void OnListenerRemoved(string name)
    {
        if (name != "message" || ListenerCount(name) > 0 || RemovesAll) return;
        _started = false;
        Unref();
    }

    private void Notify()
    {
        NodeLoop? loop;
        lock (_gate) loop = _loop;
        if (loop is null || Interlocked.Exchange(ref _told, 1) != 0 || loop.Ports.TakesIn(loop, this)) return;
        loop.Ports.Send(loop, this);
    }

    /// <summary>Its turn: gives what waits, and what comes meanwhile, unless there is no end of it.</summary>
    internal void TakeAll(NodeLoop loop)
    {
        Interlocked.Exchange(ref _told, 0);
        for (var left = Math.Max(_queue.Count, PortTurn.Most); left > 0; left--)
        {
            if (!HasMessage) return;
            if (!loop.InvokeFromPort(this)) break;
        }

        if (HasMessage) Notify();
    }

    /// <summary>Gives what is left, within the running callback: nothing will come to its turn any more.</summary>
    internal void TakeRest()
    {
        while (HasMessage)
        {
            AmbientContext.Enter(_made);
            TakeOne();
        }
    }

    internal void TakeOne()
    {
        if (!_queue.TryDequeue(out var message)) return;
        message.Open(_loop);
        message.Deliver(this);
    }

    internal ExecutionContext Made => _made;

    private bool HasMessage => !_closed && !_moved && _queue.TryPeek(out var next) && (_started || next is ClosePort);
}
