using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>Listens, and starts a task or makes a protocol for each connection. Source: <c>asyncio.Server</c>.</summary>
public sealed class AsyncServer
{
    private readonly EventLoop _loop;
    private readonly SocketListener _listener;
    private readonly IService _service;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly HashSet<IConnection> _connections = [];
    private readonly AsyncEvent _finished = new();
    private Wakeup? _serving;

    internal AsyncServer(
        EventLoop loop,
        Socket socket,
        IService service,
        SslServerAuthenticationOptions? tls,
        int backlog)
    {
        _loop = loop;
        _service = service;
        _tls = tls;
        _listener = new SocketListener(loop.Core, socket, backlog, OnAccepted, OnExhausted);
        LocalEndPoint = socket.LocalEndPoint!;
    }

    /// <summary>Where it listens.</summary>
    public EndPoint LocalEndPoint { get; }

    /// <summary>Whether it listens.</summary>
    public bool IsServing { get; private set; } = true;

    /// <summary>How many connections are open.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Listens no more. Connections that are there go on.</summary>
    public void Close()
    {
        if (!IsServing) return;
        IsServing = false;
        _listener.Close();
        if (_connections.Count == 0) _finished.Set();
        _serving?.Cancel();
    }

    /// <summary>Closes the connections that are there when what was written to them has gone out (<c>close_clients</c>).</summary>
    public void CloseClients()
    {
        foreach (var connection in _connections.ToArray()) connection.Transport.Close();
    }

    /// <summary>Breaks off the connections that are there.</summary>
    public void AbortClients()
    {
        foreach (var connection in _connections.ToArray()) connection.Abort();
    }

    /// <summary>Waits until it is closed and its connections are.</summary>
    public Coroutine WaitClosed() => _finished.Wait();

    /// <summary>Waits until the calling task is cancelled or the server is closed; then the server is closed and its connections are
    /// waited for.</summary>
    /// <exception cref="CancelledError">Always, in the end: that is how it ends.</exception>
    /// <exception cref="EventLoopException">It is closed, or somebody serves for ever already.</exception>
    public async Coroutine ServeForever()
    {
        if (_serving is not null) throw new EventLoopException("server is already being awaited on serve_forever()");
        if (!IsServing) throw new EventLoopException("server is closed");
        _serving = new Wakeup(_loop);
        try
        {
            await _serving;
        }
        finally
        {
            _serving = null;
            Close();
            await WaitClosed();
        }
    }

    /// <summary>As in asyncio, the connection is made in a turn of its own.</summary>
    private void OnAccepted(Socket socket)
    {
        if (_tls is { } options) _loop.CreateTask(OpenTls(socket, options));
        else _loop.Schedule(Open, socket);
    }

    private void OnExhausted(SocketException error) =>
        _loop.CallExceptionHandler(new("socket.accept() out of system resource", error, LocalEndPoint.ToString()));

    private void Open(object? socket)
    {
        try
        {
            _connections.Add(_service.Open((Socket)socket!, OnClosed));
        }
        catch (Exception error) when (error is not KeyboardInterruptException)
        {
            // Nobody serves it: who has connected hears of it.
            ((Socket)socket!).Dispose();
            _loop.CallExceptionHandler(new("Error on transport creation for incoming connection", error, LocalEndPoint.ToString()));
        }
    }

    private void OnClosed(IConnection connection)
    {
        _connections.Remove(connection);
        if (!IsServing && _connections.Count == 0) _finished.Set();
    }

    private async Coroutine OpenTls(Socket socket, SslServerAuthenticationOptions options)
    {
        try
        {
            if (await _service.OpenTls(socket, options, OnClosed) is { } connection) _connections.Add(connection);
        }
        catch (Exception error) when (error is not CancelledError)
        {
            // A stranger who speaks no TLS, or not ours, is his own trouble; asyncio says so in debug mode too.
            if (_loop.Debug) _loop.CallExceptionHandler(new("TLS handshake failed", error, socket.ToString()));
        }
    }
}
