// How the watchdog works
// ----------------------
// One background thread looks at all running loops. A loop counts its callbacks; if the count has not moved between looks while a callback
// runs, and has not for the threshold, the callback is reported once, with what it runs. The loop pays one increment and one write for
// each callback, and no look at a clock.
//
// Whether it waits or computes is what the system says of the thread, most of the times that it was looked at. The ids are those of the
// analyzers: QNT5001 and QNT5002 for a callback, QNT4001 and QNT4005 for the body of a coroutine. A drain of ticks and microtasks that
// goes on for the threshold, callback after callback, is reported too: no other phase comes to its turn (QNT5004).
//
// The thread is one of its own: a timer of the base library would wake a thread of the pool each time, which then looks for more work for
// longer than a busy loop needs for fifty answers.
//
// Locking: the list of watched loops has its own lock; the counts are read without one.
// Source: CPython's slow_callback_duration (which measures afterwards, in debug mode only); dotnet/runtime#79463 is why the stack of
// another thread cannot be had in the process.

namespace Quintet.Loops;

/// <summary>Sees callbacks that keep their loop.</summary>
internal static class LoopWatchdog
{
    private static readonly Lock Gate = new();
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);
    private static volatile Watch[] _watches = [];
    private static Thread? _thread;

    internal static void Start(LoopCore core, TimeSpan threshold)
    {
        if (threshold <= TimeSpan.Zero || threshold == Timeout.InfiniteTimeSpan) return;
        lock (Gate)
        {
            _watches = [.. _watches, new Watch(core, threshold, SystemThread.CurrentId)];
            if (_thread is not null) return;
            _thread = new Thread(Serve) { IsBackground = true, Name = "loop watchdog" };
            _thread.UnsafeStart();
        }
    }

    internal static void Stop(LoopCore core)
    {
        lock (Gate)
        {
            _watches = Array.FindAll(_watches, watch => watch.Core != core);
        }
    }

    private static void Serve()
    {
        const int mostIdle = 50;
        for (var idle = 0; ; idle++)
        {
            Thread.Sleep(Period);
            foreach (var watch in _watches)
            {
                watch.Look(Environment.TickCount64);
                idle = 0;
            }

            if (idle < mostIdle) continue;
            lock (Gate)
            {
                if (_watches.Length > 0) continue;
                _thread = null;
                return;
            }
        }
    }

    internal sealed class Watch(LoopCore core, TimeSpan threshold, int thread)
    {
        private const int ChainLength = 1_000;

        private long _serial = -1;
        private long _since;
        private bool _reported;
        private int _runs;
        private long _drain = -1;
        private long _drainSince;
        private long _drainSerial;
        private bool _drainReported;

        internal LoopCore Core { get; } = core;

        internal void Look(long now)
        {
            var serial = Core.Serial;
            var goesOn = serial != _serial;
            LookAtDrain(now, goesOn);
            if (Core.Running is null || goesOn)
            {
                _serial = serial;
                _since = now;
                _reported = false;
                _runs = 0;
                return;
            }

            if (_reported) return;
            _runs += SystemThread.Runs(thread) ? 1 : -1;
            var lasted = TimeSpan.FromMilliseconds(now - _since);
            if (lasted < threshold) return;
            _reported = true;
            var callback = Core.Host.DescribeRunning();
            var how = _runs > 0 ? "computing" : "waiting";
            var id = (_runs > 0, Core.Host.IsInCoroutine) switch
            {
                (true, true) => "QNT4005",
                (true, false) => "QNT5002",
                (false, true) => "QNT4001",
                (false, false) => "QNT5001",
            };
            var message =
                $"{callback} has kept its event loop for {lasted.TotalMilliseconds:0} ms, {how}; nothing else runs there meanwhile.";
            LoopDetectors.Raise(new(id, message, callback, lasted, Stack: null));
        }

        private void LookAtDrain(long now, bool goesOn)
        {
            var drain = Core.Drain;
            if (drain == 0 || drain != _drain)
            {
                _drain = drain;
                _drainSince = now;
                _drainSerial = Core.Serial;
                _drainReported = false;
                return;
            }

            var lasted = TimeSpan.FromMilliseconds(now - _drainSince);
            // A drain of a few callbacks that the system set aside is no chain.
            if (_drainReported || !goesOn || lasted < threshold || Core.Serial - _drainSerial < ChainLength) return;
            _drainReported = true;
            var callback = Core.Host.DescribeRunning();
            var message = "Ticks and microtasks that make new ones have kept timers and sockets waiting for "
                + $"{lasted.TotalMilliseconds:0} ms; {callback} is one of them. SetImmediate gives the others their turn.";
            LoopDetectors.Raise(new("QNT5004", message, callback, lasted, Stack: null));
        }
    }
}
