using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>A frame with its state machine and its result, pooled like <see cref="FrameBox{TStateMachine}"/>.</summary>
internal sealed class ResultFrameBox<T, TStateMachine> : ResultFrame<T>
    where TStateMachine : IAsyncStateMachine
{
    private const int MostPooled = 512;

    [ThreadStatic]
    private static ResultFrameBox<T, TStateMachine>? _free;

    [ThreadStatic]
    private static int _freeCount;

    internal TStateMachine StateMachine = default!;

    internal static ResultFrameBox<T, TStateMachine> Rent()
    {
        var box = _free;
        if (box is null) return new ResultFrameBox<T, TStateMachine>();
        _free = Unsafe.As<ResultFrameBox<T, TStateMachine>?>(box.Next);
        _freeCount--;
        box.Next = null;
        return box;
    }

    internal override void Step() => StateMachine.MoveNext();

    internal override void Recycle()
    {
        StateMachine = default!;
        Result = default;
        Bits = NodeBits.None;
        Preempt = false;
        Record = null!;
        Resume = null;
        SlotObject = null;
        Since++;
        if (_freeCount >= MostPooled) return;
        Next = _free;
        _free = this;
        _freeCount++;
    }

    internal override bool IsOurs => typeof(TStateMachine).Assembly == typeof(Go).Assembly;

    internal override string Describe() => (IsOurs ? FrameNames.OfBody(StateMachine) : null) ?? FrameNames.Of(typeof(TStateMachine));
}
