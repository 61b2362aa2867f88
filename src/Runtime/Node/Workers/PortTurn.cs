// The ports of a loop that were told that something waits, in their turn
// ----------------------------------------------------------------------
// As libuv goes through the asynchronous handles of a loop: in the order in which they were made, once in a poll phase; one that is told
// meanwhile is still taken in if its place has not been passed, and waits for the next phase otherwise.
//
// Source: libuv src/unix/async.c (uv__async_io); Node src/node_messaging.cc (MessagePort::OnMessage).

using Quintet.Loops;

namespace Quintet.Node;

/// <summary>Which ports have their turn in this poll phase. Belongs to the loop's thread, but for <see cref="NextPlace"/>.</summary>
internal sealed class PortTurn
{
    /// <summary>How many messages a port gives in a turn if more keep coming.</summary>
    internal const int Most = 1000;

    /// <summary>What brings a port to its loop; the loop knows it by the state.</summary>
    internal static readonly SendOrPostCallback Letter = static state => NodeLoop.Current.Ports.Take((MessagePort)state!);

    private readonly PriorityQueue<MessagePort, long> _ready = new();
    private int _letters;
    private long _places;
    private long _passed = long.MaxValue;

    /// <summary>How many letters on their way say no more than that a port has something; they do not hold the loop, only ports
    /// do.</summary>
    internal int Letters => Volatile.Read(ref _letters);

    /// <summary>Lets a loop know of its port, from any thread. Counted when it is there: too few for a moment is one more turn.</summary>
    internal void Send(NodeLoop loop, MessagePort port)
    {
        loop.Core.Send(Letter, port);
        Interlocked.Increment(ref _letters);
    }

    internal void Take(MessagePort port)
    {
        Interlocked.Decrement(ref _letters);
        Add(port);
    }

    internal long NextPlace() => Interlocked.Increment(ref _places);

    internal void Add(MessagePort port) => _ready.Enqueue(port, port.Place);

    /// <returns>Whether the pass that goes on will still come to it.</returns>
    internal bool TakesIn(NodeLoop loop, MessagePort port)
    {
        if (!loop.Core.IsOwnThread || port.Place <= _passed) return false;
        Add(port);
        return true;
    }

    internal void Run(NodeLoop loop)
    {
        while (!loop.IsStopped && _ready.TryDequeue(out var port, out _passed)) port.TakeAll(loop);
        _ready.Clear();
        _passed = long.MaxValue;
    }
}
