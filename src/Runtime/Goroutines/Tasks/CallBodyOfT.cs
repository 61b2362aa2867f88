using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>A call with its argument, and a small pool of them for each thread.</summary>
internal sealed class CallBody<TState> : CallBody
{
    private const int MostPooled = 512;

    [ThreadStatic]
    private static CallBody<TState>? _free;

    [ThreadStatic]
    private static int _freeCount;

    private Func<TState, GoTask> _body = null!;
    private TState _state = default!;

    /// <param name="body">What the goroutine does.</param>
    /// <param name="state">Its argument.</param>
    internal static CallBody<TState> Rent(Func<TState, GoTask> body, TState state)
    {
        var call = _free;
        if (call is null) call = new CallBody<TState>();
        else
        {
            _free = Unsafe.As<CallBody<TState>?>(call.Next);
            _freeCount--;
            call.Next = null;
        }

        (call._body, call._state) = (body, state);
        call.Bits = NodeBits.Started | NodeBits.Root | NodeBits.Strand;
        call.Resume = call;
        return call;
    }

    internal override string Describe() => FrameNames.Of(_state as Delegate ?? _body);

    private protected override GoTask Call() => _body(_state);

    private protected override void Recycle()
    {
        (_body, _state) = (null!, default!);
        Bits = NodeBits.None;
        Preempt = false;
        Record = null!;
        Resume = null;
        SlotObject = null;
        if (_freeCount >= MostPooled) return;
        Next = _free;
        _free = this;
        _freeCount++;
    }
}
