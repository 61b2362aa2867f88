// How the inbox works
// -------------------
// Any thread writes its call behind the last one, into an array; the loop takes the whole array and leaves an empty one, so that calls of
// one thread run in the order in which it made them, and a call costs no object. Whether the loop sleeps is decided under
// the same gate: either the loop finds the call before it falls asleep, or the caller finds it asleep and wakes it.
//
// Invariants:
//   I1  At most one caller is told to wake the loop for each time that it fell asleep.
//   I2  What was pushed before WakeUp is found by the Take that follows it.
//
// Locking: a spinning gate held for a few stores. The loop's thread must not wait in the system here (its waits are watched), and the
// others never hold the gate longer.
// Ownership: Push from any thread, everything else from the loop's.
// Source: CPython call_soon_threadsafe (a deque and a byte into a pipe for each call); libuv uv_async_send (coalesced).
// Rejected: a stack of nodes with compare-and-swap. A node for each call, which survives collections while many wait, cost more than the
// gate does (bench/README.md, thread_safe).

using System.Diagnostics;

namespace Quintet.Loops;

/// <summary>Calls from other threads, until the loop takes them.</summary>
internal sealed class Inbox
{
    private const int LargestKept = 65_536;

    private SpinGate _gate;
    private Letter[] _letters = new Letter[16];
    private Letter[] _spare = new Letter[16];
    private int _count;
    private bool _isAsleep;

    internal bool IsEmpty => Volatile.Read(ref _count) == 0;

    internal int Count => Volatile.Read(ref _count);

    /// <returns>Whether the caller has to wake the loop.</returns>
    internal bool Push(SendOrPostCallback callback, object? state, bool releases)
    {
        _gate.Enter();
        var count = _count;
        while (count == _letters.Length)
        {
            // Not under the gate: making an array may take long, and may fail.
            _gate.Leave();
            var larger = new Letter[count * 2];
            _gate.Enter();
            if (_count == count && _letters.Length == count)
            {
                Array.Copy(_letters, larger, count);
                _letters = larger;
            }

            count = _count;
        }

        ref var letter = ref _letters[count];
        letter.Callback = callback;
        letter.State = state;
        letter.Releases = releases;
        Volatile.Write(ref _count, count + 1);
        var wakes = _isAsleep;
        _isAsleep = false;
        _gate.Leave();
        return wakes;
    }

    /// <summary>Everything that has come, oldest first. Good until <see cref="Clear"/>, which has to follow.</summary>
    internal ReadOnlySpan<Letter> Take()
    {
        _gate.Enter();
        (_letters, _spare) = (_spare, _letters);
        var count = _count;
        Volatile.Write(ref _count, 0);
        _gate.Leave();
        Debug.Assert(_letters[0].Callback is null, "The array that is left holds a call.");
        return _spare.AsSpan(0, count);
    }

    /// <summary>Lets go of what was taken.</summary>
    internal void Clear(int count)
    {
        if (_spare.Length <= LargestKept) Array.Clear(_spare, 0, count);
        else _spare = new Letter[16];
    }

    /// <returns>False when a call has come: the loop must not sleep.</returns>
    internal bool TryFallAsleep()
    {
        _gate.Enter();
        _isAsleep = _count == 0;
        var asleep = _isAsleep;
        _gate.Leave();
        return asleep;
    }

    /// <summary>The loop is awake: nobody needs to wake it.</summary>
    internal void WakeUp()
    {
        _gate.Enter();
        _isAsleep = false;
        _gate.Leave();
    }

    internal struct Letter
    {
        internal SendOrPostCallback Callback;
        internal object? State;

        /// <summary>Whether what it brings was in flight until now (LoopCore.Holds).</summary>
        internal bool Releases;
    }
}
