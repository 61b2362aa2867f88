using System.Diagnostics;

namespace Quintet.Core;

/// <summary>A gate for every platform. What is left of a time-out below one millisecond is passed by yielding the processor.</summary>
internal sealed class MonitorGate : ThreadGate
{
    private readonly object _gate = new();
    private int _ticket;

    internal override int Ticket => Volatile.Read(ref _ticket);

    internal override bool Wait(int ticket, TimeSpan timeout)
    {
        var started = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            // A wait of whole milliseconds is the processor's to give away; Monitor would truncate the rest to nothing.
            while (_ticket == ticket)
            {
                var left = timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : timeout - Stopwatch.GetElapsedTime(started);
                if (left < TimeSpan.FromMilliseconds(1)) break;
                Monitor.Wait(_gate, (int)Math.Min(left.TotalMilliseconds, int.MaxValue));
            }
        }
        while (Ticket == ticket)
        {
            if (Stopwatch.GetElapsedTime(started) >= timeout) return false;
            Thread.Yield();
        }
        return true;
    }

    internal override void WakeOne()
    {
        lock (_gate)
        {
            _ticket++;
            Monitor.Pulse(_gate);
        }
    }

    internal override void WakeAll()
    {
        lock (_gate)
        {
            _ticket++;
            Monitor.PulseAll(_gate);
        }
    }
}
