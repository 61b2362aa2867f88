using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Quintet.Loops;

namespace Quintet.Node;

public sealed partial class NodeLoop
{
    /// <summary>How often what is pending may make more of it in one poll phase, as in libuv.</summary>
    private const int MostRounds = 8;

    private bool IsAlive => !_stopped && (_timers.RefCount > 0 || _immediateRefs > 0 || _refs > 0 || Core.Holds > 0
        || _closing.Count > 0 || _pending.Count > 0 || Core.Inbox.Count > Ports.Letters);

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
        RunPending();
        var wait = PollTimeout();
        if (Core.Inbox.IsEmpty)
        {
            if (wait != 0) Core.Sleep(wait);
            else if (Core.Poller.Count > 0) Core.Look();
        }
        else if (Core.Poller.Count > 0) Core.Look();

        if (!Core.Inbox.IsEmpty) RunLetters();
        for (var round = 0; round < MostRounds && _pending.Count > 0; round++) RunPending();
    }

    private void RunPending()
    {
        for (var count = _pending.Count; count > 0 && !_stopped; count--)
        {
            if (Invoke(NodeCall.Plain, _pending.Dequeue())) Drain();
        }
    }

    private void RunLetters()
    {
        var letters = Core.Inbox.Take();
        var ports = false;
        foreach (ref readonly var letter in letters)
        {
            // What the pool has done comes first, as its handle is the first of libuv's loop.
            if (_stopped || letter.State is not PoolAnswer)
            {
                ports |= letter.State is MessagePort;
                continue;
            }

            Core.Release();
            if (Invoke(letter.Callback, letter.State)) Drain();
        }

        foreach (ref readonly var letter in letters)
        {
            if (_stopped) break;
            if (letter.State is PoolAnswer) continue;
            if (letter.Releases) Core.Release();
            if (letter.State is MessagePort port)
            {
                Ports.Take(port);
                continue;
            }

            if (ports) Ports.Run(this);
            if (Invoke(letter.Callback, letter.State)) Drain();
        }

        if (ports) Ports.Run(this);
        Core.Inbox.Clear(letters.Length);
    }

    /// <summary>How long the poll phase may wait, in nanoseconds; -1 means until something comes.</summary>
    private long PollTimeout()
    {
        if (_stopped || _immediateRefs > 0 || _closing.Count > 0 || _pending.Count > 0) return 0;
        // What holds the loop is nothing but timers that do not: it is about to end.
        if (_timers.RefCount == 0 && _refs == 0 && Core.Holds == 0) return 0;
        return _timers.NanosecondsToNext();
    }

    private void Close()
    {
        // The last that was closed comes first, as in libuv; what is closed meanwhile waits for the next turn.
        (_closing, _closingNow) = (_closingNow, _closing);
        while (!_stopped && _closingNow.TryPop(out var callback))
        {
            if (Invoke(NodeCall.Plain, callback)) Drain();
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
        Leave(AmbientContext.Empty);
        return succeeded;
    }

    /// <summary>A socket's events, called from the poller: a callback of the poll phase.</summary>
    internal void InvokeFromPoll(Action callback) => InvokeFromPoll(NodeCall.Plain, callback);

    internal void InvokeFromPoll(SendOrPostCallback callback, object state)
    {
        if (_stopped) return;
        if (Invoke(callback, state)) Drain();
    }

    /// <returns>False when it failed: what else the port has waits for another turn.</returns>
    internal bool InvokeFromPort(MessagePort port) => Invoke(
        static state =>
        {
            var port = (MessagePort)state!;
            AmbientContext.EnterFromEmpty(port.Made);
            port.TakeOne();
        },
        port) && Drain();

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
    /// <returns>False when a tick threw: the rest has to wait for the next drain.</returns>
    internal bool Drain()
    {
        if (_ticks.Count == 0 && _microtasks.Count == 0 && _rejections.IsEmpty) return true;
        Core.BeginDrain();
        var drained = DrainAll();
        Core.EndDrain();
        return drained;
    }

    private bool DrainAll()
    {
        do
        {
            do
            {
                if (!RunRing(_ticks) || !RunRing(_microtasks)) return false;
            }
            while (_ticks.Count > 0);
        }
        while (_rejections.Process(this) || _ticks.Count > 0 || _microtasks.Count > 0);

        return true;
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
                if (callback is null) Continue(Unsafe.As<Promise>(state!));
                else
                {
                    AmbientContext.Enter(AmbientContext.Empty, ref Ambient);
                    callback(state);
                    Leave(AmbientContext.Capture());
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

    /// <summary>Notes which context a tick or microtask has left in place.</summary>
    internal void Leave(ExecutionContext context)
    {
        // A store that the collector is told of costs more than the look.
        if (Ambient != context) Ambient = context;
    }

    private void Continue(Promise frame)
    {
        frame.Continue(this);
        while (_goesOn)
        {
            _goesOn = false;
            if (_stopped)
            {
                _microtasks.PushFirst(frame);
                return;
            }

            Core.Begin(frame);
            frame.Continue(this);
        }
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
