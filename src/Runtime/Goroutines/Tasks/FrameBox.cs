using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>A frame with its state machine, and a small pool of them for each thread.</summary>
internal sealed class FrameBox<TStateMachine> : Frame
    where TStateMachine : IAsyncStateMachine
{
    private const int MostPooled = 512;

    [ThreadStatic]
    private static FrameBox<TStateMachine>? _free;

    [ThreadStatic]
    private static int _freeCount;

    internal TStateMachine StateMachine = default!;

    internal static FrameBox<TStateMachine> Rent()
    {
        var box = _free;
        if (box is null) return new FrameBox<TStateMachine>();
        _free = Unsafe.As<FrameBox<TStateMachine>?>(box.Next);
        _freeCount--;
        box.Next = null;
        return box;
    }

    internal override void Step() => StateMachine.MoveNext();

    internal override void Recycle()
    {
        StateMachine = default!;
        Bits = NodeBits.None;
        Preempt = false;
        Record = null!;
        Resume = null;
        SlotObject = null;
        Since++; // a GoTask that still points here is out of date
        if (_freeCount >= MostPooled) return;
        Next = _free;
        _free = this;
        _freeCount++;
    }

    internal override bool IsOurs => typeof(TStateMachine).Assembly == typeof(Go).Assembly;

    internal override string Describe() => (IsOurs ? FrameNames.OfBody(StateMachine) : null) ?? FrameNames.Of(typeof(TStateMachine));
}
