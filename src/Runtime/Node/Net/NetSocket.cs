// How a socket works
// ------------------
// A stream with two sides over a transport of the core. The transport reads while the readable side wants more; a write is done when the
// system has taken all of it. When the other end ends, this end does too (half-open is not allowed unless asked for), and when both sides
// have ended the socket is closed, its close event coming in the closing phase.
//
// Invariants:
//   I1  The loop is held from the making to the close, unless the user lets it go.
//   I2  A side that was shut down is told so with what is pending, as libuv tells it, not at once.
//   I3  Nothing is drained inside a write: what the system refuses at once is an error of that write.
//
// Ownership: the loop's thread.
// Source: Node 20 lib/net.js.

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Node;

/// <summary>A TCP or Unix-domain connection. Source: Node's <c>net.Socket</c>.</summary>
/// <remarks>Events: <c>lookup</c>, <c>connect</c>, <c>ready</c>, <c>data</c>, <c>end</c>, <c>drain</c>, <c>timeout</c>, <c>finish</c>,
/// <c>error</c>, <c>close</c>. Belongs to its loop's thread.</remarks>
public sealed partial class NetSocket : Duplex<byte[], byte[]>, ITransportUser
{
    private static readonly SendOrPostCallback TakeArrived = static state =>
    {
        AmbientContext.EnterFromEmpty(((NetSocket)state!)._made);
        ((NetSocket)state).Take();
    };

    private static readonly SendOrPostCallback TakeEnd = static state =>
    {
        AmbientContext.EnterFromEmpty(((NetSocket)state!)._made);
        ((NetSocket)state).PushEnd();
        ((NetSocket)state).Read(0, out _);
    };

    private readonly Queue<Action> _untilConnected = new();
    private readonly ExecutionContext _made;
    private SocketTransport? _inner;
    private ITransport? _transport;
    private Action<Exception?>? _written;
    private ExecutionContext _writtenIn = AmbientContext.Empty;
    private Action? _cancelConnect;
    private Exception? _refused;
    private byte[]? _arrived;
    private NodeTimeout? _idle;
    private NetServer? _server;
    private bool _isWriting;
    private bool _hasReleased;

    /// <param name="allowHalfOpen">Whether this end stays open when the other one has ended.</param>
    /// <param name="made">The async-local values that its callbacks see; null stands for those of the caller.</param>
    /// <param name="signal">Destroys the socket when it is aborted.</param>
    private NetSocket(bool allowHalfOpen, ExecutionContext? made = null, AbortSignal? signal = null)
        : base(new StreamOptions { AllowHalfOpen = allowHalfOpen, Signal = signal, EmitClose = false }, startsSync: true)
    {
        _made = made ?? AmbientContext.Capture();
        Hold();
        Begin();
    }

    /// <summary>Whether the connection is still being made.</summary>
    public bool IsConnecting => _inner is null && !IsDestroyed;

    /// <summary>This end's address; null before it is connected.</summary>
    public EndPoint? LocalEndPoint { get; private set; }

    /// <summary>The other end's address; null before it is connected.</summary>
    public EndPoint? RemoteEndPoint { get; private set; }

    /// <summary>How many bytes have come.</summary>
    public long BytesRead { get; private set; }

    /// <summary>How many bytes were given to the system.</summary>
    public long BytesWritten { get; private set; }

    private protected override bool HasFinal => true;

    private protected override bool CallsOnce => true;

    /// <summary>Connects to an address. The loop is held until the socket is closed.</summary>
    /// <param name="address">TCP or a Unix socket.</param>
    /// <param name="connected">Is called with the <c>connect</c> event.</param>
    /// <param name="allowHalfOpen">Whether this end stays open when the other one has ended.</param>
    /// <param name="signal">Destroys the socket when it is aborted.</param>
    public static NetSocket Connect(EndPoint address, Action? connected = null, bool allowHalfOpen = false, AbortSignal? signal = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        var socket = new NetSocket(allowHalfOpen, signal: signal);
        if (connected is not null) socket.Once("connect", connected);
        if (socket.IsDestroyed) return socket;
        if (address is IPEndPoint) socket.ConnectInTick(address);
        else socket.ConnectTo([address]);
        return socket;
    }

