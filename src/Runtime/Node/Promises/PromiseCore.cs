using System.Runtime.CompilerServices;

namespace Quintet.Node;

/// <summary>What the builders of promises share.</summary>
internal static class PromiseCore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Await<TAwaiter>(ref TAwaiter awaiter, Promise frame)
        where TAwaiter : INotifyCompletion
    {
        // Decided when the code is compiled for a struct awaiter, and then without boxing.
        if (awaiter is IPromiseAwaiter) ((IPromiseAwaiter)awaiter).Suspend(frame);
        else AwaitForeign(ref awaiter, frame);
    }

    /// <summary>A task of the base library and the like holds the loop until it is done.</summary>
    private static void AwaitForeign<TAwaiter>(ref TAwaiter awaiter, Promise frame)
        where TAwaiter : INotifyCompletion
    {
        frame.KeepContext();
        var core = frame.Loop.Core;
        core.Hold();
        awaiter.OnCompleted(() =>
        {
            if (core.IsOwnThread)
            {
                core.Release();
                frame.Loop.PushMicrotask(frame);
            }
            else core.SendAndRelease(Promise.RunFrame, frame);
        });
    }
}
