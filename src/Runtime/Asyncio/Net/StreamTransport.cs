// How a stream of the base library becomes a transport
// ----------------------------------------------------
// At most one read and one write are with the stream at a time; they end on whatever thread the stream chooses and come back through the
// loop's inbox. What is written meanwhile is kept, and goes out as one piece. This is how the pipes of a process are on the loop.
//
// Invariants:
//   I1  _readBuffer belongs to the stream while _readInFlight, _sending while _writeInFlight; to the loop otherwise.
//   I2  OnClosed comes once, and nothing after it.
//
// Ownership: the loop's thread, but for the two operations.
// Source: CPython Lib/asyncio/unix_events.py (_UnixReadPipeTransport, _UnixWritePipeTransport).

using System.Net;
using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>A transport over a stream that was not made for a loop.</summary>
internal sealed class StreamTransport(LoopCore core, Stream stream) : ITransport
{
    private readonly byte[] _readBuffer = stream.CanRead ? new byte[16 * 1024] : [];
    private MemoryStream _kept = new();
    private MemoryStream _sending = new();
    private int _highWater = SocketTransport.HighWater;
    private int _lowWater = SocketTransport.LowWater;
    private bool _reading;
    private bool _readInFlight;
    private bool _writeInFlight;
    private bool _overHigh;
    private bool _endAfterWrite;
    private bool _ended;
    private bool _closing;
    private bool _closed;

    public bool IsClosing => _closing || _closed;

    public EndPoint? LocalEndPoint => null;

    internal ITransportUser? User { get; set; }

    public int Kept => (int)(_kept.Length + _sending.Length);

    public void StartReading()
    {
        if (_closed || _ended || !stream.CanRead) return;
        _reading = true;
        if (_readInFlight) return;
        _readInFlight = true;
        core.Hold();
        _ = Task.Run(ReadOnce);
    }

    public void SetLimits(int high, int low)
    {
        _highWater = high;
        _lowWater = low;
        if (Kept > high) _overHigh = true;
    }

    public void StopReading() => _reading = false;

    public bool Write(ReadOnlySpan<byte> data)
    {
        if (IsClosing || _endAfterWrite || data.IsEmpty) return true;
        _kept.Write(data);
        if (!_writeInFlight) Send();
        if (Kept > _highWater) _overHigh = true;
        return !_overHigh;
    }

    public void EndWriting()
    {
        if (_endAfterWrite || IsClosing) return;
        _endAfterWrite = true;
        // A pipe goes one way: its end of writing is its end.
        if (!stream.CanRead) Close();
    }

    public void Close()
    {
        if (IsClosing) return;
        _closing = true;
        _reading = false;
        if (!_writeInFlight) Finish(null);
    }

    public void Abort(Exception? error = null) => Finish(error);

    private void Send()
    {
        (_kept, _sending) = (_sending, _kept);
        _writeInFlight = true;
        core.Hold();
        _ = Task.Run(WriteOnce);
    }

    private async Task ReadOnce()
    {
        var count = 0;
        Exception? failure = null;
        try
        {
            count = await stream.ReadAsync(_readBuffer).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            failure = error;
        }

        core.SendAndRelease(_ => OnRead(count, failure), null);
    }

    private async Task WriteOnce()
    {
        Exception? failure = null;
        try
        {
            await stream.WriteAsync(_sending.GetBuffer().AsMemory(0, (int)_sending.Length)).ConfigureAwait(false);
            await stream.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            failure = error;
        }

        core.SendAndRelease(_ => OnWritten(failure), null);
    }

    private void OnRead(int count, Exception? failure)
    {
        _readInFlight = false;
        if (_closed) return;
        if (failure is not null) Finish(failure);
        else if (count == 0)
        {
            _ended = true;
            User!.OnEnd();
            if (!stream.CanWrite && !IsClosing) Finish(null);
        }
        else
        {
            User!.OnData(_readBuffer.AsSpan(0, count));
            if (_reading) StartReading();
        }
    }

    private void OnWritten(Exception? failure)
    {
        _writeInFlight = false;
        _sending.SetLength(0);
        if (_closed) return;
        if (failure is not null)
        {
            Finish(failure);
            return;
        }

        if (_kept.Length > 0) Send();
        if (_overHigh && Kept <= _lowWater)
        {
            _overHigh = false;
            User!.OnDrained();
        }

        if (!_writeInFlight && _closing) Finish(null);
    }

    private void Finish(Exception? error)
    {
        if (_closed) return;
        _closed = true;
        _closing = true;
        // A read may still be with the stream; closing it under the read is how it ends.
        _ = Task.Run(stream.Dispose);
        User!.OnClosed(error);
    }
}
