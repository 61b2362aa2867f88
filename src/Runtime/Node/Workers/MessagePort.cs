// How a port works
// ----------------
// A port posts clones into its peer's queue, from any thread, and wakes the peer's loop, which takes them in a poll phase: each message
// is a
// callback of its own, with its ticks and microtasks after it. A port that listens holds its loop until one end is closed.
//
// Source: Node lib/internal/worker/io.js, src/node_messaging.cc.

using System.Collections.Concurrent;

namespace Quintet.Node;

/// <summary>One end of a channel between loops. Source: Node's <c>MessagePort</c>.</summary>
/// <remarks>Events: <c>message</c> and <c>close</c>. <see cref="PostMessage{T}"/> is called on the loop of this end.</remarks>
public sealed class MessagePort : EventEmitter
{
    private readonly ConcurrentQueue<Action> _queue = new();
    private readonly Lock _gate;
    private NodeLoop? _loop;
    private MessagePort? _peer;
    private bool _started;
    private bool _closed;
    private bool _closing;
    private bool _holds;

    internal MessagePort(NodeLoop? loop, Lock gate)
    {
        _loop = loop;
        _gate = gate;
    }

    /// <summary>Sends a copy of <paramref name="message"/> to the other end. After it is closed, nothing happens.</summary>
    /// <exception cref="NotSupportedException">The message cannot be copied.</exception>
    public void PostMessage<T>(T message)
    {
        var copy = StructuredClone.Of(message);
        MessagePort? peer;
        lock (_gate) peer = _peer;
        if (peer is null) return;
        peer._queue.Enqueue(() => peer.Emit("message", copy));
        peer.Notify();
    }

    /// <summary>Closes both ends. What was sent before arrives.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_closing) return;
            _closing = true;
            var peer = _peer;
            if (peer is not null && !peer._closing)
            {
                peer._closing = true;
                // Nobody has begun to take what was sent, and nobody will.
                if (!peer._started) peer._queue.Clear();
                peer._queue.Enqueue(peer.FinishClose);
                peer.NotifyLocked();
            }

            _peer = null;
        }

        FinishClose();
    }

    /// <summary>Begins to take messages, as a listener for <c>message</c> does.</summary>
    public void Start()
    {
        if (_started || _closed || _loop is null) return;
        _started = true;
        Ref();
        for (var waiting = _queue.Count; waiting > 0; waiting--) Notify();
    }

    /// <summary>Lets it hold its loop.</summary>
    public void Ref()
    {
        if (_holds || _closed) return;
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

    /// <summary>Gives an end to the loop that will use it.</summary>
    internal void Attach(NodeLoop loop)
    {
        lock (_gate) _loop = loop;
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

    private void NotifyLocked() => _loop?.Core.Send(static state => ((MessagePort)state!).TakeOne(), this);

    private void Notify()
    {
        NodeLoop? loop;
        lock (_gate) loop = _loop;
        loop?.Core.Send(static state => ((MessagePort)state!).TakeOne(), this);
    }

    /// <summary>One message for each letter: so messages keep their place among everything else that comes to the loop.</summary>
    private void TakeOne()
    {
        if ((_started || _closing) && _queue.TryDequeue(out var message)) message();
    }

    private void FinishClose()
    {
        if (_closed) return;
        _closed = true;
        var loop = _loop;
        if (loop is null) return;
        loop.PushClosing(() =>
        {
            Unref();
            Emit("close");
        });
    }
}
