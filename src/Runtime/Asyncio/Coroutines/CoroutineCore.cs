using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Quintet.Asyncio;

/// <summary>What the builders and awaiters of coroutines share.</summary>
internal static class CoroutineCore
{
    /// <summary>How many loops of the process are in debug mode; outside of it, making a coroutine looks at nothing else.</summary>
    internal static int DebugLoops;

    internal static CoroutineFrame<TStateMachine, T> Start<TStateMachine, T>()
        where TStateMachine : IAsyncStateMachine
    {
        var frame = CoroutineFrame<TStateMachine, T>.Rent();
        if (DebugLoops > 0) Track(frame);
        return frame;
    }

    /// <summary>In debug mode, sees to it that a coroutine that nobody awaits is reported.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Track(CoroutineBox box)
    {
        if (EventLoop.CurrentOrNull is { Debug: true } loop)
            box.Tracker = new CoroutineTracker(loop, box.MethodName, new StackTrace(3, true).ToString());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Await<TAwaiter>(ref TAwaiter awaiter, CoroutineBox frame)
        where TAwaiter : INotifyCompletion
    {
        var task = frame.Task!;
        task.SetLeaf(frame);
        // Decided when the code is compiled for a struct awaiter, and then without boxing.
        // Without optimization an interface is a box: a turn, which is what switches most, costs no object there either.
        if (typeof(TAwaiter) == typeof(CoroutineAwaiter)) Unsafe.As<TAwaiter, CoroutineAwaiter>(ref awaiter).SuspendIn(task, frame);
        else if (awaiter is ILoopAwaiter) ((ILoopAwaiter)awaiter).Suspend(task, frame);
        else AwaitForeign(ref awaiter, task);
    }

    internal static T TakeOutcome<T>(CoroutineBox<T> box)
    {
        if (box.State != CoroutineBox.Phase.Done) throw CoroutineBox.IsNotDone();
        var error = box.Error;
        var value = box.Value;
        box.Recycle();
        if (error is not null) ExceptionDispatchInfo.Throw(error);
        return value;
    }

    internal static void Close(CoroutineBox box, int version)
    {
        if (box.Version != version || box.State != CoroutineBox.Phase.Created) return;
        box.Claim(version);
        box.Recycle();
    }

    /// <summary>A task of the base library and the like: it says when it is done, on whatever thread, and the loop is told.</summary>
    private static void AwaitForeign<TAwaiter>(ref TAwaiter awaiter, LoopTask task)
        where TAwaiter : INotifyCompletion
    {
        task.MarkForeign();
        // With our synchronization context in place, a task that completes on the loop calls back at once, without the thread pool.
        awaiter.OnCompleted(task.ResumeFromForeign);
    }
}
