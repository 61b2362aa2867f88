using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Quintet.Loops;

namespace Quintet.Node;

public sealed partial class NodeLoop
{
    private bool IsAlive => !_stopped && (_timers.RefCount > 0 || _immediateRefs > 0 || _refs > 0 || Core.Holds > 0
        || _closing.Count > 0 || !Core.Inbox.IsEmpty);

    private void RunUntilNothingHolds()
    {
        do
        {
            if (IsAlive) RunTimers();
            while (IsAlive)
            {
                Core.Metrics.Turns++;
                Poll();
                Check();
                Close();
                RunTimers();
            }

            if (_stopped) return;
            Process.EmitBeforeExit(this);
            Drain();
        }
        while (IsAlive);
    }

    private void Poll()
    {
        var wait = PollTimeout();
        if (Core.Inbox.IsEmpty)
        {
            if (wait != 0) Core.Sleep(wait);
            else if (Core.Poller.Count > 0) Core.Look();
        }
        else if (Core.Poller.Count > 0) Core.Look();

        if (!Core.Inbox.IsEmpty) RunLetters();
    }

    private void RunLetters()
    {
        var letters = Core.Inbox.Take();
        foreach (ref readonly var letter in letters)
        {
            if (_stopped) break;
            if (letter.Releases) Core.Release();
            if (Invoke(letter.Callback, letter.State)) Drain();
        }

        Core.Inbox.Clear(letters.Length);
    }

    /// <summary>How long the poll phase may wait, in nanoseconds; -1 means until something comes.</summary>
    private long PollTimeout()
    {
        if (_stopped || _immediateRefs > 0 || _closing.Count > 0) return 0;
        // What holds the loop is nothing but timers that do not: it is about to end.
        if (_timers.RefCount == 0 && _refs == 0 && Core.Holds == 0) return 0;
        return _timers.NanosecondsToNext();
    }

    private void Close()
    {
        for (var count = _closing.Count; count > 0 && !_stopped; count--)
        {
            if (Invoke(NodeCall.Plain, _closing.Dequeue())) Drain();
        }
    }

    private void RunTimers()
    {
        if (!_stopped) _timers.Run();
    }

    /// <summary>Runs one callback of a phase. What it throws goes to the uncaughtException listeners or ends the loop.</summary>
    /// <returns>False when it threw: then nothing is drained before the next callback has run, as in Node.</returns>
    internal bool Invoke(SendOrPostCallback callback, object? state)
    {
        var succeeded = true;
        Core.Begin(state ?? callback);
        Core.Metrics.Callbacks++;
        try
        {
            callback(state);
        }
        catch (Exception error)
        {
            OnUncaught(error);
            succeeded = false;
        }

        Core.End();
        AmbientContext.Enter(AmbientContext.Empty);
        Ambient = AmbientContext.Empty;
        return succeeded;
    }

    /// <summary>A socket's events, called from the poller: a callback of the poll phase.</summary>
    internal void InvokeFromPoll(Action callback) => InvokeFromPoll(NodeCall.Plain, callback);

    internal void InvokeFromPoll(SendOrPostCallback callback, object state)
    {
        if (_stopped) return;
        if (Invoke(callback, state)) Drain();
    }

    /// <summary>A part of the callback that runs now which fails for itself.</summary>
    internal void InvokeNested(SendOrPostCallback callback, object state)
    {
        try
        {
            callback(state);
        }
        catch (Exception error)
        {
            OnUncaught(error);
        }
    }

    /// <summary>Ticks, then microtasks, until both are empty; then the rejections that nobody handled.</summary>
    internal void Drain()
    {
        if (_ticks.Count == 0 && _microtasks.Count == 0 && _rejections.IsEmpty) return;
        Core.BeginDrain();
        DrainAll();
        Core.EndDrain();
    }

    private void DrainAll()
    {
        do
        {
            do
            {
                if (!RunRing(_ticks) || !RunRing(_microtasks)) return;
            }
            while (_ticks.Count > 0);
        }
        while (_rejections.Process(this) || _ticks.Count > 0 || _microtasks.Count > 0);
    }

    /// <summary>False when a callback threw and the rest has to wait.</summary>
    private bool RunRing(CallRing ring)
    {
        var failed = false;
        try
        {
            while (ring.Count > 0 && !_stopped)
            {
                var callback = ring.Pop(out var state);
                Core.Begin(state ?? callback);
                if (callback is null) Unsafe.As<Promise>(state!).Continue(this);
                else
                {
                    AmbientContext.Enter(AmbientContext.Empty, ref Ambient);
                    callback(state);
                    Ambient = AmbientContext.Capture();
                }
            }

            AmbientContext.Enter(AmbientContext.Empty, ref Ambient);
        }
        catch (Exception error)
        {
            AmbientContext.Enter(AmbientContext.Empty);
            Ambient = AmbientContext.Empty;
            OnUncaught(error);
            // A microtask that throws does not keep the others from running; the rest of the ticks waits for the next drain.
            failed = ring == _ticks;
            if (!failed && !_stopped) return RunRing(ring);
        }

        Core.End();
        return !failed && !_stopped;
    }

    internal void OnUncaught(Exception error, UncaughtOrigin origin = UncaughtOrigin.UncaughtException)
    {
        if (_stopped && !Process.IsExiting) return;
        try
        {
            if (Process.EmitUncaught(error, origin))
            {
                // So that the turn comes to a drain: what the failed queue still holds runs then.
                if (!_stopped) SetImmediate(static () => { });
                return;
            }
        }
        catch (Exception second)
        {
            // The last resort has failed: nobody is told any more.
            _fatal = ExceptionDispatchInfo.Capture(second);
            _stopped = true;
            Process.IsExiting = true;
            Process.ExitCode = 7;
            return;
        }

        _fatal ??= ExceptionDispatchInfo.Capture(error);
        if (!Process.IsExiting) Exit(1);
        else if (Process.ExitCode == 0) Process.ExitCode = 1;
    }
}
