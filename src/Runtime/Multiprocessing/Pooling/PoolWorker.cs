// How a pool talks to a worker
// ----------------------------
// One thread of ours per worker starts it, reads its answers, and sees it end. Frames for it are written into one buffer under _gate and
// sent without waiting, by whoever has work: the caller of RunAsync, or this thread after each batch of answers. Only when the socket is
// full does
// a second thread wait for room. So a submission costs one system call, a hundred small ones cost one too, and nobody is ever held by a
// worker that
// does not read.
//
// Invariants, true whenever _gate is free:
//   I1  _inFlight holds the units that were written for the worker and not answered, in order; answers come in that order.
//   I2  A unit's Worker is this worker exactly while it is in _inFlight.
//   I3  Nothing is written for a worker that is ending.
//
// Locking: _gate, then the pool's lock; never the other way. User code runs under neither, but for the codecs of map inputs under _gate.
//
// Death: the stream's end is the only news of it. What had arrived, then what the board still holds, is answered first; then the unit that
// the board says was begun fails, and the rest go back to the front of the pool's queue. They were not begun, so nothing runs twice.
//
// Source: the gap in CPython's Pool (bpo-22393: a map never returns) and ProcessPoolExecutor (every future is lost).

using Quintet.Multiprocessing.Functions;
using Quintet.Multiprocessing.Wire;
using Quintet.Multiprocessing.Workers;

namespace Quintet.Multiprocessing.Pooling;

/// <summary>A worker as its pool has it.</summary>
internal sealed partial class PoolWorker
{
    private const int MostUnsentBytes = 1 << 20;

    // How often a thread that waits for room looks whether the worker is still there.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly ProcessPool _pool;
    private readonly ProcessPoolOptions _options;
    private readonly PrefetchWindow _window;
    private readonly Queue<WorkUnit> _inFlight = new();
    private readonly PayloadWriter _out = new();
    private readonly Dictionary<FunctionReference, int> _functions = new(ReferenceEqualityComparer.Instance);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandonStart = new();

    private WorkerConnection? _connection;
    private AutoResetEvent? _writerWake;
    private EndReason _reason;
    private bool _ready;
    private bool _ending;
    private bool _unwanted;
    private int _sent;
    private int _tasks;
    private long _sequence;

    internal PoolWorker(ProcessPool pool, ProcessPoolOptions options, bool spare)
    {
        (_pool, _options, IsSpare) = (pool, options, spare);
        _window = new PrefetchWindow(options.PrefetchTime, options.MaxPrefetch);
        new Thread(Run) { IsBackground = true, Name = "quintet pool worker" }.Start();
    }

    /// <summary>Waits for another to end. Read and changed under the pool's lock.</summary>
    internal bool IsSpare { get; set; }

    internal bool IsReady => Volatile.Read(ref _ready) && !Volatile.Read(ref _ending);

    internal bool IsEnding => Volatile.Read(ref _ending);

    /// <summary>How many units it has; a guess for whoever does not hold the lock.</summary>
    internal int Load => _inFlight.Count;

    internal bool HasRoom => IsReady && Load < _window.Size;

    /// <summary>Completes when the worker is ready, or fails with why it is not.</summary>
    internal Task Started => _started.Task;

    internal bool WasReady => _started.Task.IsCompletedSuccessfully;

    internal Task Ended => _ended.Task;

    internal int? ProcessId => _connection?.ProcessId;

    /// <summary>Gives the worker what it has room for, and sends it.</summary>
    internal void Pump()
    {
        List<(WorkUnit Unit, Exception Failure)>? failed = null;
        lock (_gate)
        {
            if (!_ready || _ending) return;
            var share = MayTakeMore ? _pool.ShareOf(this) : 0;
            while (_inFlight.Count < share && MayTakeMore && _pool.TryTake(this, out var unit))
                if (Put(unit) is { } failure) (failed ??= []).Add((unit, failure));
            Send();
            if (IsWornOut && _inFlight.Count == 0) ShutDownLocked();
        }
        if (failed is null) return;
        foreach (var (unit, failure) in failed)
        {
            unit.Fail(failure);
            _pool.Tally.Add(TaskEnd.Failed, 1);
            _pool.Answered(1);
        }
    }

    /// <summary>Lets the worker end when it has done what it has.</summary>
    internal void ShutDown()
    {
        lock (_gate)
        {
            _unwanted = true;
            if (!_ready) _abandonStart.Cancel();
            else if (!_ending) ShutDownLocked();
        }
    }

    internal void Kill(EndReason reason)
    {
        lock (_gate)
        {
            _unwanted = true;
            if (_reason == EndReason.None) _reason = reason;
            _abandonStart.Cancel();
            _connection?.Kill();
        }
    }

