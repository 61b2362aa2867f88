// How a transport works
// ---------------------
// A non-blocking socket in the loop's poller. Writing tries the socket at once and keeps what it does not take; reading goes through one
// buffer that all transports of the loop's thread share. It is never read from while paused, nor watched for writing while nothing is
// kept. So an answer that the socket takes costs two calls of the system beside its share of a wait, and no object.
//
// Invariants:
//   I1  The poller watches for writing exactly while bytes are kept.
//   I2  OnClosed comes once, and nothing after it.
//
// In libuv the descriptor is closed at once, and its loss is told later; in asyncio both come later, in one turn: the other end, on this
// loop or not, hears of the end when this one does.
// Reading comes before writing, as in both.
//
// Ownership: the loop's thread.
// Source: CPython Lib/asyncio/selector_events.py (_SelectorSocketTransport); libuv src/unix/stream.c.

using System.Net;
using System.Net.Sockets;

namespace Quintet.Loops;

/// <summary>A connected stream socket on a loop.</summary>
internal sealed class SocketTransport : PollTarget, ITransport
{
    internal const int HighWater = 64 * 1024;
    internal const int LowWater = 16 * 1024;

    [ThreadStatic]
    private static byte[]? _shared;

    private readonly LoopCore _core;
    private readonly nint _descriptor;
    private readonly bool _closesLater;
    private int _highWater;
    private int _lowWater;
    private byte[] _kept = [];
    private int _keptStart;
    private int _keptEnd;
    private bool _reading;
    private bool _overHigh;
    private bool _endAfterWrite;
    private bool _closing;
    private bool _closed;

    /// <param name="core">The loop's core.</param>
    /// <param name="socket">The socket, which becomes the transport's.</param>
    /// <param name="user">Makes who is told what happens.</param>
    /// <param name="highWater">More kept bytes than this are too many for the writer; 0 where it wants to know when all is gone.</param>
    /// <param name="closesLater">Whether the socket is closed behind what its user does in a later turn when it hears of its loss.</param>
    internal SocketTransport(
        LoopCore core, Socket socket, Func<SocketTransport, ITransportUser> user, int highWater = HighWater, bool closesLater = false)
        : base(socket)
    {
        _closesLater = closesLater;
        _core = core;
        _descriptor = socket.Handle;
        _highWater = highWater;
        _lowWater = Math.Min(highWater, LowWater);
        socket.Blocking = false;
        if (socket.ProtocolType == ProtocolType.Tcp) socket.NoDelay = true;
        User = user(this);
    }

    /// <summary>Who is told. Another one takes over when TLS is put onto a connection.</summary>
    internal ITransportUser User { get; set; }

    public EndPoint? LocalEndPoint => Socket.LocalEndPoint;

    public int Kept => _keptEnd - _keptStart;

    public bool IsClosing => _closing || _closed;

    public void StartReading()
    {
        if (_reading || IsClosing) return;
        _reading = true;
        Watch();
    }

    public void StopReading()
    {
        if (!_reading || _closed) return;
        _reading = false;
        Watch();
    }

    public void SetLimits(int high, int low)
    {
        _highWater = high;
        _lowWater = low;
        if (Kept > high) _overHigh = true;
    }

    /// <returns>False when so much is kept that the writer should wait for OnDrained.</returns>
    public bool Write(ReadOnlySpan<byte> data)
    {
        if (_closed || data.IsEmpty) return true;
        if (Kept == 0)
        {
            var sent = Send(data);
            if (sent < 0) return true;
            data = data[sent..];
            if (data.IsEmpty) return true;
        }

        Keep(data);
        Watch();
        if (Kept > _highWater) _overHigh = true;
        return !_overHigh;
    }

    /// <summary>Tells the other end, when everything is written, that nothing more will come.</summary>
    public void EndWriting()
    {
        if (_endAfterWrite || _closed) return;
        _endAfterWrite = true;
        if (Kept == 0) ShutDownWriting();
    }

