using System.Net;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>Joins a transport to a reader and a writer. Source: <c>asyncio.StreamReaderProtocol</c> and <c>FlowControlMixin</c>.</summary>
internal sealed class StreamConnection : ITransportUser
{
    private readonly EventLoop _loop;
    private readonly SocketTransport _transport;
    private readonly List<Wakeup> _drainWaiters = [];
    private readonly AsyncEvent _closed = new();
    private readonly Action<StreamConnection>? _onClosed;
    private Exception? _error;
    private bool _writingPaused;

    private StreamConnection(EventLoop loop, SocketTransport transport, int limit, Action<StreamConnection>? onClosed)
    {
        _loop = loop;
        _transport = transport;
        _onClosed = onClosed;
        try
        {
            RemoteEndPoint = transport.Socket.RemoteEndPoint;
        }
        catch (SocketException)
        {
            // The other end has gone already; reading will tell.
        }

        Reader = new AsyncStreamReader(limit) { PauseSource = transport.StopReading, ResumeSource = transport.StartReading };
        Writer = new AsyncStreamWriter(transport, this);
    }

    internal AsyncStreamReader Reader { get; }

    internal AsyncStreamWriter Writer { get; }

    internal EndPoint? RemoteEndPoint { get; }

    internal static StreamConnection Open(EventLoop loop, Socket socket, int limit, Action<StreamConnection>? onClosed = null)
    {
        var transport = new SocketTransport(loop.Core, socket, transport => new StreamConnection(loop, transport, limit, onClosed));
        transport.StartReading();
        return (StreamConnection)transport.User;
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