    /// <summary>Tells the worker; if the unit runs on, ends the worker after the grace.</summary>
    internal async Task CancelAsync(WorkUnit unit)
    {
        long number;
        WorkerConnection connection;
        lock (_gate)
        {
            if (unit.Worker != this || _connection is null) return;
            number = unit.Sequence;
            connection = _connection;
        }
        connection.Cancel(number);
        if (_options.CancellationGrace == Timeout.InfiniteTimeSpan) return;
        await Task.Delay(_options.CancellationGrace).ConfigureAwait(false);
        lock (_gate)
        {
            if (unit.Worker != this || !IsRunning(unit)) return;
            if (_reason == EndReason.None) _reason = EndReason.Cancelled;
            connection.Kill();
        }
    }

    internal WorkUnit[] UnitsOf(WorkSource map)
    {
        lock (_gate) return [.. _inFlight.Where(unit => unit.Source == map)];
    }

    internal void CheckTime()
    {
        lock (_gate)
        {
            if (_connection is null || !_inFlight.TryPeek(out var unit) || !IsRunning(unit)) return;
            if (_connection.Board.SinceStart <= _options.TaskTimeout) return;
            if (_reason == EndReason.None) _reason = EndReason.Timeout;
            _connection.Kill();
        }
    }

    private bool IsWornOut => _options.MaxTasksPerWorker is { } most && _tasks >= most;

    private bool MayTakeMore => _inFlight.Count < _window.Size && _out.Length - _sent < MostUnsentBytes && !IsWornOut;

    private bool IsRunning(WorkUnit unit) =>
        _inFlight.TryPeek(out var oldest) && oldest == unit && _connection!.Board.Started == unit.Sequence;

    /// <summary>Writes a unit's frame. What its arguments throw is its own failure and leaves no trace in the stream.</summary>
    private Exception? Put(WorkUnit unit)
    {
        var number = Number(unit.Function);
        var start = _out.Length;
        try
        {
            _out.Take(FrameHeader.Size);
            _out.Raw(number);
            _out.Raw(unit.Count);
            WriteArguments(unit);
        }
        catch (Exception exception)
        {
            _out.CutTo(start);
            return exception;
        }
        if (_inFlight.Count == 0) _window.Busy();
        unit.Sequence = ++_sequence;
        unit.Worker = this;
        unit.Sent();
        _tasks++;
        _inFlight.Enqueue(unit);
        Header(start, FrameKind.Task, unit.Sequence, unit.Body is not null);
        if (unit.IsCancelled) _ = CancelAsync(unit);
        return null;
    }

    private void WriteArguments(WorkUnit unit)
    {
        var start = _out.Length;
        if (unit.Body is null) unit.WriteArguments(_out);
        var length = unit.Body is null ? _out.Length - start : unit.BodyLength;
        if (length < FrameHeader.SegmentThreshold) return;
        unit.Body ??= LargeBody.Store(_out.At(start, length));
        unit.BodyLength = length;
        _out.CutTo(start);
        LargeBody.WriteReference(_out, unit.Body, length);
    }

    private int Number(FunctionReference function)
    {
        if (_functions.TryGetValue(function, out var number)) return number;
        var start = _out.Length;
        _out.Take(FrameHeader.Size);
        function.Write(_out);
        Header(start, FrameKind.Define, 0, inSegment: false);
        return _functions[function] = _functions.Count;
    }

    private void Header(int start, FrameKind kind, long sequence, bool inSegment)
    {
        var header = new FrameHeader
        {
            BodyLength = _out.Length - start - FrameHeader.Size,
            Kind = kind,
            InSegment = inSegment,
            Sequence = sequence,
        };
        header.Write(_out.At(start, FrameHeader.Size));
    }

    private void Signal(FrameKind kind, long sequence)
    {
        var start = _out.Length;
        _out.Take(FrameHeader.Size);
        Header(start, kind, sequence, inSegment: false);
    }

    private void ShutDownLocked()
    {
        Signal(FrameKind.Shutdown, 0);
        Volatile.Write(ref _ending, true);
        Send();
    }

    private void Send()
    {
        while (_sent < _out.Length)
        {
            var taken = _connection!.Socket.TrySend(_out.Written[_sent..]);
            if (taken < 0) break;
            if (taken == 0)
            {
                WakeWriter();
                return;
            }
            _sent += taken;
        }
        _sent = 0;
        _out.Trim();
    }

    private void WakeWriter()
    {
        if (_writerWake is null)
        {
            _writerWake = new AutoResetEvent(false);
            new Thread(WriteWhenThereIsRoom) { IsBackground = true, Name = "quintet pool writer" }.Start();
        }
        _writerWake.Set();
    }

    private void WriteWhenThereIsRoom()
    {
        while (!_ended.Task.IsCompleted)
        {
            _writerWake!.WaitOne();
            try
            {
                while (!_ended.Task.IsCompleted && !_connection!.Socket.CanWrite(Glance))
                {
                }
                lock (_gate)
                    if (_sent < _out.Length) Send();
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }
}
