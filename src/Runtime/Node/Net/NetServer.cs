using System.Net;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Node;

/// <summary>Listens for connections. Source: Node's <c>net.Server</c>.</summary>
/// <remarks>Events: <c>listening</c>, <c>connection</c>, <c>error</c>, <c>close</c> (when it is closed and its connections are).</remarks>
public sealed class NetServer : EventEmitter
{
    private readonly NodeLoop _loop = NodeLoop.Current;
    private readonly bool _allowHalfOpen;
    private SocketListener? _listener;
    private int _connections;
    private bool _closing;

    /// <summary>A server that gives each connection to <paramref name="onConnection"/>.</summary>
    public NetServer(Action<NetSocket>? onConnection = null, bool allowHalfOpen = false)
    {
        _allowHalfOpen = allowHalfOpen;
        if (onConnection is not null) On("connection", onConnection);
    }

    /// <summary>Where it listens; null if it does not.</summary>
    public EndPoint? Address { get; private set; }

    /// <summary>Listens at an address; holds the loop until it is closed.</summary>
    /// <exception cref="InvalidOperationException">It listens already.</exception>
    public NetServer Listen(EndPoint address, Action? listening = null, int backlog = 511)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (_listener is not null) throw new InvalidOperationException("Listen was called more than once without closing.");
        if (listening is not null) Once("listening", listening);
        var local = address.AddressFamily == AddressFamily.Unix;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, local ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (!local && !OperatingSystem.IsWindows())
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(address);
            _listener = new SocketListener(_loop.Core, socket, backlog, OnAccepted);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            _loop.NextTick(() => Emit("error", (Exception)error));
            return this;
        }

        Address = socket.LocalEndPoint;
        _loop.Ref();
        _loop.NextTick(() => Emit("listening"));
        return this;
    }

    /// <summary>Listens at a port of an IP address; port 0 takes one that is free.</summary>
    public NetServer Listen(int port, string host, Action? listening = null) =>
        Listen(new IPEndPoint(IPAddress.Parse(host), port), listening);

    /// <summary>Listens no more; connections go on. <paramref name="closed"/> is called with the <c>close</c> event.</summary>
    public NetServer Close(Action? closed = null)
    {
        if (closed is not null) Once("close", closed);
        if (_listener is null) return this;
        _listener.Close();
        _listener = null;
        Address = null;
        _closing = true;
        _loop.PushClosing(_loop.Unref);
        CloseWhenLeft();
        return this;
    }

    private void OnAccepted(Socket connection) => _loop.InvokeFromPoll(() =>
    {
        var socket = NetSocket.Adopt(connection, _allowHalfOpen);
        _connections++;
        socket.On("close", () =>
        {
            _connections--;
            CloseWhenLeft();
        });
        Emit("connection", socket);
        socket.StartReading();
    });

    private void CloseWhenLeft()
    {
        if (!_closing || _connections > 0) return;
        _closing = false;
        _loop.NextTick(() => Emit("close"));
    }
}
