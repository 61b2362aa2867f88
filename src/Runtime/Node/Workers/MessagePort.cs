// How a port works
// ----------------
// A port posts clones into its peer's queue, from any thread, and wakes the peer's loop, which takes them in a poll phase: each message
// is a callback of its own, with its ticks and microtasks after it. A port that listens holds its loop until one end is closed.
// After a message of which a tick failed, the next ones wait for another turn.
// A port that is handed over gives its peer and its queue to a new port and is closed itself, without an event.
//
// Invariants:
//   I1  _peer, _loop, _closing and _moved change under _gate, which both ends share.
//   I2  What was posted before a close of the same end is emitted before that close.
//
// Source: Node 20 lib/internal/worker/io.js, src/node_messaging.cc.

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
    private long _restsIn = -1;

    internal MessagePort(NodeLoop? loop, Lock gate, ConcurrentQueue<PortMessage>? queue = null)
    {
        _loop = loop;
        _gate = gate;
        _queue = queue ?? new ConcurrentQueue<PortMessage>();
        // Its callbacks see the values of its making; the end of a worker is made on the parent's loop and sees none.
        if (loop is { Core.IsOwnThread: true }) _made = AmbientContext.Capture();
    }

    /// <summary>Whether it holds its loop.</summary>
    public bool HasRef => _holds;

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
        lock (_gate) peer = _peer;
        if (handed.Ports.Contains(peer))
        {
            _loop?.Process.EmitWarning("The target port was posted to itself, and the communication channel was lost");
            handed.Commit();
            Close();
            return;
        }

        var copy = handed.Commit();
        if (peer is null) return;
        peer._queue.Enqueue(new PortMessage<T>(copy, handed.Taken));
        peer.Notify();
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
        lock (_gate)
        {
            if (_closing || _moved) return;
            _closing = true;
            var peer = _peer;
            if (peer is not null && !peer._closing)
            {
                peer._closing = true;
                peer._peer = null;
                peer._queue.Enqueue(ClosePort.Instance);
                peer.NotifyOfAll();
            }

            _peer = null;
        }

        FinishClose();
    }

    /// <summary>Begins to take messages, as a listener for <c>message</c> does.</summary>
    public void Start()
    {
        if (_started || _closed || _moved || _loop is null) return;
        _started = true;
        Ref();
        for (var waiting = _queue.Count; waiting > 0; waiting--) Notify();
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
            if (_closing) NotifyOfAll();
        }
    }

    /// <summary>The last message: the other end was closed.</summary>
    internal void FinishClose()
    {
        if (_closed) return;
        _closed = true;
        var loop = _loop;
        if (loop is null) return;
        loop.PushClosing(() =>
        {
            AmbientContext.EnterFromEmpty(_made);
            Unref();
            Emit("close");
        });
    }

    private protected override void OnListenerAdded(string name)
    {
        if (name != "message") return;
        Start();
        if (ListenerCount("message") == 1) Ref();
    }

    /// <summary>A port that nobody listens to does not hold its loop.</summary>
    private protected override void OnListenerRemoved(string name)
    {
        if (name == "message" && ListenerCount("message") == 0) Unref();
    }

    /// <summary>Under the gate: a port that has not begun to take messages has no letters for those that wait.</summary>
    private void NotifyOfAll()
    {
        for (var waiting = _started ? 1 : _queue.Count; waiting > 0; waiting--)
            _loop?.Core.Send(static state => ((MessagePort)state!).TakeOne(), this);
    }

    private void Notify()
    {
        NodeLoop? loop;
        lock (_gate) loop = _loop;
        loop?.Core.Send(static state => ((MessagePort)state!).TakeOne(), this);
    }

    /// <summary>A tick of its last message failed: the others wait for the next turn.</summary>
    internal void Rest() => _restsIn = _loop?.Core.Metrics.Turns ?? -1;

    /// <summary>One message for each letter: so messages keep their place among everything else that comes to the loop.</summary>
    private void TakeOne()
    {
        if (_restsIn >= 0 && _restsIn == _loop?.Core.Metrics.Turns)
        {
            Notify();
            return;
        }

        if (_moved || (!_started && !_closing) || !_queue.TryDequeue(out var message)) return;
        AmbientContext.EnterFromEmpty(_made);
        message.Open(_loop);
        message.Deliver(this);
    }
}