    /// <summary>Closes when everything is written.</summary>
    public void Close()
    {
        if (IsClosing) return;
        _closing = true;
        _reading = false;
        if (Kept == 0) Finish(null);
        else Watch();
    }

    /// <summary>Closes at once, so that the other end sees a reset.</summary>
    internal void Reset()
    {
        if (_closed) return;
        Socket.LingerState = new LingerOption(true, 0);
        Finish(null);
    }

    /// <summary>Closes at once; what is kept is lost.</summary>
    public void Abort(Exception? error = null) => Finish(error);

    internal override void OnReady(PollEvents events)
    {
        if (!_closed && _reading && (events & (PollEvents.Readable | PollEvents.Error | PollEvents.HangUp)) != 0)
        {
            // Where both sides have ended, libuv does not wait for another turn to see it once it has read all there was.
            var isRest = Receive();
            if (isRest && !_closed && _reading && !_closesLater && (events & PollEvents.HangUp) != 0) Receive();
        }

        if (!_closed && Kept > 0 && (events & (PollEvents.Writable | PollEvents.Error | PollEvents.HangUp)) != 0) Flush();
    }

    /// <returns>Whether something came, and it was all there was.</returns>
    private bool Receive()
    {
        var buffer = _shared ??= GC.AllocateUninitializedArray<byte>(64 * 1024);
        var count = SocketIo.Receive(Socket, _descriptor, buffer, out var error);
        if (count > 0)
        {
            User.OnData(buffer.AsSpan(0, count));
            return count < buffer.Length;
        }

        if (error is SocketError.WouldBlock or SocketError.Interrupted) return false;
        if (error != SocketError.Success)
        {
            Finish(new SocketException((int)error));
            return false;
        }

        _reading = false;
        Watch();
        User.OnEnd();
        return false;
    }

    private void Flush()
    {
        var sent = Send(_kept.AsSpan(_keptStart, Kept));
        if (sent < 0) return;
        _keptStart += sent;
        if (Kept == 0)
        {
            _keptStart = _keptEnd = 0;
            if (_endAfterWrite) ShutDownWriting();
        }

        Watch();
        if (_overHigh && Kept <= _lowWater)
        {
            _overHigh = false;
            User.OnDrained();
        }

        if (Kept == 0 && _closing && !_closed) Finish(null);
    }

    /// <returns>How many bytes the socket took, or -1 when it failed and the transport is closed.</returns>
    private int Send(ReadOnlySpan<byte> data)
    {
        var count = SocketIo.Send(Socket, _descriptor, data, out var error);
        if (error == SocketError.Success) return count;
        if (error is SocketError.WouldBlock or SocketError.Interrupted) return 0;
        Finish(new SocketException((int)error));
        return -1;
    }

    private void Keep(ReadOnlySpan<byte> data)
    {
        if (_keptEnd + data.Length > _kept.Length)
        {
            var bytes = Kept + data.Length > _kept.Length ? new byte[Math.Max(4096, (Kept + data.Length) * 2)] : _kept;
            _kept.AsSpan(_keptStart, Kept).CopyTo(bytes);
            _keptEnd = Kept;
            _keptStart = 0;
            _kept = bytes;
        }

        data.CopyTo(_kept.AsSpan(_keptEnd));
        _keptEnd += data.Length;
    }

    private void ShutDownWriting()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other end has gone already, and reading will tell.
        }
    }

    private void Watch()
    {
        if (_closed) return;
        _core.Poller.Watch(this, (_reading ? PollEvents.Readable : 0) | (Kept > 0 ? PollEvents.Writable : 0));
    }

    private void Finish(Exception? error)
    {
        if (_closed) return;
        _core.Poller.Watch(this, PollEvents.None);
        _closed = true;
        if (!_closesLater) Socket.Dispose();
        else _core.Leaving.Add(Socket);
        User.OnClosed(error);
        if (_closesLater) _core.Host.Post(static state => ((SocketTransport)state!).CloseSocket(), this);
    }

    private void CloseSocket()
    {
        _core.Leaving.Remove(Socket);
        Socket.Dispose();
    }
}
