// How a transport serves its protocol
// -----------------------------------
// The protocol is told of a new connection in a turn of its own, and nothing is read before. Of the end it is told in a turn of its own,
// too, so that who closes goes on first. Bytes are given to it in place, from the buffer into which they were read.
//
// Invariants:
//   I1  ConnectionMade comes first, once; ConnectionLost comes last, once.
//   I2  PauseWriting and ResumeWriting come in turn.
//
// Ownership: the loop's thread.
// Source: CPython Lib/asyncio/selector_events.py (_SelectorSocketTransport), transports.py (_FlowControlMixin).

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>A connection, as its <see cref="AsyncProtocol"/> sees it. Source: <c>asyncio.Transport</c>.</summary>
/// <remarks>Belongs to its loop's thread.</remarks>
public sealed class AsyncTransport : ITransportUser, IConnection
{
    private readonly EventLoop _loop;
    private readonly Action<IConnection>? _onClosed;
    private readonly ExecutionContext _context;
    private ITransport _transport = null!;
    private Exception? _error;
    private bool _isReading = true;
    private bool _isPaused;
    private bool _isEnded;
    private bool _isMade;
    private bool _isLost;

    internal AsyncTransport(EventLoop loop, AsyncProtocol protocol, Action<IConnection>? onClosed)
    {
        _loop = loop;
        _onClosed = onClosed;
        _context = AmbientContext.Capture();
        Protocol = protocol;
    }

    /// <summary>Who is told what happens. Another one can take over (<c>set_protocol</c>); it is not told that the connection was
    /// made.</summary>
    public AsyncProtocol Protocol { get; set; }

    /// <summary>The address of this end.</summary>
    public EndPoint? LocalEndPoint { get; private set; }

    /// <summary>The address of the other end; null if it had gone when the connection was taken.</summary>
    public EndPoint? RemoteEndPoint { get; private set; }

    /// <summary>What TLS has agreed on (protocol, cipher, certificates); null without TLS. To be looked at, not to be read from.</summary>
    public SslStream? Tls => (_transport as TlsTransport)?.Ssl;

    /// <summary>Whether it is closed or about to be.</summary>
    public bool IsClosing => _transport.IsClosing;

    /// <summary>Whether it reads: not while paused, nor when it is closed.</summary>
    public bool IsReading => _isReading && !IsClosing;

    /// <summary>How many bytes are kept because the system has not taken them yet.</summary>
    public int WriteBufferSize => _transport.Kept;

    ITransport IConnection.Transport => _transport;

    /// <summary>Writes. What the system does not take at once is copied and kept; it is never refused (see
    /// <see cref="AsyncProtocol.PauseWriting"/>). After the end or the close it is dropped.</summary>
    /// <param name="data">Is the caller's again when this returns.</param>
    /// <exception cref="EventLoopException">The end of writing was told.</exception>
    public void Write(ReadOnlySpan<byte> data)
    {
        if (_isEnded) throw new EventLoopException("Cannot call write() after write_eof()");
        if (!_transport.Write(data)) Hold();
    }

    /// <summary>Tells the other end, when everything is written, that nothing more will come. Reading goes on.</summary>
    public void WriteEof()
    {
        _isEnded = true;
        _transport.EndWriting();
    }

    /// <summary>Closes when everything is written. Nothing is read any more.</summary>
    public void Close() => _transport.Close();

    /// <summary>Closes at once; what is kept is lost.</summary>
    public void Abort() => _transport.Abort();

    /// <summary>Reads no more until <see cref="ResumeReading"/>: the other end is held back by the system. Twice is as once.</summary>
    public void PauseReading()
    {
        _isReading = false;
        if (_isMade) _transport.StopReading();
    }

    /// <summary>Reads again, unless it is closing. What has come meanwhile is given in a later turn.</summary>
    public void ResumeReading()
    {
        _isReading = true;
        if (_isMade) _transport.StartReading();
    }

    /// <summary>When the protocol is told to pause and to resume writing.</summary>
    /// <param name="high">More kept bytes than this are too many. Default: 64 KiB, or four times <paramref name="low"/>.</param>
    /// <param name="low">So few let writing go on. Default: a quarter of <paramref name="high"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 ≤ low ≤ high.</exception>
    public void SetWriteBufferLimits(int? high = null, int? low = null)
    {
        var most = high ?? (low is { } its ? 4 * its : SocketTransport.HighWater);
        var least = low ?? most / 4;
        ArgumentOutOfRangeException.ThrowIfNegative(least, nameof(low));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(least, most, nameof(low));
        _transport.SetLimits(most, least);
        if (WriteBufferSize > most) Hold();
    }

    /// <summary>Begins to serve the protocol, in the next turn.</summary>
    internal void Begin(ITransport transport, Socket socket)
    {
        _transport = transport;
        (LocalEndPoint, RemoteEndPoint) = StreamConnection.EndPoints(socket);
        _loop.Schedule(static state => ((AsyncTransport)state!).Make(), this);
    }

    void IConnection.Abort() => Abort();

    void ITransportUser.OnData(ReadOnlySpan<byte> data)
    {
        if (_isLost) return;
        AmbientContext.Enter(_context, ref _loop.Ambient);
        try
        {
            Protocol.DataReceived(data);
        }
        catch (Exception error) when (error is not KeyboardInterruptException)
        {
            Report(error, "Fatal error: protocol.data_received() call failed.");
            _transport.Abort(error);
        }
    }

    void ITransportUser.OnEnd()
    {
        AmbientContext.Enter(_context, ref _loop.Ambient);
        try
        {
            if (!Protocol.EofReceived()) Close();
        }
        catch (Exception error) when (error is not KeyboardInterruptException)
        {
            Report(error, "Fatal error: protocol.eof_received() call failed.");
            _transport.Abort(error);
        }
    }

    void ITransportUser.OnDrained()
    {
        if (!_isPaused) return;
        _isPaused = false;
        Tell(static transport => transport.Protocol.ResumeWriting(), "protocol.resume_writing() failed");
    }

    void ITransportUser.OnClosed(Exception? error)
    {
        _error = error;
        _loop.Schedule(static state => ((AsyncTransport)state!).Lose(), this);
    }

    private void Make()
    {
        Tell(static transport => transport.Protocol.ConnectionMade(transport), "Exception in protocol.connection_made()");
        _isMade = true;
        if (_isReading) _transport.StartReading();
        else _transport.StopReading();
        if (_transport is TlsTransport tls) tls.Attach(this);
    }

    private void Lose()
    {
        if (_isLost) return;
        _isLost = true;
        Tell(static transport => transport.Protocol.ConnectionLost(transport._error), "Exception in protocol.connection_lost()");
        _onClosed?.Invoke(this);
    }

    private void Hold()
    {
        if (_isPaused || _transport.IsClosing) return;
        _isPaused = true;
        Try(static transport => transport.Protocol.PauseWriting(), "protocol.pause_writing() failed");
    }

    /// <summary>In the context in which the connection was made.</summary>
    private void Tell(Action<AsyncTransport> what, string message)
    {
        AmbientContext.Enter(_context, ref _loop.Ambient);
        Try(what, message);
    }

    private void Try(Action<AsyncTransport> what, string message)
    {
        try
        {
            what(this);
        }
        catch (Exception error) when (error is not KeyboardInterruptException)
        {
            Report(error, message);
        }
    }

    private void Report(Exception error, string message) =>
        _loop.CallExceptionHandler(new(message, error, Protocol.ToString()) { Transport = this, Protocol = Protocol });
}
