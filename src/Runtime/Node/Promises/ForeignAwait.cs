using Quintet.Loops;

namespace Quintet.Node;

/// <summary>An async method of the loop awaits a task of the base library, an async iterator and the like. That holds the loop until it is
/// done; but while the foreign code in turn awaits a promise, it waits for nothing but the loop, and virtual time may go on. A step of one
/// of the loop's own sequences holds nothing: only the loop can answer it.</summary>
internal sealed class ForeignAwait(Promise frame, LoopCore core)
{
    private bool _isDone;
    private bool _isOwn;
    private bool _waitsForLoop;

    internal void Begin(ForeignRest? waiting)
    {
        core.Hold();
        if (waiting is null) return;
        waiting.Owner = this;
        WaitForLoop();
    }

    internal void WaitForLoop()
    {
        if (_isDone || _waitsForLoop) return;
        _waitsForLoop = true;
        core.HoldsForLoop++;
    }

    internal void GoOn()
    {
        if (!_waitsForLoop) return;
        _waitsForLoop = false;
        core.HoldsForLoop--;
    }

    /// <summary>What is awaited is one of the loop's own sequences, as is a promise.</summary>
    internal void LetGo()
    {
        _isOwn = true;
        GoOn();
        core.Release();
    }

    /// <summary>On the loop's thread: the await was over with the microtask that runs now, and goes on before the others.</summary>
    internal void CompleteFirst()
    {
        _isDone = true;
        GoOn();
        if (!_isOwn) core.Release();
        frame.Loop.PushFirstMicrotask(frame);
    }

    internal void Complete()
    {
        if (core.IsOwnThread)
        {
            _isDone = true;
            GoOn();
            if (!_isOwn) core.Release();
            frame.Loop.PushMicrotask(frame);
        }
        else if (_isOwn) core.Send(Resume, this);
        else core.SendAndRelease(Resume, this);
    }

    private static readonly SendOrPostCallback Resume = static state =>
    {
        var its = (ForeignAwait)state!;
        its._isDone = true;
        its.GoOn();
        Promise.RunFrame(its.Frame);
    };

    private Promise Frame => frame;
}
