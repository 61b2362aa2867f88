using Quintet.Loops;

namespace Quintet.Node;

public sealed partial class NodeLoop
{
    private static readonly SendOrPostCallback RunImmediate = static state =>
    {
        var immediate = (NodeImmediate)state!;
        AmbientContext.EnterFromEmpty(immediate.Context);
        immediate.Callback();
    };

    private readonly TimerLists _timers;
    private NodeImmediate? _firstImmediate;
    private NodeImmediate? _lastImmediate;
    private int _immediateRefs;

    internal TimerLists Timers => _timers;

    internal bool HasImmediates => _immediateRefs > 0;

    internal bool IsStopped => _stopped;

    /// <summary>Calls <paramref name="callback"/> once, not before <paramref name="milliseconds"/> have passed.</summary>
    /// <remarks>Less than 1, more than 2147483647 or not a number means 1; parts of a millisecond do not count.</remarks>
    public NodeTimeout SetTimeout(Action callback, double milliseconds = 1) => StartTimer(callback, milliseconds, repeats: false);

    /// <summary>Calls <paramref name="callback"/> again and again, each time <paramref name="milliseconds"/> after the start of the
    /// last.</summary>
    public NodeTimeout SetInterval(Action callback, double milliseconds = 1) => StartTimer(callback, milliseconds, repeats: true);

    /// <summary>Clears a timer. Null, or one that has run, does nothing.</summary>
    public void ClearTimeout(NodeTimeout? timeout) => timeout?.Close();

    /// <summary>Clears a timer. Null does nothing.</summary>
    public void ClearInterval(NodeTimeout? timeout) => timeout?.Close();

    /// <summary>Calls <paramref name="callback"/> in the next check phase.</summary>
    public NodeImmediate SetImmediate(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        CheckRuns();
        var immediate = new NodeImmediate(this, callback);
        if (_lastImmediate is null) _firstImmediate = immediate;
        else _lastImmediate.Next = immediate;
        _lastImmediate = immediate;
        _immediateRefs++;
        return immediate;
    }

    /// <summary>Clears an immediate. Null, or one that has run, does nothing.</summary>
    public void ClearImmediate(NodeImmediate? immediate)
    {
        if (immediate is null || immediate.IsDestroyed) return;
        CheckThread();
        immediate.IsDestroyed = true;
        if (immediate.HasRef) _immediateRefs--;
    }

    internal void CountImmediate(int change) => _immediateRefs += change;

    private NodeTimeout StartTimer(Action callback, double milliseconds, bool repeats)
    {
        ArgumentNullException.ThrowIfNull(callback);
        CheckRuns();
        if (milliseconds > int.MaxValue)
        {
            Process.EmitWarning(
                $"{milliseconds} does not fit into a 32-bit signed integer. The duration was set to 1.", "TimeoutOverflowWarning");
        }

        return _timers.Add(callback, milliseconds is >= 1 and <= int.MaxValue ? (int)milliseconds : 1, repeats);
    }

    /// <summary>The phase begins with a drain: what a failed callback has left waits no longer. When the last immediate throws, those that
    /// were made meanwhile run at once, as in Node: the rest of the phase is asked for again, and there is none.</summary>
    private void Check()
    {
        Drain();
        while (!RunImmediates() && !_stopped) { }
    }

    /// <returns>False when the last one threw.</returns>
    private bool RunImmediates()
    {
        var succeeded = true;
        var immediate = _firstImmediate;
        _firstImmediate = null;
        _lastImmediate = null;
        for (; immediate is not null && !_stopped; immediate = immediate.Next)
        {
            if (immediate.IsDestroyed) continue;
            immediate.IsDestroyed = true;
            if (immediate.HasRef) _immediateRefs--;
            succeeded = Invoke(RunImmediate, immediate);
            if (succeeded) Drain();
        }

        return succeeded;
    }
}
