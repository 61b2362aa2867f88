using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Node;

/// <summary>Listens for connections. Source: Node's <c>net.Server</c>.</summary>
/// <remarks>Events: <c>listening</c>, <c>connection</c>, <c>drop</c>, <c>error</c>, <c>close</c> (when it is closed and its connections
/// are); with TLS (<see cref="NodeTls"/>) <c>secureConnection</c> instead of <c>connection</c>, and <c>tlsClientError</c>. Belongs to its
/// loop's thread.</remarks>
public sealed class NetServer : EventEmitter
{
    private readonly NodeLoop _loop = NodeLoop.Current;
    private readonly bool _allowHalfOpen;
    private readonly bool _pauseOnConnect;
    private readonly Func<SslStream, Task>? _tls;
    private SocketListener? _listener;
    private string? _path;
    private ExecutionContext _listenedIn = AmbientContext.Empty;
    private bool _holds;
    private bool _isReffed = true;
    private bool _isLookingUp;

    /// <summary>A server that gives each connection to <paramref name="onConnection"/>.</summary>
    /// <param name="onConnection">A listener for <c>connection</c>.</param>
    /// <param name="allowHalfOpen">Whether connections stay open when the other end has ended.</param>
    /// <param name="pauseOnConnect">Whether nothing is read from a connection before it is resumed.</param>
    public NetServer(Action<NetSocket>? onConnection = null, bool allowHalfOpen = false, bool pauseOnConnect = false)
    {
        _allowHalfOpen = allowHalfOpen;
        _pauseOnConnect = pauseOnConnect;
        if (onConnection is not null) On("connection", onConnection);
    }

    internal NetServer(SslServerAuthenticationOptions tls, Action<NetSocket>? onConnection, bool allowHalfOpen)
        : this(null, allowHalfOpen)
    {
        _tls = ssl => ssl.AuthenticateAsServerAsync(tls);
        if (onConnection is not null) On("secureConnection", onConnection);
    }

    /// <summary>Where it listens; null if it does not.</summary>
    public EndPoint? Address { get; private set; }

    /// <summary>Whether it listens.</summary>
    public bool IsListening => _listener is not null;

    /// <summary>How many of its connections are open.</summary>
    public int ConnectionCount { get; private set; }

    /// <summary>More connections than this are closed at once, with a <c>drop</c> event. Null, the default, means any number.</summary>
    public int? MaxConnections { get; set; }

    /// <summary>Listens at an address; holds the loop until it is closed. What keeps it from listening is an <c>error</c> event.</summary>
    /// <param name="address">TCP or a Unix socket.</param>
    /// <param name="listening">Is called with the <c>listening</c> event.</param>
    /// <param name="backlog">How many connections may wait to be taken.</param>
    /// <param name="signal">Closes it when it is aborted.</param>
    /// <exception cref="InvalidOperationException">It listens already.</exception>
    public NetServer Listen(EndPoint address, Action? listening = null, int backlog = 511, AbortSignal? signal = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (_listener is not null) throw new InvalidOperationException("Listen was called more than once without closing.");
        if (listening is not null) Once("listening", listening);
        var local = address.AddressFamily == AddressFamily.Unix;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, local ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            // The base library sets SO_REUSEADDR by itself where a port in TIME_WAIT needs it. Its ReuseAddress option would let a second
            // server take the port of the first.
            socket.Bind(address);
            _listener = new SocketListener(_loop.Core, socket, backlog, OnAccepted);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            Later(() => Emit("error", (Exception)error));
            return this;
        }

