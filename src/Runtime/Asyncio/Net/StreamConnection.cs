using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>Joins a transport to a reader and a writer. Source: <c>asyncio.StreamReaderProtocol</c> and <c>FlowControlMixin</c>.</summary>
internal sealed class StreamConnection : ITransportUser, IConnection
{
    private readonly EventLoop _loop;
    private readonly List<Wakeup> _drainWaiters = [];
    private readonly AsyncEvent _closed = new();
    private readonly Action<IConnection>? _onClosed;
    private ITransport _transport = null!;
    private Exception? _error;
    private bool _writingPaused;
    private bool _upgrading;

    private StreamConnection(EventLoop loop, int limit, Action<IConnection>? onClosed)
    {
        _loop = loop;
        _onClosed = onClosed;
        Reader = new AsyncStreamReader(limit);
        Writer = new AsyncStreamWriter(this);
    }

    internal AsyncStreamReader Reader { get; }

    internal AsyncStreamWriter Writer { get; }

    internal EndPoint? LocalEndPoint { get; private set; }

    internal EndPoint? RemoteEndPoint { get; private set; }

    public ITransport Transport => _transport;

    internal SslStream? Ssl => (_transport as TlsTransport)?.Ssl;

    /// <summary>A connection over a socket. Nothing is read before its transport is told to.</summary>
    internal static StreamConnection Open(EventLoop loop, Socket socket, int limit, Action<IConnection>? onClosed = null)
    {
        var connection = new StreamConnection(loop, limit, onClosed);
        connection.Use(new SocketTransport(loop.Core, socket, _ => connection, closesLater: true), socket);
        return connection;
    }

    internal static async Coroutine<StreamConnection> OpenTls(
        EventLoop loop, Socket socket, int limit, Func<SslStream, CancellationToken, Task> handshake,
            Action<IConnection>? onClosed = null)
    {
        var connection = new StreamConnection(loop, limit, onClosed);
        var inner = new SocketTransport(loop.Core, socket, _ => connection, closesLater: true);
        connection.Use(inner, socket);
        var tls = await TlsStart.Start(loop, inner, [], handshake);
        connection.Use(tls, socket);
        tls.Attach(connection);
        return connection;
    }

    /// <summary>The addresses of a connection, as far as they can still be had.</summary>
    internal static (EndPoint? Local, EndPoint? Remote) EndPoints(Socket socket)
    {
        EndPoint? local = null;
        try
        {
            local = socket.LocalEndPoint;
            return (local, socket.RemoteEndPoint);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The other end has gone already; reading will tell.
            return (local, null);
        }
    }

    internal static StreamConnection Open(EventLoop loop, Stream stream, int limit)
    {
        var connection = new StreamConnection(loop, limit, null);
        var transport = new StreamTransport(loop.Core, stream) { User = connection };
        connection.Use(transport, null);
        if (!stream.CanRead) connection.Reader.FeedEof();
        transport.StartReading();
        return connection;
    }

    /// <summary>Puts TLS onto the connection. What has been received and not read belongs to TLS.</summary>
    internal async Coroutine StartTls(Func<SslStream, CancellationToken, Task> handshake)
    {
        if (_transport is not SocketTransport inner || _upgrading)
            throw new EventLoopException("start_tls needs a connection over a socket that has no TLS yet");
        _upgrading = true;
        await Drain();
        var tls = await TlsStart.Start(_loop, inner, Reader.TakeBuffered(), handshake);
        _transport = tls;
        Use(tls, inner.Socket);
        tls.Attach(this);
    }

    public void OnData(ReadOnlySpan<byte> data) => Reader.FeedData(data);

    public void OnEnd() => Reader.FeedEof();

    public void OnDrained()
    {
        _writingPaused = false;
        WakeDrainers();
    }

    public void OnClosed(Exception? error)
    {
        _error = error;
        // In a turn of its own, as a connection_lost is: who closes it goes on first.
        _loop.Schedule(static state => ((StreamConnection)state!).Settle(), this);
    }

    internal void Write(ReadOnlySpan<byte> data)
    {
        if (!_transport.Write(data)) _writingPaused = true;
    }

    internal Coroutine Drain() => DrainWriter.From(this);

    /// <summary>Whether a drain has nothing to wait for and nothing to tell.</summary>
    internal bool IsDrained => Reader.Exception is null && !_transport.IsClosing && !_closed.IsSet && !_writingPaused;

    internal async Coroutine<Nothing> WaitUntilDrained()
    {
        if (Reader.Exception is { } error) throw error;
        // A writer that has closed and still drains lets the loop see the loss of the connection.
        if (_transport.IsClosing) await new TurnAwaiter(_loop);
        if (_closed.IsSet) throw new IOException("Connection lost", _error);
        if (!_writingPaused) return default;
        var waiter = new Wakeup(_loop);
        _drainWaiters.Add(waiter);
        try
        {
            await waiter;
        }
        finally
        {
            _drainWaiters.Remove(waiter);
        }

        // Who waited while the connection was closed or aborted is let go; only an error is told.
        return _closed.IsSet && _error is not null ? throw new IOException("Connection lost", _error) : default(Nothing);
    }

    internal async Coroutine WaitClosed()
    {
        await _closed.Wait();
        if (_error is not null) throw _error;
    }

    public void Abort() => _transport.Abort();

    private void Use(ITransport transport, Socket? socket)
    {
        _transport = transport;
        Reader.PauseSource = transport.StopReading;
        Reader.ResumeSource = transport.StartReading;
        if (socket is not null) (LocalEndPoint, RemoteEndPoint) = EndPoints(socket);
    }

    private void Settle()
    {
        if (_error is null) Reader.FeedEof();
        else Reader.SetException(_error);
        _closed.Set();
        WakeDrainers();
        _onClosed?.Invoke(this);
    }

    private void WakeDrainers()
    {
        foreach (var waiter in _drainWaiters)
            if (!waiter.IsDone) waiter.Set();
    }
}
