using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>Joins a transport to a reader and a writer. Source: <c>asyncio.StreamReaderProtocol</c> and <c>FlowControlMixin</c>.</summary>
internal sealed class StreamConnection : ITransportUser
{
    private readonly EventLoop _loop;
    private readonly List<Wakeup> _drainWaiters = [];
    private readonly AsyncEvent _closed = new();
    private readonly Action<StreamConnection>? _onClosed;
    private ITransport _transport = null!;
    private Exception? _error;
    private bool _writingPaused;
    private bool _upgrading;

    private StreamConnection(EventLoop loop, int limit, Action<StreamConnection>? onClosed)
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

    internal ITransport Transport => _transport;

    internal SslStream? Ssl => (_transport as TlsTransport)?.Ssl;

    internal static StreamConnection Open(EventLoop loop, Socket socket, int limit, Action<StreamConnection>? onClosed = null)
    {
        var connection = new StreamConnection(loop, limit, onClosed);
        var transport = new SocketTransport(loop.Core, socket, _ => connection);
        connection.Use(transport, socket);
        transport.StartReading();
        return connection;
    }

    internal static async Coroutine<StreamConnection> OpenTls(
        EventLoop loop, Socket socket, int limit, Func<SslStream, CancellationToken, Task> handshake,
            Action<StreamConnection>? onClosed = null)
    {
        var connection = new StreamConnection(loop, limit, onClosed);
        var inner = new SocketTransport(loop.Core, socket, _ => connection);
        connection.Use(inner, socket);
        var tls = await TlsTransport.Start(loop, inner, [], handshake);
        connection.Use(tls, socket);
        tls.Attach(connection);
        return connection;
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
        var tls = await TlsTransport.Start(_loop, inner, Reader.TakeBuffered(), handshake);
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
        if (error is null) Reader.FeedEof();
        else Reader.SetException(error);
        // In a turn of its own, as a connection_lost is: who closes it goes on first.
        _loop.Schedule(static state => ((StreamConnection)state!).Settle(), this);
    }

    internal void Write(ReadOnlySpan<byte> data)
    {
        if (!_transport.Write(data)) _writingPaused = true;
    }

    internal async Coroutine Drain()
    {
        if (Reader.Exception is { } error) throw error;
        // A writer that has closed and still drains lets the loop see the loss of the connection.
        if (_transport.IsClosing) await new TurnAwaiter(_loop);
        if (_closed.IsSet) throw new IOException("Connection lost", _error);
        if (!_writingPaused) return;
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

        if (_closed.IsSet) throw new IOException("Connection lost", _error);
    }

    internal async Coroutine WaitClosed()
    {
        await _closed.Wait();
        if (_error is not null) throw _error;
    }

    internal void Abort() => _transport.Abort();

    private void Use(ITransport transport, Socket? socket)
    {
        _transport = transport;
        Reader.PauseSource = transport.StopReading;
        Reader.ResumeSource = transport.StartReading;
        if (socket is null) return;
        try
        {
            LocalEndPoint = socket.LocalEndPoint;
            RemoteEndPoint = socket.RemoteEndPoint;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The other end has gone already; reading will tell.
        }
    }

    private void Settle()
    {
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