    /// <summary>Connects to a port of a host: an IP address, or a name that the pool looks up (event <c>lookup</c>) and whose addresses are
    /// tried in turn.</summary>
    public static NetSocket Connect(int port, string host, Action? connected = null)
    {
        var socket = new NetSocket(allowHalfOpen: false);
        if (connected is not null) socket.Once("connect", connected);
        socket.ConnectToHost(host, port);
        return socket;
    }

    /// <summary>Connects to a Unix-domain socket.</summary>
    public static NetSocket Connect(string path, Action? connected = null) => Connect(new UnixDomainSocketEndPoint(path), connected);

    /// <summary>Writes text as UTF-8.</summary>
    public bool Write(string text) => Write(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a last text as UTF-8, and says that nothing more will be written.</summary>
    public void End(string text) => End(System.Text.Encoding.UTF8.GetBytes(text));

    internal static NetSocket Adopt(Socket connection, bool allowHalfOpen, NetServer server, Func<SslStream, Task>? tls = null)
    {
        // Nobody asked for this connection: its callbacks see no values.
        var socket = new NetSocket(allowHalfOpen, AmbientContext.Empty) { _server = server, _tls = tls };
        socket.Open(connection);
        return socket;
    }

    internal void StartReading()
    {
        if (!IsPaused) _transport?.StartReading();
    }

    /// <inheritdoc/>
    protected override void OnRead() => _transport?.StartReading();

    /// <inheritdoc/>
    protected override void OnWrite(byte[] chunk, Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        if (_transport is not null) WriteNow(chunk, done);
        else WriteWhenConnected(chunk, done);
    }

    /// <inheritdoc/>
    protected override void OnFinal(Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        WhenConnected(() =>
        {
            _transport!.EndWriting();
            Loop.PushPending(new NodeCall(() => done(null), AmbientContext.Capture()).Invoke);
        });
    }

    /// <inheritdoc/>
    protected override void OnDestroy(Exception? error, Action<Exception?> done)
    {
        ArgumentNullException.ThrowIfNull(done);
        _cancelConnect?.Invoke();
        _idle?.Close();
        _cancelHandshake?.Invoke();
        if (_transport is { IsClosing: false }) _transport.Abort();
        else if (_transport is null) _inner?.Abort();
        // The handle's close callback runs in the closing phase; the error is told before, in a tick.
        Loop.PushClosing(() =>
        {
            AmbientContext.EnterFromEmpty(_made);
            _hasReleased = true;
            LetGo();
            Emit("close", error is not null);
        });
        done(error);
        _server?.Forget();
        _server = null;
    }

    void ITransportUser.OnData(ReadOnlySpan<byte> data)
    {
        _arrived = data.ToArray();
        BytesRead += data.Length;
        Touch();
        if (_isAttaching) Loop.InvokeNested(TakeArrived, this);
        else Loop.InvokeFromPoll(TakeArrived, this);
    }

    // The reading of nothing lets a connection end that nobody reads from.
    void ITransportUser.OnEnd()
    {
        if (_isAttaching) Loop.InvokeNested(TakeEnd, this);
        else Loop.InvokeFromPoll(TakeEnd, this);
    }

    void ITransportUser.OnDrained()
    {
        var done = _written;
        _written = null;
        Touch();
        if (done is not null) Loop.InvokeFromPoll(new NodeCall(() => done(null), _writtenIn).Invoke);
    }

    void ITransportUser.OnClosed(Exception? error)
    {
        if (IsDestroyed) return;
        if (_isWriting) _refused = error;
        else Loop.InvokeFromPoll(new NodeCall(() => Destroy(error), _made).Invoke);
    }

    private void Take()
    {
        var chunk = _arrived!;
        _arrived = null;
        if (!Push(chunk)) _transport?.StopReading();
    }

    private void WriteWhenConnected(byte[] chunk, Action<Exception?> done)
    {
        void Closed() => done(new StreamError(
            "ERR_SOCKET_CLOSED_BEFORE_CONNECTION", "Socket closed before the connection was established"));
        WhenConnected(() =>
        {
            Off("close", Closed);
            if (IsDestroyed) done(new StreamError("ERR_SOCKET_CLOSED", "Socket is closed"));
            else WriteNow(chunk, done);
        });
        Once("close", Closed);
    }

    private void WriteNow(byte[] chunk, Action<Exception?> done)
    {
        _isWriting = true;
        var taken = _transport!.Write(chunk);
        _isWriting = false;
        Touch();
        if (_refused is not null) done(_refused);
        else
        {
            BytesWritten += chunk.Length;
            if (taken) done(null);
            else (_written, _writtenIn) = (done, AmbientContext.Capture());
        }
    }

    private void ConnectToHost(string host, int port)
    {
        if (IPAddress.TryParse(host, out var address)) ConnectInTick(new IPEndPoint(address, port));
        else Loop.QueueWork(() => Dns.GetHostAddresses(host), (error, addresses) => OnLookedUp(error, addresses, port));
    }

    /// <summary>As in Node, an address is connected to in a tick: a socket that is destroyed at once reaches nobody.</summary>
    private void ConnectInTick(EndPoint address) => Loop.NextTick(() =>
    {
        if (!IsDestroyed) ConnectTo([address]);
    });

    private void OnLookedUp(Exception? error, IPAddress[]? addresses, int port)
    {
        if (IsDestroyed) return;
        if (error is null) Emit("lookup", addresses!);
        if (error is not null) Destroy(error);
        else if (!IsDestroyed) ConnectTo(new Queue<EndPoint>(addresses!.Select(address => new IPEndPoint(address, port))));
    }

    private void ConnectTo(Queue<EndPoint> addresses)
    {
        var address = addresses.Dequeue();
        var isStarting = true;
        _cancelConnect = SocketConnector.Start(Loop.Core, address, (connection, error) =>
        {
            void Continue() => OnConnected(connection, error, addresses);
            // What is clear at once is told as late as everything else.
            if (isStarting) Loop.Send(new NodeCall(Continue, _made).Invoke);
            else Loop.InvokeFromPoll(new NodeCall(Continue, _made).Invoke);
        });
        isStarting = false;
    }

    private void ConnectTo(IEnumerable<EndPoint> addresses) => ConnectTo(new Queue<EndPoint>(addresses));

    private void OnConnected(Socket? connection, Exception? error, Queue<EndPoint> others)
    {
        _cancelConnect = null;
        if (IsDestroyed)
        {
            connection?.Dispose();
            return;
        }

        if (error is not null)
        {
            if (others.Count > 0) ConnectTo(others);
            else Destroy(error);
            return;
        }

        Open(connection!);
        Emit("connect");
        Emit("ready");
        if (_tls is null) StartReading();
        else if (!IsDestroyed) BeginTls(_tls);
    }

    private void GoOn()
    {
        while (_untilConnected.TryDequeue(out var action)) action();
    }

    private void Open(Socket connection)
    {
        LocalEndPoint = connection.LocalEndPoint;
        RemoteEndPoint = connection.RemoteEndPoint;
        _inner = new SocketTransport(Loop.Core, connection, _ => this, highWater: 0);
        if (_tls is null) _transport = _inner;
    }

    private void WhenConnected(Action action)
    {
        if (_transport is not null) action();
        else if (_tls is not null) _untilConnected.Enqueue(action);
        // Among the listeners that were there before the write, as in Node.
        else Once("connect", action);
    }
}