        _listenedIn = AmbientContext.Capture();
        Address = socket.LocalEndPoint;
        _path = local ? address.ToString() : null;
        Hold();
        Later(() =>
        {
            if (_listener is not null) Emit("listening");
        });
        if (signal is { IsAborted: true }) _loop.NextTick(() => Close());
        else signal?.AddListener(() => Close());
        return this;
    }

    /// <summary>Listens at a port of an IP address, of "localhost", or (with "") of every address of this machine; port 0 takes one that is
    /// free.</summary>
    /// <exception cref="ArgumentException">The host is some other name.</exception>
    /// <remarks>The host is looked up first, as in Node: <c>listening</c> comes a tick later than with an address.</remarks>
    public NetServer Listen(int port, string host, Action? listening = null)
    {
        _isLookingUp = true;
        Listen(new IPEndPoint(ListenAddress.Of(host), port), listening);
        _isLookingUp = false;
        return this;
    }

    /// <summary>Listens at a Unix-domain socket, which is removed when it is closed.</summary>
    public NetServer Listen(string path, Action? listening = null) => Listen(new UnixDomainSocketEndPoint(path), listening);

    /// <summary>Listens no more; connections go on, and hold it until they are closed.</summary>
    /// <param name="closed">Is called with the <c>close</c> event: with null, or with an error if it did not listen.</param>
    public NetServer Close(Action<Exception?>? closed = null)
    {
        if (_listener is null)
        {
            if (closed is null) return this;
            var error = new StreamError("ERR_SERVER_NOT_RUNNING", "Server is not running.");
            Once("close", () => closed(error));
            CloseWhenLeft();
            return this;
        }

        if (closed is not null) Once("close", () => closed(null));
        _listener.Close();
        _listener = null;
        Address = null;
        if (_path is not null) File.Delete(_path);
        _loop.PushClosing(LetGo);
        CloseWhenLeft();
        return this;
    }

    /// <summary>Listens no more, with a callback without an error.</summary>
    public NetServer Close(Action closed)
    {
        ArgumentNullException.ThrowIfNull(closed);
        return Close(_ => closed());
    }

    /// <summary>Lets it hold the loop, as it does from the beginning.</summary>
    public NetServer Ref()
    {
        _isReffed = true;
        if (_listener is not null) Hold();
        return this;
    }

    /// <summary>Lets the loop end while it listens.</summary>
    public NetServer Unref()
    {
        _isReffed = false;
        LetGo();
        return this;
    }

    /// <summary>In the next tick, and, where the host was looked up, in the one after that.</summary>
    private void Later(Action tell) => _loop.NextTick(_isLookingUp ? () => _loop.NextTick(tell) : tell);

    private void OnAccepted(Socket connection) => _loop.InvokeFromPoll(() =>
    {
        AmbientContext.EnterFromEmpty(_listenedIn);
        if (MaxConnections is { } most && ConnectionCount >= most)
        {
            var dropped = connection.RemoteEndPoint;
            connection.Dispose();
            Emit("drop", dropped!);
            return;
        }

        var socket = NetSocket.Adopt(connection, _allowHalfOpen, this, _tls);
        if (_pauseOnConnect) socket.Pause();
        ConnectionCount++;
        if (_tls is not null)
        {
            socket.BeginTls(_tls, error => OnSecured(socket, error));
            return;
        }

        Emit("connection", socket);
        socket.StartReading();
    });

    /// <summary>A stranger who speaks no TLS, or not ours, is told of and closed; the server goes on.</summary>
    private void OnSecured(NetSocket socket, Exception? error)
    {
        if (error is null) Emit("secureConnection", socket);
        else
        {
            if (!socket.IsDestroyed) socket.Destroy();
            Emit("tlsClientError", error, socket);
        }
    }

    /// <summary>One of its connections was destroyed.</summary>
    internal void Forget()
    {
        ConnectionCount--;
        CloseWhenLeft();
    }

    private void CloseWhenLeft()
    {
        if (_listener is null && ConnectionCount == 0) _loop.NextTick(() => Emit("close"));
    }

    private void Hold()
    {
        if (_holds || !_isReffed) return;
        _holds = true;
        _loop.Ref();
    }

    private void LetGo()
    {
        if (!_holds) return;
        _holds = false;
        _loop.Unref();
    }
}
