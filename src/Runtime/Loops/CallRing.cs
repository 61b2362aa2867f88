// How the ready ring works
// ------------------------
// A power-of-two array of (callback, state) pairs between two positions. A position names its slot for ever, across growth too, so that
// a caller may keep the position of a call and cancel it later without an object per call.
//
// What a loop resumes most (a task, an async method) has no callback: its owner knows what to do with it. That saves one of two stores
// that the garbage collector has to be told of, and a call through a delegate.
//
// Invariants (AssertInvariants checks them in debug builds):
//   I1  0 <= _tail - _head <= _slots.Length, and the length is a power of two.
//   I2  The slots outside [_head, _tail) hold nothing, so that nothing is kept alive by a call that has run.
//
// Ownership: the loop's thread only.
// Source: CPython Lib/asyncio/base_events.py, BaseEventLoop._ready (a deque of handles).

using System.Diagnostics;

namespace Quintet.Loops;

/// <summary>First in, first out: the calls that a loop will make.</summary>
internal sealed class CallRing
{
    private static readonly SendOrPostCallback Nothing = static _ => { };

    private Slot[] _slots = new Slot[256];
    private long _head;
    private long _tail;

    internal int Count => (int)(_tail - _head);

    internal long Push(SendOrPostCallback callback, object? state)
    {
        var slots = _slots;
        if (_tail - _head == slots.Length) slots = Grow();
        ref var slot = ref slots[(int)_tail & (slots.Length - 1)];
        slot.Callback = callback;
        slot.State = state;
        return _tail++;
    }

    /// <summary>Pushes something that the ring's owner resumes itself.</summary>
    internal void Push(object resumable)
    {
        var slots = _slots;
        if (_tail - _head == slots.Length) slots = Grow();
        slots[(int)_tail & (slots.Length - 1)].State = resumable;
        _tail++;
    }

    /// <summary>Pushes such a thing before everything that waits.</summary>
    internal void PushFirst(object resumable)
    {
        var slots = _slots;
        if (_tail - _head == slots.Length) slots = Grow();
        slots[(int)--_head & (slots.Length - 1)].State = resumable;
    }

    /// <returns>Null when <paramref name="state"/> is something that the ring's owner resumes itself.</returns>
    internal SendOrPostCallback? Pop(out object? state)
    {
        var slots = _slots;
        ref var slot = ref slots[(int)_head & (slots.Length - 1)];
        var callback = slot.Callback;
        state = slot.State;
        slot = default;
        _head++;
        return callback;
    }

    /// <summary>Makes the call at <paramref name="position"/> do nothing; false when it has run.</summary>
    internal bool Cancel(long position)
    {
        if (position < _head || position >= _tail) return false;
        ref var slot = ref _slots[(int)position & (_slots.Length - 1)];
        slot.Callback = Nothing;
        slot.State = null;
        return true;
    }

    /// <summary>Puts the next <paramref name="count"/> calls into an order that <paramref name="random"/> chooses.</summary>
    internal void Shuffle(int count, Random random)
    {
        AssertInvariants();
        var mask = _slots.Length - 1;
        for (var i = count - 1; i > 0; i--)
        {
            var a = (int)(_head + i) & mask;
            var b = (int)(_head + random.Next(i + 1)) & mask;
            (_slots[a], _slots[b]) = (_slots[b], _slots[a]);
        }
    }

    internal void Clear()
    {
        Array.Clear(_slots);
        _head = _tail;
    }

    private Slot[] Grow()
    {
        AssertInvariants();
        var old = _slots;
        var slots = new Slot[old.Length * 2];
        for (var position = _head; position < _tail; position++)
            slots[(int)position & (slots.Length - 1)] = old[(int)position & (old.Length - 1)];
        return _slots = slots;
    }

    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        Debug.Assert(_tail - _head >= 0 && _tail - _head <= _slots.Length, "I1: more calls than slots.");
        Debug.Assert((_slots.Length & (_slots.Length - 1)) == 0, "I1: the length is no power of two.");
        for (var position = _tail; position < _head + _slots.Length; position++)
            Debug.Assert(_slots[(int)position & (_slots.Length - 1)] is { Callback: null, State: null }, "I2: a free slot holds a call.");
    }

    private struct Slot
    {
        internal SendOrPostCallback? Callback;
        internal object? State;
    }
}
