// How the barrier works
// ---------------------
// Filling: tasks come and wait. With the last one it drains: everybody leaves, with the number of his coming as index, and who comes
// meanwhile waits for the next filling. Reset sends the waiting ones away with an error; abort breaks it until a reset.
//
// Source: CPython Lib/asyncio/locks.py (Barrier).

namespace Quintet.Asyncio;

/// <summary>Lets tasks go on when a number of them has come. Source: <c>asyncio.Barrier</c>.</summary>
public sealed class AsyncBarrier
{
    private readonly AsyncCondition _changed = new();
    private Phase _phase;
    private int _count;

    /// <summary>A barrier for <paramref name="parties"/> tasks.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public AsyncBarrier(int parties)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parties, 1);
        Parties = parties;
    }

    private enum Phase
    {
        Filling,
        Draining,
        Resetting,
        Broken,
    }

    /// <summary>How many tasks it takes.</summary>
    public int Parties { get; }

    /// <summary>How many wait now.</summary>
    public int Waiting => _phase == Phase.Filling ? _count : 0;

    /// <summary>Whether it was aborted.</summary>
    public bool IsBroken => _phase == Phase.Broken;

    /// <summary>Waits until all have come.</summary>
    /// <returns>The number of this task's coming, from 0.</returns>
    /// <exception cref="BrokenBarrierException">It was aborted, or reset while this task waited.</exception>
    public async Coroutine<int> Wait()
    {
        using (await _changed.Acquire())
        {
            await _changed.WaitFor(() => _phase is not (Phase.Draining or Phase.Resetting));
            if (_phase == Phase.Broken) throw new BrokenBarrierException("Barrier aborted");
            var index = _count++;
            try
            {
                if (index + 1 == Parties)
                {
                    _phase = Phase.Draining;
                    _changed.NotifyAll();
                }
                else
                {
                    await _changed.WaitFor(() => _phase != Phase.Filling);
                    if (_phase is Phase.Broken or Phase.Resetting) throw new BrokenBarrierException("Abort or reset of barrier");
                }

                return index;
            }
            finally
            {
                _count--;
                if (_count == 0)
                {
                    if (_phase is Phase.Resetting or Phase.Draining) _phase = Phase.Filling;
                    _changed.NotifyAll();
                }
            }
        }
    }

    /// <summary>Makes it as new; who waits gets a <see cref="BrokenBarrierException"/>.</summary>
    public async Coroutine Reset()
    {
        using (await _changed.Acquire())
        {
            if (_count > 0) _phase = Phase.Resetting;
            else _phase = Phase.Filling;
            _changed.NotifyAll();
        }
    }

    /// <summary>Breaks it: who waits or comes gets a <see cref="BrokenBarrierException"/>, until a reset.</summary>
    public async Coroutine Abort()
    {
        using (await _changed.Acquire())
        {
            _phase = Phase.Broken;
            _changed.NotifyAll();
        }
    }
}
