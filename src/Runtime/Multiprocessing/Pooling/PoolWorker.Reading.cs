using Quintet.Multiprocessing.Functions;
using Quintet.Multiprocessing.Wire;
using Quintet.Multiprocessing.Workers;

namespace Quintet.Multiprocessing.Pooling;

internal sealed partial class PoolWorker
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    // Only a result that refers to shared memory keeps something open over there.
    private bool _mayHold;

    private void Run()
    {
        Exception? startFailure = null;
        try
        {
            Have(WorkerConnection.Start(_options, _abandonStart.Token));
            startFailure = Initialize();
            if (startFailure is null) Read();
            else _connection!.Kill();
        }
        catch (Exception exception)
        {
            startFailure = exception;
            _connection?.Kill();
        }
        End(startFailure);
    }

    /// <summary>Who killed this worker while it was starting has killed nothing yet: its initializer might never end.</summary>
    private void Have(WorkerConnection connection)
    {
        lock (_gate)
        {
            _connection = connection;
            if (_reason != EndReason.None) connection.Kill();
        }
    }

    /// <summary>The worker is ready, or this is why it is not.</summary>
    private Exception? Initialize()
    {
        lock (_gate)
        {
            var number = _options.Initializer is { } initializer ? Number(FunctionReference.To(initializer)) : -1;
            var start = _out.Length;
            _out.Take(FrameHeader.Size);
            _out.Raw(number);
            Header(start, FrameKind.Initialize, 0, inSegment: false);
            Send();
        }
        var frames = _connection!.Frames;
        FrameHeader header;
        ReadOnlyMemory<byte> body;
        while (!frames.TryNext(out header, out body))
        {
            if (frames.Fill()) continue;
            var code = _connection.End(EndPatience);
            return new WorkerStartException(
                $"Worker process {_connection.ProcessId} {WorkerCrashedException.Describe(code)} before its initializer had finished.");
        }
        if (header.Kind == FrameKind.InitializerFailed)
        {
            var reader = new PayloadReader(body.Span);
            return RemoteFailure.Read(ref reader, _options.Initializer?.Method.Module.Assembly, _connection.ProcessId);
        }
        if (header.Kind != FrameKind.Ready) return new ProcessProtocolException($"The worker began with a frame of kind {header.Kind}.");
        lock (_gate)
        {
            // The pool may have ended since this start could last be abandoned.
            if (_unwanted) return new OperationCanceledException();
            Volatile.Write(ref _ready, true);
        }
        PoolEventSource.Log.WorkerStarted(_pool.Number, _connection.ProcessId);
        _pool.Tally.AddStarted();
        _started.TrySetResult();
        return null;
    }

    private void Read()
    {
        Pump();
        while (_connection!.Frames.Fill())
        {
            Answer();
            Pump();
        }
    }

    /// <summary>Answers every unit whose frame is here.</summary>
    private void Answer()
    {
        var (answered, completed) = (0, 0);
        var release = 0L;
        while (_connection!.Frames.TryNext(out var header, out var body))
        {
            var unit = TakeOldest(header.Sequence);
            answered++;
            if (header.Kind == FrameKind.Result) release = header.Sequence;
            if (Answer(unit, header, body.Span) is var end and not TaskEnd.Completed) _pool.Tally.Add(end, 1);
            else completed++;
            PoolMetrics.Answered(_pool, unit);
        }
        if (answered == 0) return;
        if (completed > 0) _pool.Tally.Add(TaskEnd.Completed, completed);
        lock (_gate)
        {
            _window.Answered(answered);
            if (release > 0 && _mayHold) Signal(FrameKind.Release, release);
            _mayHold = false;
        }
        _pool.Answered(answered);
    }

    private WorkUnit TakeOldest(long sequence)
    {
        lock (_gate)
        {
            if (!_inFlight.TryDequeue(out var unit) || unit.Sequence != sequence)
                throw new ProcessProtocolException($"Answer {sequence} was not asked for.");
            unit.Worker = null;
            if (unit.Body is { } read) SegmentShelf.Give(read);
            unit.Body = null;
            return unit;
        }
    }

    private TaskEnd Answer(WorkUnit unit, in FrameHeader header, ReadOnlySpan<byte> body)
    {
        try
        {
            switch (header.Kind)
            {
                case FrameKind.Result when header.InSegment:
                    _mayHold = true;
                    var reference = new PayloadReader(body);
                    using (var segment = LargeBody.Open(ref reference)) Complete(unit, segment.Span(0, (int)segment.Length));
                    return TaskEnd.Completed;
                case FrameKind.Result:
                    Complete(unit, body);
                    return TaskEnd.Completed;
                case FrameKind.Error:
                    var reader = new PayloadReader(body);
                    var failure = RemoteFailure.Read(ref reader, unit.Function.Home, _connection!.ProcessId);
                    unit.Fail(failure);
                    return failure is OperationCanceledException && unit.IsCancelled ? TaskEnd.Cancelled : TaskEnd.Failed;
                case FrameKind.Cancelled:
                    unit.Cancel();
                    return TaskEnd.Cancelled;
                default:
                    throw new ProcessProtocolException($"A frame of kind {header.Kind} is no answer.");
            }
        }
        catch (Exception exception)
        {
            // The result could not be read here, or what reading it ran has thrown: this unit's failure, nobody else's.
            unit.Fail(exception);
            return TaskEnd.Failed;
        }
    }

    private void Complete(WorkUnit unit, ReadOnlySpan<byte> results)
    {
        var reader = new PayloadReader(results);
        unit.Complete(ref reader);
        if (SharedHandover.TakeOpened()) _mayHold = true;
    }

    private void End(Exception? startFailure)
    {
        bool asked;
        lock (_gate)
        {
            asked = _ending;
            Volatile.Write(ref _ending, true);
        }
        int? exit = null;
        var orphans = new List<WorkUnit>();
        if (_connection is { } connection)
        {
            var code = connection.End(EndPatience);
            exit = code;
            try
            {
                connection.Frames.Append(connection.Board.Unsent(connection.Frames.Received));
                Answer();
            }
            catch (ProcessProtocolException)
            {
                // What a dying process wrote may be anything; what could be read has been.
            }
            lock (_gate)
            {
                orphans.AddRange(_inFlight);
                _inFlight.Clear();
                foreach (var unit in orphans) unit.Worker = null;
            }
            if (orphans.Count > 0 && connection.Board.Started >= orphans[0].Sequence) FailBegun(orphans, connection.ProcessId, code);
        }
        TellOfEnd(asked, exit, startFailure);
        _ended.TrySetResult();
        _writerWake?.Set();
        _pool.WorkerEnded(this, orphans, _reason == EndReason.Terminated ? null : startFailure);

        // Now the pool is broken, if this breaks it: who waited for the start finds it so.
        _started.TrySetException(startFailure ?? new WorkerStartException("The worker ended before it was ready."));
        _ = _started.Task.Exception;
        _connection?.Dispose();
    }

    private void FailBegun(List<WorkUnit> orphans, int processId, int code)
    {
        var begun = orphans[0];
        orphans.RemoveAt(0);
        begun.Body?.Dispose();
        _pool.Tally.Add(FailBegun(begun, processId, code), 1);
        PoolMetrics.Answered(_pool, begun);
        _pool.Answered(1);
    }

    private TaskEnd FailBegun(WorkUnit begun, int processId, int code)
    {
        switch (_reason)
        {
            case EndReason.Timeout:
                begun.Fail(new TaskTimeoutException(_options.TaskTimeout, processId));
                return TaskEnd.Timeout;
            case EndReason.Cancelled:
                begun.Cancel();
                return TaskEnd.Cancelled;
            case EndReason.Terminated:
                begun.Fail(new ObjectDisposedException(nameof(ProcessPool), "The pool was terminated while the task ran."));
                return TaskEnd.Abandoned;
            default:
                begun.Fail(new WorkerCrashedException(processId, code));
                return TaskEnd.Crashed;
        }
    }

    private void TellOfEnd(bool asked, int? code, Exception? startFailure)
    {
        if (!WasReady && (_reason != EndReason.None || startFailure is null or OperationCanceledException)) return; // nobody wanted it
        var end = (_reason, WasReady) switch
        {
            (_, false) => WorkerEnd.Unstarted,
            (EndReason.Timeout, _) => WorkerEnd.Timeout,
            (EndReason.Cancelled, _) => WorkerEnd.Cancelled,
            (EndReason.Terminated, _) => WorkerEnd.Terminated,
            _ => asked ? WorkerEnd.Shutdown : WorkerEnd.Crashed,
        };
        if (PoolEventSource.Log.IsEnabled() && code is { } exitCode) LogEnd(end, exitCode);
        // Counted last: whoever reads the count finds the event told.
        _pool.Tally.Add(end);
    }

    private void LogEnd(WorkerEnd end, int exitCode)
    {
        var (log, process) = (PoolEventSource.Log, ProcessId ?? 0);
        if (end is WorkerEnd.Crashed) log.WorkerCrashed(_pool.Number, process, WorkerCrashedException.Describe(exitCode));
        else if (end is WorkerEnd.Timeout or WorkerEnd.Cancelled) log.WorkerKilled(_pool.Number, process, PoolMetrics.NameOf(end));
        else log.WorkerEnded(_pool.Number, process, PoolMetrics.NameOf(end));
    }
}
