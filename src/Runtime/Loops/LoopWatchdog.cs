// How the watchdog works
// ----------------------
// One background thread looks at all running loops. A loop counts its callbacks; if the count has not moved between looks while a callback
// runs, and has not for the threshold, the callback is reported once, with what it runs. The loop pays one increment and one write for
// each callback, and no look at a clock.
//
// Locking: the list of watched loops has its own lock; the counts are read without one.
// Source: CPython's slow_callback_duration (which measures afterwards, in debug mode only); dotnet/runtime#79463 is why the stack of
// another thread cannot be had in the process.

namespace Quintet.Loops;

/// <summary>Sees callbacks that keep their loop.</summary>
internal static class LoopWatchdog
{
    private static readonly Lock Gate = new();
    private static readonly List<Watch> Watches = [];
    private static Timer? _timer;

    internal static void Start(LoopCore core, TimeSpan threshold)
    {
        if (threshold <= TimeSpan.Zero || threshold == Timeout.InfiniteTimeSpan) return;
        lock (Gate)
        {
            Watches.Add(new Watch(core, threshold));
            _timer ??= new Timer(static _ => Look(), null, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20));
        }
    }

    internal static void Stop(LoopCore core)
    {
        lock (Gate)
        {
            Watches.RemoveAll(watch => watch.Core == core);
            if (Watches.Count > 0) return;
            _timer?.Dispose();
            _timer = null;
        }
    }

    private static void Look()
    {
        Watch[] watches;
        lock (Gate) watches = [.. Watches];
        foreach (var watch in watches) watch.Look(Environment.TickCount64);
    }

    internal sealed class Watch(LoopCore core, TimeSpan threshold)
    {
        private long _serial = -1;
        private long _since;
        private bool _reported;

        internal LoopCore Core { get; } = core;

        internal void Look(long now)
        {
            var serial = Core.Serial;
            if (Core.Running is null || serial != _serial)
            {
                _serial = serial;
                _since = now;
                _reported = false;
                return;
            }

            var lasted = TimeSpan.FromMilliseconds(now - _since);
            if (_reported || lasted < threshold) return;
            _reported = true;
            var callback = Core.Host.DescribeRunning();
            var message = $"{callback} has kept its event loop for {lasted.TotalMilliseconds:0} ms; nothing else runs there meanwhile.";
            LoopDetectors.Raise(new("QNT5001", message, callback, lasted, Stack: null));
        }
    }
}
