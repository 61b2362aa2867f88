using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Traces.Twins.Go;

using Go = Quintet.Goroutines.Go;

/// <summary>Who gets a lock, and when. On one processor, as the originals were recorded.</summary>
internal static class LockTwins
{
    [Twin("go/18-mutex-queue")]
    internal static void MutexQueue(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (mutex, group) = (new GoMutex(), new WaitGroup());
        await mutex.LockAsync();
        for (var i = 0; i < 5; i++) group.Go(Body(i));
        await Go.Yield();
        transcript.Print("unlock");
        mutex.Unlock();
        transcript.Print("barges in", Said(mutex.TryLock()));
        transcript.Print("twice", Said(mutex.TryLock()));
        await Go.Yield();
        transcript.Print("unlock again");
        mutex.Unlock();
        await group.WaitAsync();
        transcript.Print("done", Said(mutex.TryLock()));

        Func<GoTask> Body(int i) => async () =>
        {
            transcript.Print("wants", i);
            await mutex.LockAsync();
            transcript.Print("has", i);
            mutex.Unlock();
        };
    });

    [Twin("go/19-rwmutex")]
    internal static void RWMutex(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (rw, group) = (new GoRWMutex(), new WaitGroup());
        await rw.RLockAsync();
        await rw.RLockAsync();
        group.Go(async () =>
        {
            transcript.Print("writer wants");
            await rw.LockAsync();
            transcript.Print("writer has");
            await Go.Yield();
            transcript.Print("writer leaves");
            rw.Unlock();
        });
        await Go.Yield();
        for (var i = 0; i < 3; i++) group.Go(Reader(i));
        await Go.Yield();
        transcript.Print("reader tries", Said(rw.TryRLock()), "writer tries", Said(rw.TryLock()));
        transcript.Print("first reader leaves");
        rw.RUnlock();
        await Go.Yield();
        transcript.Print("second reader leaves");
        rw.RUnlock();
        await group.WaitAsync();
        transcript.Print("reader tries", Said(rw.TryRLock()), "writer tries", Said(rw.TryLock()));

        Func<GoTask> Reader(int i) => async () =>
        {
            transcript.Print("reader wants", i);
            await rw.RLockAsync();
            transcript.Print("reader has", i);
            rw.RUnlock();
        };
    });

    [Twin("go/21-once")]
    internal static void OnceIsOnce(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (once, group, gate) = (new Once(), new WaitGroup(), new Chan<bool>());
        for (var i = 0; i < 3; i++) group.Go(Body(i));
        await gate.SendAsync(true);
        await group.WaitAsync();
        var failing = new Once();
        for (var i = 0; i < 2; i++)
        {
            var failure = Record.Exception(() => failing.Do(() => throw new InvalidOperationException("failed")));
            transcript.Print("recovered", failure?.Message ?? "<nil>");
        }

        Func<GoTask> Body(int i) => async () =>
        {
            transcript.Print("comes", i);
            await once.DoAsync(async () =>
            {
                transcript.Print("does", i);
                await gate.ReceiveAsync();
                transcript.Print("has done", i);
            });
            transcript.Print("goes", i);
        };
    });

    [Twin("go/25-cond-queue")]
    internal static void CondQueue(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var (mutex, group, items, closed) = (new GoMutex(), new WaitGroup(), new Queue<int>(), false);
        var changed = new Cond(mutex);
        for (var i = 0; i < 2; i++) group.Go(Consumer(i));
        for (var v = 0; v < 6; v++)
        {
            await mutex.LockAsync();
            while (items.Count == 2)
            {
                transcript.Print("producer waits");
                await changed.WaitAsync();
            }

            items.Enqueue(v);
            transcript.Print("producer puts", v);
            changed.Signal();
            mutex.Unlock();
        }

        await mutex.LockAsync();
        closed = true;
        changed.Broadcast();
        mutex.Unlock();
        await group.WaitAsync();
        transcript.Print("done");

        Func<GoTask> Consumer(int i) => async () =>
        {
            while (true)
            {
                await mutex.LockAsync();
                while (items.Count == 0 && !closed)
                {
                    transcript.Print("consumer", i, "waits");
                    await changed.WaitAsync();
                }

                if (!items.TryDequeue(out var v))
                {
                    mutex.Unlock();
                    transcript.Print("consumer", i, "ends");
                    return;
                }

                transcript.Print("consumer", i, "takes", v);
                changed.Broadcast();
                mutex.Unlock();
                await Go.Yield();
            }
        };
    });

    private static string Said(bool truth) => ChannelEndTwins.Said(truth);
}
