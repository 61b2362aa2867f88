using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Who is served next while others are cancelled or come late.</summary>
internal sealed partial class LocksAndQueues(Transcript t)
{
    [Twin("asyncio/72-py313-locks-and-queues")]
    internal static void Parts(Transcript t) => EventLoop.Run(new LocksAndQueues(t).All(), Virtual);

    private static async Coroutine Turns(int n)
    {
        for (var i = 0; i < n; i++) await Aio.Sleep(TimeSpan.Zero);
    }

    private static object? Outcome(LoopTask task) => task switch
    {
        { IsCancelled: true } => "cancelled",
        { Exception: QueueShutDownException } => "QueueShutDown",
        { Exception: { } error } => error.GetType().Name,
        LoopTask<string> text => text.Result,
        LoopTask<int> number => number.Result,
        LoopTask<List<string>> many => many.Result.Select(item => int.TryParse(item, out var number) ? number : (object)item),
        _ => true,
    };

    private async Coroutine Settle(params LoopTask[] tasks)
    {
        await Aio.Wait(tasks);
        t.Print(tasks.Select(Outcome));
    }

    private void Refused(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            t.Print(e.Message);
        }
    }

    private async Coroutine All()
    {
        t.Print("--", "lock_jumps");
        await LockJumps();
        t.Print("--", "semaphore_order");
        await SemaphoreOrder();
        t.Print("--", "conditions");
        await Conditions();
        t.Print("--", "events");
        await Events();
        t.Print("--", "barriers");
        await Barriers();
        t.Print("--", "queues");
        await Queues();
    }

    private async Coroutine LockJumps()
    {
        var mutex = new AsyncLock();
        async Coroutine<string> Use(string name, int hold)
        {
            using (await mutex.Acquire())
            {
                t.Print(name, "in");
                await Turns(hold);
            }

            t.Print(name, "out");
            return name;
        }

        var (a, b, c) = (Aio.CreateTask(Use("a", 2)), Aio.CreateTask(Use("b", 0)), Aio.CreateTask(Use("c", 1)));
        await Turns(3);
        t.Print(mutex.IsLocked);
        var late = Aio.CreateTask(Use("late", 0));
        c.Cancel();
        await Settle(a, b, c, late);
        Refused(mutex.Release);
    }

    private async Coroutine SemaphoreOrder()
    {
        var semaphore = new AsyncSemaphore(2);
        async Coroutine<string> Use(string name, int hold)
        {
            using (await semaphore.Acquire())
            {
                t.Print(name, "in", semaphore.IsLocked);
                await Turns(hold);
            }

            return name;
        }

        LoopTask[] tasks = [.. new[] { ("a", 1), ("b", 4), ("c", 2), ("d", 0), ("e", 1) }
            .Select(x => Aio.CreateTask(Use(x.Item1, x.Item2)))];
        await Turns(1);
        tasks[3].Cancel();
        await Settle(tasks);
        t.Print(semaphore.IsLocked);
        var bounded = new BoundedAsyncSemaphore(1);
        await bounded.Acquire();
        bounded.Release();
        Refused(bounded.Release);
        semaphore = new AsyncSemaphore(0);
        LoopTask[] waiters = [.. Enumerable.Range(0, 3).Select(_ => Aio.CreateTask(semaphore.Acquire()))];
        await Turns(1);
        semaphore.Release();
        semaphore.Release();
        waiters[0].Cancel();
        await Turns(2);
        t.Print(waiters.Select(each => each.IsDone), semaphore.IsLocked);
        semaphore.Release();
        await Settle(waiters);
        t.Print(semaphore.IsLocked);
    }

    private async Coroutine Conditions()
    {
        var condition = new AsyncCondition();
        var ready = 0;
        async Coroutine<string> Wait(string name, int n)
        {
            using (await condition.Acquire())
            {
                await condition.WaitFor(() => ready >= n);
                t.Print(name, true);
            }

            return name;
        }

        LoopTask[] tasks = [.. new[] { ("two", 2), ("one", 1), ("also one", 1), ("three", 3) }
            .Select(x => Aio.CreateTask(Wait(x.Item1, x.Item2)))];
        await Turns(1);
        for (var i = 0; i < 3; i++)
        {
            using (await condition.Acquire())
            {
                ready++;
                t.Print("notify", i);
                if (i != 1) condition.NotifyAll();
                else condition.Notify();
            }

            await Turns(3);
        }

        await Settle(tasks);
        Refused(() => condition.Notify());
        await CancelledWaiter(condition);
    }

    private async Coroutine CancelledWaiter(AsyncCondition condition)
    {
        async Coroutine Cancelled()
        {
            using (await condition.Acquire())
            {
                try
                {
                    await condition.Wait();
                }
                finally
                {
                    t.Print("has the lock", condition.IsLocked);
                }
            }
        }

        var task = Aio.CreateTask(Cancelled());
        await Turns(1);
        await condition.Acquire();
        task.Cancel();
        await Turns(3);
        t.Print("still waits for the lock", task.IsDone);
        condition.Release();
        await Settle(task);
        t.Print(condition.IsLocked);
    }
}
