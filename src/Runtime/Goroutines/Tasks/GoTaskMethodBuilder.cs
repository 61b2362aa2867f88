using System.Runtime.CompilerServices;

namespace Quintet.Goroutines;

/// <summary>Builds <see cref="GoTask"/> methods; for the compiler.</summary>
public struct GoTaskMethodBuilder
{
    private Frame _frame;

    /// <summary>The call that the method returns.</summary>
    public readonly GoTask Task => new(_frame);

    /// <summary>For the compiler.</summary>
    /// <returns>A builder.</returns>
    public static GoTaskMethodBuilder Create() => default;

    /// <summary>Puts the state machine into its box. It begins when the call is started or awaited.</summary>
    /// <typeparam name="TStateMachine">The method's state machine.</typeparam>
    /// <param name="stateMachine">The method's state machine.</param>
    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        var box = FrameBox<TStateMachine>.Rent();
        _frame = box; // before the copy: this builder is a field of what is copied
        box.StateMachine = stateMachine;
    }

    /// <summary>For the compiler; not used.</summary>
    /// <param name="stateMachine">The method's state machine.</param>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>The method returned.</summary>
    public readonly void SetResult() => _frame.Returned();

    /// <summary>The method threw.</summary>
    /// <param name="exception">What it threw.</param>
    public readonly void SetException(Exception exception) => _frame.Threw(exception);

    /// <summary>The method waits.</summary>
    /// <typeparam name="TAwaiter">For what.</typeparam>
    /// <typeparam name="TStateMachine">The method's state machine.</typeparam>
    /// <param name="awaiter">For what.</param>
    /// <param name="stateMachine">The method's state machine.</param>
    public readonly void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => awaiter.OnCompleted(Strands.Outside(_frame));

    /// <inheritdoc cref="AwaitOnCompleted"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => Strands.Await(ref awaiter, _frame);
}
