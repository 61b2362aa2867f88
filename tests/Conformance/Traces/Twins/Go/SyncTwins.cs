using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Traces.Twins.Go;

using Go = Quintet.Goroutines.Go;

/// <summary>Who gets a lock or a signal. On one processor, as the originals were recorded.</summary>
internal static class SyncTwins
{
    [Twin("go/07-waitgroup-and-mutex")]
    internal static void WaitGroupAndMutex(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (mutex, group) = (new GoMutex(), new WaitGroup());
        for (var i = 0; i < 3; i++) group.Go(Body(i));
        await group.WaitAsync();
        transcript.Print("done");

        Func<GoTask> Body(int i) => async () =>
        {
            for (var turn = 0; turn < 2; turn++)
            {
                await mutex.LockAsync();
                transcript.Print("goroutine", i, "turn", turn);
                await Go.Yield();
                mutex.Unlock();
            }
        };
    });

    [Twin("go/09-cond-signal-order")]
    internal static void CondSignalOrder(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (mutex, group) = (new GoMutex(), new WaitGroup());
        var cond = new Cond(mutex);
        for (var i = 0; i < 4; i++) group.Go(Body(i));
        await Go.Yield();
        for (var i = 0; i < 2; i++)
        {
            transcript.Print("signal");
            cond.Signal();
            await Go.Yield();
        }

        transcript.Print("broadcast");
        cond.Broadcast();
        await group.WaitAsync();
        transcript.Print("done");

        Func<GoTask> Body(int i) => async () =>
        {
            await mutex.LockAsync();
            transcript.Print("waits", i);
            await cond.WaitAsync();
            transcript.Print("woken", i);
            mutex.Unlock();
        };
    });
}
