using Quintet.Core;

namespace Quintet.Tests.Runtime.GilThreads;

/// <summary>A gate whose time-outs are the test's decision: time passes when the test says so, and what was asked for is
/// recorded.</summary>
internal sealed class ScriptedGate : ThreadGate
{
    private readonly object _gate = new();
    private readonly List<TimeSpan> _waits = [];
    private int _ticket;
    private int _waiting;
    private int _timeOuts;

    internal override int Ticket { get { lock (_gate) return _ticket; } }

    /// <summary>Leaves a woken thread asleep, as an operating system may for any time.</summary>
    internal bool LosesWakes { get; set; }

    internal int Wakes { get; private set; }

    internal IReadOnlyList<TimeSpan> Waits { get { lock (_gate) return [.. _waits]; } }

    internal override bool Wait(int ticket, TimeSpan timeout)
    {
        lock (_gate)
        {
            _waits.Add(timeout);
            _waiting++;
            Monitor.PulseAll(_gate);
            while (_ticket == ticket && _timeOuts == 0) Monitor.Wait(_gate);
            _waiting--;
            if (_ticket != ticket) return true;
            _timeOuts--;
            Monitor.PulseAll(_gate);
            return false;
        }
    }

    /// <summary>Returns once this many threads wait here.</summary>
    internal void UntilWaiting(int threads)
    {
        lock (_gate)
            while (_waiting != threads) Monitor.Wait(_gate);
    }

    /// <summary>Ends one thread's wait by time, and returns once that thread waits again.</summary>
    internal void TimeOutOne()
    {
        lock (_gate)
        {
            var before = _waits.Count;
            _timeOuts++;
            Monitor.PulseAll(_gate);
            while (_timeOuts > 0 || _waits.Count == before) Monitor.Wait(_gate);
        }
    }

    internal override void WakeOne()
    {
        if (!LosesWakes) WakeAll();
    }

    internal override void WakeAll()
    {
        lock (_gate)
        {
            Wakes++;
            _ticket++;
            Monitor.PulseAll(_gate);
        }
    }
}
