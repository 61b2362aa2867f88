using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>The box of one coroutine method: it holds the compiler's state machine. Each thread keeps some for reuse.</summary>
internal sealed class CoroutineFrame<TStateMachine, T> : CoroutineBox<T>
    where TStateMachine : System.Runtime.CompilerServices.IAsyncStateMachine
{
    private const int MaxPooled = 1024;

    [ThreadStatic]
    private static CoroutineFrame<TStateMachine, T>? _pool;

    [ThreadStatic]
    private static int _pooled;

    private CoroutineFrame<TStateMachine, T>? _next;

    internal TStateMachine Machine = default!;

    internal override string MethodName => CallbackName.OfStateMachine(typeof(TStateMachine));

    internal static CoroutineFrame<TStateMachine, T> Rent()
    {
        var frame = _pool;
        if (frame is null) return new CoroutineFrame<TStateMachine, T>();
        _pool = frame._next;
        frame._next = null;
        _pooled--;
        return frame;
    }

    internal override void MoveNext() => Machine.MoveNext();

    internal override void Recycle()
    {
        Version++;
        Machine = default!;
        Value = default!;
        Error = null;
        Parent = null;
        Task = null;
        State = Phase.Created;
        if (_pooled >= MaxPooled) return;
        _next = _pool;
        _pool = this;
        _pooled++;
    }
}
