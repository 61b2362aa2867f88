using System.Net;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>Listens, and starts a task for each connection. Source: <c>asyncio.Server</c>.</summary>
public sealed class AsyncServer
{
    private readonly EventLoop _loop;
    private readonly SocketListener _listener;
    private readonly Func<AsyncStreamReader, AsyncStreamWriter, Coroutine> _handler;
    private readonly int _limit;
    private readonly HashSet<StreamConnection> _connections = [];
    private readonly AsyncEvent _finished = new();

    internal AsyncServer(
        EventLoop loop, Socket socket, Func<AsyncStreamReader, AsyncStreamWriter, Coroutine> handler, int limit, int backlog)
    {
        _loop = loop;
        _handler = handler;
        _limit = limit;
        _listener = new SocketListener(loop.Core, socket, backlog, OnAccepted);
        LocalEndPoint = socket.LocalEndPoint!;
    }

    /// <summary>Where it listens.</summary>
    public EndPoint LocalEndPoint { get; }

    /// <summary>Whether it listens.</summary>
    public bool IsServing { get; private set; } = true;

    /// <summary>Listens no more. Connections that are there go on.</summary>
    public void Close()
    {
        if (!IsServing) return;
        IsServing = false;
        _listener.Close();
        if (_connections.Count == 0) _finished.Set();
    }

    /// <summary>Breaks off the connections that are there.</summary>
    public void AbortClients()
    {
        foreach (var connection in _connections.ToArray()) connection.Abort();
    }

    /// <summary>Waits until it is closed and its connections are.</summary>
    public Coroutine WaitClosed() => _finished.Wait();

    private void OnAccepted(Socket socket)
    {
        var connection = StreamConnection.Open(_loop, socket, _limit, OnClosed);
        _connections.Add(connection);
        _loop.CreateTask(Handle(connection));
    }

    private void OnClosed(StreamConnection connection)
    {
        _connections.Remove(connection);
        if (!IsServing && _connections.Count == 0) _finished.Set();
    }

    private async Coroutine Handle(StreamConnection connection)
    {
        try
        {
            await _handler(connection.Reader, connection.Writer);
        }
        catch (Exception error) when (error is not CancelledError)
        {
            _loop.CallExceptionHandler(new("Unhandled exception in client_connected_cb", error, null));
            connection.Abort();
        }
    }
}
