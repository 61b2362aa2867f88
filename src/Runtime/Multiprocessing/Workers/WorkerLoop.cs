// What a worker does
// ------------------
// It reads frames, runs tasks one after another on its main thread in the order in which they came, and notes each on the board before it
// runs it. Whatever goes wrong in a task (arguments, function, result) is that task's answer; the loop goes on. It ends with the stream.
//
// Source: CPython Lib/concurrent/futures/process.py, _process_worker; Lib/multiprocessing/pool.py, worker.

using System.Text;
using Quintet.Multiprocessing.Functions;
using Quintet.Multiprocessing.Wire;

namespace Quintet.Multiprocessing.Workers;

/// <summary>The worker's side of the connection.</summary>
internal sealed class WorkerLoop
{
    private readonly WorkerBoard _board;
    private readonly WorkerControl _control;
    private readonly WorkerInvitation _invitation;
    private readonly FrameReader _frames;
    private readonly ResultLog _log;
    private readonly PayloadWriter _result = new() { SegmentFrom = FrameHeader.SegmentThreshold };
    private readonly List<RemoteFunction?> _functions = [];
    private readonly List<Exception?> _unresolved = [];
    private Dictionary<long, (List<SharedSegment>? Arrays, SharedSegment? Body)>? _kept;

    internal WorkerLoop(LocalSocket socket, WorkerBoard board, WorkerControl control, WorkerInvitation invitation)
    {
        (_board, _control, _invitation) = (board, control, invitation);
        _frames = new FrameReader(socket);
        _log = new ResultLog(socket, board);
    }

    /// <summary>What the process ends with.</summary>
    internal int ExitCode { get; private set; }

    internal void Run()
    {
        _log.Add(FrameKind.Hello, 0, inSegment: false, Encoding.ASCII.GetBytes(_invitation.Token));
        do
        {
            while (_frames.TryNext(out var header, out var body))
                if (!Handle(header, body)) return;
            _log.Send(now: true);
        }
        while (_frames.Fill());
    }

    private bool Handle(in FrameHeader header, ReadOnlyMemory<byte> body)
    {
        switch (header.Kind)
        {
            case FrameKind.Define:
                Define(body.Span);
                return true;
            case FrameKind.Initialize:
                Initialize(body.Span);
                return true;
            case FrameKind.Task:
                RunTask(header, body.Span);
                return true;
            case FrameKind.Release:
                Release(header.Sequence);
                return true;
            case FrameKind.Run:
                ExitCode = RunOnly(header, body.Span);
                return false;
            case FrameKind.Shutdown:
                _log.Send(now: true);
                return false;
            default:
                throw new ProcessProtocolException($"A worker was sent a frame of kind {header.Kind}.");
        }
    }

    private void Define(ReadOnlySpan<byte> body)
    {
        RemoteFunction? function = null;
        Exception? failure = null;
        try
        {
            var reader = new PayloadReader(body);
            function = FunctionReference.Read(ref reader).Resolve();
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        _functions.Add(function);
        _unresolved.Add(failure);
    }

    private void Initialize(ReadOnlySpan<byte> body)
    {
        var reader = new PayloadReader(body);
        var number = reader.Raw<int>();
        try
        {
            if (number >= 0)
            {
                var nothing = new PayloadReader(new byte[1]);
                Function(number).Invoke(ref nothing, 1, _result);
            }
            _log.Add(FrameKind.Ready, 0, inSegment: false, default);
        }
        catch (Exception exception)
        {
            _result.Clear();
            RemoteFailure.Write(_result, exception);
            _log.Add(FrameKind.InitializerFailed, 0, inSegment: false, _result.Written);
        }
        _result.Clear();
    }

    private void RunTask(in FrameHeader header, ReadOnlySpan<byte> body)
    {
        if (!_control.Begin(header.Sequence))
        {
            _log.Add(FrameKind.Cancelled, header.Sequence, inSegment: false, default);
            return;
        }
        _log.Guard();
        _board.Start(header.Sequence, _invitation.NoteTimes);
        _result.Clear();
        try
        {
            SharedHandover.Begin();
            Invoke(body, header.InSegment);
            Answer(header.Sequence);
        }
        catch (Exception exception)
        {
            SharedHandover.End();
            _result.Clear();
            RemoteFailure.Write(_result, exception);
            _log.Add(FrameKind.Error, header.Sequence, inSegment: false, _result.Written);
        }
        _result.Trim();
        _log.Send(now: false);
    }

    /// <summary>The function for which this process is there. It fails as a program does: with its text on standard error, and 1.</summary>
    private int RunOnly(in FrameHeader header, ReadOnlySpan<byte> body)
    {
        try
        {
            _control.Begin(header.Sequence);
            var run = Bind(body, header.InSegment);
            _log.Add(FrameKind.Ready, header.Sequence, inSegment: false, default);
            _log.Send(now: true);
            return run();
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine(exception);
            Console.Error.Flush();
            _result.Clear();
            RemoteFailure.Write(_result, exception);
            _log.Add(FrameKind.Error, header.Sequence, inSegment: false, _result.Written);
            _log.Send(now: true);
            return 1;
        }
    }

    private Func<int> Bind(ReadOnlySpan<byte> body, bool inSegment)
    {
        var reader = new PayloadReader(body);
        var function = Function(reader.Raw<int>());
        if (!inSegment) return function.Bind(ref reader);
        using var segment = LargeBody.Open(ref reader);
        var argument = new PayloadReader(segment.Span(0, (int)segment.Length));
        return function.Bind(ref argument);
    }

    private void Invoke(ReadOnlySpan<byte> body, bool inSegment)
    {
        var reader = new PayloadReader(body);
        var function = Function(reader.Raw<int>());
        var count = reader.Raw<int>();
        if (!inSegment)
        {
            function.Invoke(ref reader, count, _result);
            return;
        }
        using var segment = LargeBody.Open(ref reader);
        var arguments = new PayloadReader(segment.Span(0, (int)segment.Length));
        function.Invoke(ref arguments, count, _result);
    }

    private RemoteFunction Function(int number)
    {
        if ((uint)number >= (uint)_functions.Count) throw new ProcessProtocolException($"Function {number} is not defined.");
        return _functions[number] ?? throw _unresolved[number]!;
    }

    private void Answer(long task)
    {
        var kept = SharedHandover.End();
        SharedSegment? segment = null;
        if (_result.Length >= FrameHeader.SegmentThreshold)
        {
            var length = _result.Length;
            segment = _result.TakeSegment();
            LargeBody.WriteReference(_result, segment, length);
        }
        if (kept is not null || segment is not null) (_kept ??= [])[task] = (kept, segment);
        _log.Add(FrameKind.Result, task, segment is not null, _result.Written);
    }

    private void Release(long upTo)
    {
        if (_kept is null) return;
        foreach (var (task, held) in _kept.Where(entry => entry.Key <= upTo).ToArray())
        {
            // Arrays belong to the function, which may use them again; what only carried the body goes now.
            _kept.Remove(task);
            if (held.Body is { } read) SegmentShelf.Give(read);
        }
    }
}
