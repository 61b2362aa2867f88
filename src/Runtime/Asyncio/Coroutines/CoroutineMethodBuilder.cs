using System.Runtime.CompilerServices;

namespace Quintet.Asyncio;

/// <summary>What the compiler builds an <c>async Coroutine</c> method with. Not for use in code.</summary>
public struct CoroutineMethodBuilder
{
    private CoroutineBox<Nothing> _box;

    /// <summary>The coroutine.</summary>
    public readonly Coroutine Task => new(_box);

    /// <summary>A builder for one call.</summary>
    public static CoroutineMethodBuilder Create() => default;

    /// <summary>Puts the state machine into a box; nothing of it runs.</summary>
    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        var frame = CoroutineCore.Start<TStateMachine, Nothing>();
        // First the box, then the copy: the machine's own builder must know the box.
        _box = frame;
        frame.Machine = stateMachine;
    }

    /// <summary>Not used: the state machine is in its box from the start.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine) => ArgumentNullException.ThrowIfNull(stateMachine);

    /// <summary>The body has ended.</summary>
    public readonly void SetResult() => _box.Finish(null);

    /// <summary>The body has ended with an exception.</summary>
    public readonly void SetException(Exception exception) => _box.Finish(exception);

    /// <summary>The body awaits.</summary>
    public readonly void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => CoroutineCore.Await(ref awaiter, _box);

    /// <summary>The body awaits.</summary>
    public readonly void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => CoroutineCore.Await(ref awaiter, _box);
}
