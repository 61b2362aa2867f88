// How the poller works where epoll is missing
// -------------------------------------------
// Socket.Select over all watched sockets, and a pair of connected datagram sockets on the loopback of which other threads write one end.
// A look costs the number of sockets, as it does in CPython's SelectSelector.
//
// Ownership: the loop's thread, except Wake.
// Source: CPython Lib/selectors.py (SelectSelector), asyncio's self-pipe.

using System.Net;
using System.Net.Sockets;

namespace Quintet.Loops;

/// <summary>The poller of managed code only.</summary>
internal sealed class SelectPoller : Poller
{
    private readonly Dictionary<Socket, PollTarget> _targets = [];
    private readonly Socket _wakeReader = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _wakeWriter = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private readonly List<Socket> _failed = [];

    internal SelectPoller()
    {
        _wakeReader.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _wakeWriter.Connect(_wakeReader.LocalEndPoint!);
        _wakeReader.Blocking = false;
        _wakeWriter.Blocking = false;
    }

    public override void Dispose()
    {
        _wakeReader.Dispose();
        _wakeWriter.Dispose();
    }

    internal override void Wake() => _wakeWriter.Send([1], SocketFlags.None, out _);

    internal override void Wait(int milliseconds)
    {
        Collect();
        Socket.Select(_readable, _writable, _failed, milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds));
        Span<byte> one = stackalloc byte[8];
        if (_readable.Remove(_wakeReader))
            while (_wakeReader.Receive(one, SocketFlags.None, out var error) > 0 && error == SocketError.Success) { }
    }

    internal override int Tell(ILoopHost host)
    {
        var ready = new Dictionary<PollTarget, PollEvents>();
        Mark(_readable, PollEvents.Readable, ready);
        Mark(_writable, PollEvents.Writable, ready);
        Mark(_failed, PollEvents.Error | PollEvents.Readable | PollEvents.Writable, ready);
        _readable.Clear();
        _writable.Clear();
        _failed.Clear();
        foreach (var (target, events) in ready)
            if (target.Interest != PollEvents.None) host.OnReady(target, events);
        return ready.Count;
    }

    private protected override void Change(PollTarget target, PollEvents interest)
    {
        if (interest == PollEvents.None) _targets.Remove(target.Socket);
        else _targets[target.Socket] = target;
    }

    private void Collect()
    {
        _readable.Clear();
        _writable.Clear();
        _failed.Clear();
        _readable.Add(_wakeReader);
        foreach (var target in _targets.Values)
        {
            if (target.Interest.HasFlag(PollEvents.Readable)) _readable.Add(target.Socket);
            if (target.Interest.HasFlag(PollEvents.Writable)) _writable.Add(target.Socket);
            _failed.Add(target.Socket);
        }
    }

    private void Mark(List<Socket> sockets, PollEvents events, Dictionary<PollTarget, PollEvents> ready)
    {
        foreach (var socket in sockets)
            if (_targets.TryGetValue(socket, out var target)) ready[target] = ready.GetValueOrDefault(target) | events;
    }
}
