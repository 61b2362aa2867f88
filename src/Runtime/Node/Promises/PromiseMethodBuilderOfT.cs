using System.Runtime.CompilerServices;

namespace Quintet.Node;

/// <summary>What the compiler builds an <c>async Promise&lt;T&gt;</c> method with. Not for use in code.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public struct PromiseMethodBuilder<T>
{
    private Promise<T>? _promise;

    /// <summary>The promise.</summary>
    public Promise<T> Task => Made;

    private Promise<T> Made => _promise ??= new Promise<T>();

    /// <summary>A builder for one call.</summary>
    public static PromiseMethodBuilder<T> Create() => default;

    /// <summary>Runs the body up to its first await.</summary>
    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    /// <summary>Not used: the frame holds the state machine.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine) => ArgumentNullException.ThrowIfNull(stateMachine);

    /// <summary>The body has ended.</summary>
    public void SetResult(T result) => Made.Fulfil(result);

    /// <summary>The body has ended with an exception.</summary>
    public void SetException(Exception exception) => Made.Reject(exception);

    /// <summary>The body awaits.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => PromiseCore.Await(ref awaiter, Frame(ref stateMachine));

    /// <summary>The body awaits.</summary>
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => PromiseCore.Await(ref awaiter, Frame(ref stateMachine));

    private Promise<T> Frame<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        if (_promise is not null) return _promise;
        var frame = new PromiseFrame<TStateMachine, T>();
        // First the frame, then the copy: the machine's own builder must know the frame.
        _promise = frame;
        frame.Machine = stateMachine;
        return frame;
    }
}
