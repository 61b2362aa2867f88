// How a socket works
// ------------------
// A stream with two sides over a transport of the core. The transport reads while the readable side wants more; a write is done when the
// transport has not too much kept. When the other end ends, this end does too (half-open is not allowed unless asked for), and when both
// sides
// have ended the socket is closed, its close event coming in the closing phase.
//
// Source: Node lib/net.js.

using System.Net;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Node;

/// <summary>A TCP or Unix-domain connection. Source: Node's <c>net.Socket</c>.</summary>
/// <remarks>Events: <c>connect</c>, <c>data</c>, <c>end</c>, <c>drain</c>, <c>finish</c>, <c>error</c>, <c>close</c>.</remarks>
public sealed class NetSocket : NodeStream, IReadable<byte[]>, IWritable<byte[]>, IWritableSink<byte[]>, IPipeable<byte[]>, ITransportUser
{
    private readonly ReadableSide<byte[]> _readable;
    private readonly WritableSide<byte[]> _writable;
    private readonly bool _allowHalfOpen;
    private readonly Queue<Action> _untilConnected = new();
    private SocketTransport? _transport;
    private Action<Exception?>? _written;
    private Action<Exception?>? _destroyed;
    private Action? _cancelConnect;

    private NetSocket(bool allowHalfOpen)
    {
        _allowHalfOpen = allowHalfOpen;
        _readable = new ReadableSide<byte[]>(this, new StreamOptions(), OnRead);
        _writable = new WritableSide<byte[]>(this, new StreamOptions(), this);
        Loop.Ref();
        On("end", () =>
        {
            if (!_allowHalfOpen && !_writable.IsEnding) Loop.NextTick(() => End());
        });
    }

    /// <inheritdoc/>
    public NodeStream Stream => this;

    /// <inheritdoc/>
    public bool IsEnded => _readable.EndEmitted;

    /// <inheritdoc/>
    public bool NeedsDrain => _writable.NeedsDrain;

    internal override bool EndsWithEnd => true;

    internal override bool EndsWithFinish => true;

    internal override bool HasEmittedEnd => _readable.EndEmitted;

    internal override bool HasFinished => _writable.IsFinished;

    /// <summary>Connects to an address. The loop is held until the socket is closed.</summary>
    /// <param name="address">TCP or a Unix socket.</param>
    /// <param name="connected">Is called with the <c>connect</c> event.</param>
    /// <param name="allowHalfOpen">Whether this end stays open when the other one has ended.</param>
    public static NetSocket Connect(EndPoint address, Action? connected = null, bool allowHalfOpen = false)
    {
        ArgumentNullException.ThrowIfNull(address);
        var socket = new NetSocket(allowHalfOpen);
        if (connected is not null) socket.Once("connect", connected);
        socket._cancelConnect = SocketConnector.Start(
            socket.Loop.Core, address, (connection, error) => socket.Loop.InvokeFromPoll(() => socket.OnConnected(connection, error)));
        return socket;
    }

    /// <summary>Connects to a port of an IP address.</summary>
    public static NetSocket Connect(int port, string host, Action? connected = null) =>
        Connect(new IPEndPoint(IPAddress.Parse(host), port), connected);

    /// <inheritdoc/>
    public bool Write(byte[] chunk, Action<Exception?>? done = null) => _writable.Write(chunk, done);

    /// <summary>Writes text as UTF-8.</summary>
    public bool Write(string text) => Write(System.Text.Encoding.UTF8.GetBytes(text));

    /// <inheritdoc/>
    public void End(Action<Exception?>? done = null) => _writable.End(done);

    /// <inheritdoc/>
    public void Resume() => _readable.Resume();

    /// <inheritdoc/>
    public void Pause() => _readable.Pause();

    /// <inheritdoc/>
    public void OnData(Action<byte[]> listener) => On("data", listener);

    /// <inheritdoc/>
    public IAsyncEnumerable<byte[]> Iterate() => StreamIterator.Iterate(this, _readable);

    /// <summary>Writes every chunk to <paramref name="destination"/>, no faster than it takes them, and ends it at the end.</summary>
    public TDestination Pipe<TDestination>(TDestination destination, bool end = true)
        where TDestination : IWritable<byte[]>
    {
        StreamPipe.Connect(this, _readable, destination, end);
        return destination;
    }

    internal static NetSocket Adopt(Socket connection, bool allowHalfOpen)
    {
        var socket = new NetSocket(allowHalfOpen);
        socket.Open(connection);
        return socket;
    }

    internal void StartReading() => _transport?.StartReading();

    void IPipeable<byte[]>.PipeTo(IWritable<byte[]> destination) => Pipe(destination);

    bool IWritableSink<byte[]>.HasFinal => true;

    void IWritableSink<byte[]>.Write(byte[] chunk, Action<Exception?> done) => WhenConnected(() =>
    {
        if (_transport!.Write(chunk)) done(null);
        else _written = done;
    });

    void IWritableSink<byte[]>.Final(Action<Exception?> done) => WhenConnected(() =>
    {
        _transport!.EndWriting();
        done(null);
    });

    void ITransportUser.OnData(ReadOnlySpan<byte> data)
    {
        var chunk = data.ToArray();
        Loop.InvokeFromPoll(() =>
        {
            if (!_readable.Push(chunk)) _transport?.StopReading();
        });
    }

    void ITransportUser.OnEnd() => Loop.InvokeFromPoll(_readable.PushEnd);

    void ITransportUser.OnDrained()
    {
        var done = _written;
        _written = null;
        Loop.InvokeFromPoll(() => done?.Invoke(null));
    }

    void ITransportUser.OnClosed(Exception? error)
    {
        if (!IsDestroyed)
        {
            Loop.InvokeFromPoll(() => Destroy(error));
            return;
        }

        // The handle's close callback runs in the closing phase.
        Loop.PushClosing(() =>
        {
            Loop.Unref();
            _destroyed?.Invoke(Errored);
        });
    }

    /// <inheritdoc/>
    protected override void OnDestroy(Exception? error, Action<Exception?> done)
    {
        _cancelConnect?.Invoke();
        _destroyed = done;
        ITransportUser user = this;
        if (_transport is null || _transport.IsClosing) user.OnClosed(error);
        else if (error is null) _transport.Close();
        else _transport.Abort();
    }

    private protected override void OnListenerAdded(string name) => _readable.OnListenerAdded(name);

    private protected override void OnDestroying() => _writable.OnDestroying();

    private void OnConnected(Socket? connection, Exception? error)
    {
        _cancelConnect = null;
        if (error is not null)
        {
            Destroy(error);
            return;
        }

        Open(connection!);
        while (_untilConnected.TryDequeue(out var action)) action();
        Emit("connect");
        _transport!.StartReading();
    }

    private void Open(Socket connection) => _transport = new SocketTransport(Loop.Core, connection, _ => this);

    private void OnRead() => _transport?.StartReading();

    private void WhenConnected(Action action)
    {
        if (_transport is null) _untilConnected.Enqueue(action);
        else action();
    }
}
