namespace Quintet.Asyncio;

/// <summary>
/// The Ctrl-C's that come while a main coroutine runs: the first cancels it, each further one leaves at once. None is lost as it ends.
/// </summary>
/// <remarks>
/// CPython's handler runs on the loop's own thread, so that it sees main running or not. Ours runs on another thread, and may come between
/// main's last step and the end of the run. Hence the invariant: an interrupt that was taken is either told to the loop before the run
/// ends or still <see cref="Untold"/> then; none is taken afterwards.
/// </remarks>
internal sealed class Interrupts(EventLoop loop, LoopTask main)
{
    private readonly Lock _gate = new();
    private int _taken;
    private int _told;
    private bool _over;

    /// <summary>Whether some that were taken had not reached the loop when the run ended.</summary>
    public bool Untold => _told < _taken;

    /// <summary>Takes an interrupt, on any thread; false when the run is over, and somebody else has to deal with it.</summary>
    public bool Take()
    {
        lock (_gate)
        {
            if (_over) return false;
            _taken++;
            loop.CallSoonThreadSafe(Tell);
            return true;
        }
    }

    /// <summary>Ends the taking.</summary>
    /// <returns>How many were taken.</returns>
    public int End()
    {
        lock (_gate)
        {
            _over = true;
            return _taken;
        }
    }

    private void Tell()
    {
        // What the run's end has reported is not told again to whatever runs on the loop next.
        if (_over) return;
        _told++;
        // A main that has just ended cannot be cancelled: the interrupt is not lost for that.
        if (_told > 1 || main.IsDone) throw new KeyboardInterruptException();
        main.Cancel();
    }
}
