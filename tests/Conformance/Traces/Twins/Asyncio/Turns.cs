using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal static class Turns
{
    [Twin("asyncio/51-turn-counts")]
    internal static void TurnCounts(Transcript t)
    {
        var turns = 0;
        EventLoop.Run(Main(), Virtual);

        static async Coroutine<int> Noop() => 1;

        async Coroutine Count(string name, Func<Coroutine> make)
        {
            var before = turns;
            await make();
            t.Print(name, turns - before);
        }

        async Coroutine Main()
        {
            var loop = EventLoop.Current;
            loop.CallSoon(Tick);
            await Aio.Sleep(TimeSpan.Zero);
            await Count("sleep(0)", () => Aio.Sleep(TimeSpan.Zero));
            await Count("coroutine", async () => await Noop());
            await Count("task", async () => await Aio.CreateTask(Noop()));
            await Count("gather", async () => await Aio.Gather(Noop(), Noop()));
            await Count("nested gather", async () => await Aio.Gather(Aio.Gather(Noop()), Aio.CreateTask(Noop())));
            await Count("wait", async () => await Aio.Wait([Aio.CreateTask(Noop())]));
            await Count("shield", async () => await Aio.Shield(Noop()));
            await Count("future", Future);
            await Count("task group", async () => await TaskGroup.Run(async group => _ = group.CreateTask(Noop())));
            await Count("queue get", Queue);
            await Count("contended lock", Lock);

            void Tick()
            {
                turns++;
                loop.CallSoon(Tick);
            }
        }

        static async Coroutine Future()
        {
            var future = EventLoop.Current.CreateFuture<int>();
            EventLoop.Current.CallSoon(() => future.SetResult(1));
            await future;
        }

        static async Coroutine Queue()
        {
            var queue = new AsyncQueue<int>();
            _ = Aio.CreateTask(queue.Put(1));
            await queue.Get();
        }

        static async Coroutine Lock()
        {
            var mutex = new AsyncLock();
            await mutex.Acquire();
            EventLoop.Current.CallSoon(mutex.Release);
            await mutex.Acquire();
        }
    }

    [Twin("asyncio/52-shield-gather-cancel-stop")]
    internal static void ShieldGatherCancelStop(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);
        Stopping(t);

        async Coroutine<int> Inner()
        {
            try
            {
                await Aio.Sleep(Seconds(.02));
                t.Print("inner done");
                return 7;
            }
            catch (CancelledError)
            {
                t.Print("inner cancelled");
                throw;
            }
        }

        async Coroutine Main()
        {
            var task = Aio.CreateTask(Inner());
            var outer = Aio.CreateTask(Waits());
            await Aio.Sleep(TimeSpan.Zero);
            outer.Cancel();
            await Cancelled(outer, () => t.Print("outer cancelled", task.IsDone));
            t.Print(await task);
            var (a, b) = (Aio.CreateTask(Inner()), Aio.CreateTask(Inner()));
            var gather = Aio.Gather(a, b);
            await Aio.Sleep(TimeSpan.Zero);
            t.Print(gather.Cancel("why"), gather.IsDone);
            await Cancelled(gather, () => t.Print("gather cancelled", gather.IsDone, a.IsCancelled, b.IsCancelled));
            await Locks();
            await Callbacks();

            async Coroutine<int> Waits() => await Aio.Shield(task);
        }

        async Coroutine Locks()
        {
            var mutex = new AsyncLock();
            await mutex.Acquire();
            var tasks = Enumerable.Range(0, 3).Select(n => Aio.CreateTask(Take(n))).ToArray();
            await Aio.Sleep(TimeSpan.Zero);
            mutex.Release();
            tasks[0].Cancel();
            await Aio.Wait(tasks);
            t.Print(tasks[0].IsCancelled, mutex.IsLocked);

            async Coroutine Take(int n)
            {
                using (await mutex.Acquire()) t.Print("took", n);
            }
        }

        async Coroutine Callbacks()
        {
            var future = EventLoop.Current.CreateFuture<int>();
            for (var i = 0; i < 3; i++)
            {
                var n = i;
                future.AddDoneCallback(_ => t.Print("callback", n));
            }

            future.SetResult(1);
            t.Print("set");
            await Aio.Sleep(TimeSpan.Zero);
            Expect<InvalidStateError>(() => future.SetResult(2), _ => t.Print("InvalidStateError"));
        }

        static async Coroutine Cancelled(Future future, Action then)
        {
            try
            {
                await future;
            }
            catch (CancelledError)
            {
                then();
            }
        }
    }

    private static void Stopping(Transcript t)
    {
        using var loop = new EventLoop(Virtual);
        loop.CallSoon(() =>
        {
            t.Print("stops");
            loop.Stop();
            loop.CallSoon(() => t.Print("next run"));
        });
        loop.CallSoon(() => t.Print("same turn"));
        loop.RunForever();
        t.Print("stopped");
        loop.CallSoon(loop.Stop);
        loop.RunForever();
        loop.SetExceptionHandler((_, context) => t.Print("handler", context.Message.Split(' ')[0], ((ValueError)context.Exception!).Repr));
        loop.CallSoon(() => throw new ValueError("x"));
        loop.CallSoon(() => t.Print("goes on"));
        loop.CallSoon(loop.Stop);
        loop.RunForever();
    }
}
