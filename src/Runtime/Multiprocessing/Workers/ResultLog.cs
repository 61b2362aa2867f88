using System.Diagnostics;
using Quintet.Multiprocessing.Wire;

namespace Quintet.Multiprocessing.Workers;

/// <summary>
/// A worker's outgoing frames. They are committed to the board one by one and sent together: when no task is waiting, when the log is
/// getting full, or after a fraction of a millisecond; a helper thread sends what a long task would otherwise hold back.
/// </summary>
internal sealed class ResultLog
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(2);
    private static readonly long SendAfterTicks = Stopwatch.Frequency / 5_000;

    private readonly Lock _gate = new();
    private readonly LocalSocket _socket;
    private readonly WorkerBoard _board;
    private readonly AutoResetEvent _pending = new(false);
    private long _lastSend;
    private Thread? _helper;
    private bool _helperAwake;

    internal ResultLog(LocalSocket socket, WorkerBoard board) => (_socket, _board) = (socket, board);

    internal void Add(FrameKind kind, long sequence, bool inSegment, ReadOnlySpan<byte> body)
    {
        lock (_gate)
        {
            var needed = FrameHeader.Size + body.Length;
            if (WorkerBoard.LogSize - _board.LogCommitted < needed) SendAll();
            var at = (int)_board.LogCommitted;
            var header = new FrameHeader { BodyLength = body.Length, Kind = kind, InSegment = inSegment, Sequence = sequence };
            header.Write(_board.Log[at..]);
            body.CopyTo(_board.Log[(at + FrameHeader.Size)..]);
            _board.LogCommitted = at + needed;
        }
    }

    /// <summary>Before a task of unknown length: what waits to be sent will be sent, however long it takes.</summary>
    internal void Guard()
    {
        if (_board.LogCommitted == 0) return;
        // Without the lock, which is held while frames are sent: the task need not wait for the network.
        if (Interlocked.Exchange(ref _helperAwake, true)) return;
        _pending.Set();
        if (_helper is not null) return;
        _helper = new Thread(SendLate) { IsBackground = true, Name = "quintet results" };
        _helper.Start();
    }

    /// <summary>Sends if it is time to; always when <paramref name="now"/>.</summary>
    internal void Send(bool now)
    {
        lock (_gate)
        {
            if (_board.LogCommitted == 0) return;
            if (now || _board.LogCommitted > WorkerBoard.LogSize / 2 || Stopwatch.GetTimestamp() - _lastSend > SendAfterTicks) SendAll();
        }
    }

    private void SendAll()
    {
        var committed = (int)_board.LogCommitted;
        _socket.Send(_board.Log[..committed]);
        _board.LogCommitted = 0;
        _board.LogBase += committed;
        _lastSend = Stopwatch.GetTimestamp();
    }

    private void SendLate()
    {
        while (true)
        {
            _pending.WaitOne();
            Thread.Sleep(LongestDelay);
            // Before the look at what is committed: what is committed later finds the helper asleep and wakes it.
            Interlocked.Exchange(ref _helperAwake, false);
            lock (_gate)
            {
                if (_board.LogCommitted > 0 && Stopwatch.GetElapsedTime(_lastSend) >= LongestDelay / 2) SendAll();
                if (_board.LogCommitted == 0) continue;
            }
            if (!Interlocked.Exchange(ref _helperAwake, true)) _pending.Set();
        }
    }
}
