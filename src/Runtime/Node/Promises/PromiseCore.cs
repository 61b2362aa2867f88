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

    private static void AwaitForeign<TAwaiter>(ref TAwaiter awaiter, Promise frame)
        where TAwaiter : INotifyCompletion
    {
        frame.KeepContext();
        var loop = frame.Loop;
        var begun = loop.LastForeignRest is { IsOfNow: true, Owner: null } rest ? rest : null;
        loop.LastForeignRest = null;
        var foreign = new ForeignAwait(frame, loop.Core);
        foreign.Begin(begun);
        awaiter.OnCompleted(foreign.Complete);
    }
}
