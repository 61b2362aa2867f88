using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Queues that are shut down while getters, putters and joiners wait.</summary>
internal sealed partial class QueuesShutDown(Transcript t)
{
    [Twin("asyncio/78-py313-queues-shut-down")]
    internal static void Parts(Transcript t) => EventLoop.Run(new QueuesShutDown(t).All(), Virtual);

    private async Coroutine All()
    {
        await Part("empty_with_getters", EmptyWithGetters);
        await Part("full_with_putters", FullWithPutters);
        await Part("immediate_with_putters", ImmediateWithPutters);
        await Part("soft_then_immediate", SoftThenImmediate);
        await Part("unfinished_at_immediate", UnfinishedAtImmediate);
        await Part("worker_pattern", WorkerPattern);
        await Part("cancelled_meanwhile", CancelledMeanwhile);
        await Part("getter_woken_then_shut", GetterWokenThenShut);
        await Part("other_queues", OtherQueues);
        await Part("not_begun", NotBegun);
        await Part("limits", Limits);
    }

    private async Coroutine Part(string name, Func<Coroutine> run)
    {
        t.Print("--", name);
        await run();
    }

    private static string NameOf(Exception e) => e.GetType().Name.Replace("Exception", "", StringComparison.Ordinal);

    private static object?[] Tell(string name, LoopTask task) => task switch
    {
        { IsCancelled: true } => [name, "cancelled"],
        { Exception: { } error } => [name, NameOf(error)],
        LoopTask<string> got => [name, got.Result],
        _ => [name, null],
    };

    private async Coroutine Settle(params (string Name, LoopTask Task)[] tasks)
    {
        await Aio.Wait(tasks.Select(static one => one.Task));
        t.Print([.. tasks.SelectMany(static one => Tell(one.Name, one.Task))]);
    }

    private void NoWait(AsyncQueue<string> q, params string[] items)
    {
        foreach (var item in items)
        {
            try
            {
                q.PutNoWait(item);
                t.Print("put", item, null);
            }
            catch (Exception e) when (e is QueueShutDownException or QueueFullException)
            {
                t.Print("put", item, NameOf(e));
            }
        }
    }

    private void Take(AsyncQueue<string> q, int n = 1)
    {
        for (; n > 0; n--)
        {
            try
            {
                t.Print("took", q.GetNoWait());
            }
            catch (Exception e) when (e is QueueShutDownException or QueueEmptyException)
            {
                t.Print("took", NameOf(e));
            }
        }
    }

    private async Coroutine EmptyWithGetters()
    {
        var q = new AsyncQueue<string>();
        var (a, b) = (Aio.CreateTask(q.Get()), Aio.CreateTask(q.Get()));
        await Turns(1);
        q.PutNoWait("last");
        q.Shutdown();
        var c = Aio.CreateTask(q.Get());
        await Settle(("a", a), ("b", b), ("c", c));
        Take(q);
        NoWait(q, "late");
    }

    private async Coroutine FullWithPutters()
    {
        var q = new AsyncQueue<string>(2);
        NoWait(q, "1", "2", "3");
        var (a, b) = (Aio.CreateTask(q.Put("4")), Aio.CreateTask(q.Put("5")));
        await Turns(1);
        Take(q);
        q.Shutdown();
        t.Print(q.Count, q.IsFull, q.IsEmpty);
        await Settle(("a", a), ("b", b));
        Take(q, 3);
    }

    private async Coroutine ImmediateWithPutters()
    {
        var q = new AsyncQueue<string>(1);
        NoWait(q, "1");
        var (a, b, j) = (Aio.CreateTask(q.Put("2")), Aio.CreateTask(q.Put("3")), Aio.CreateTask(q.Join()));
        await Turns(1);
        q.Shutdown(immediate: true);
        t.Print(q.Count, q.IsFull, q.IsEmpty);
        await Settle(("a", a), ("b", b), ("j", j));
        Take(q);
        Expect<ArgumentException>(q.TaskDone, e => t.Print(e.Message));
    }

    private async Coroutine SoftThenImmediate()
    {
        var q = new AsyncQueue<string>();
        NoWait(q, "1", "2", "3");
        var j = Aio.CreateTask(q.Join());
        await Turns(1);
        q.Shutdown();
        q.Shutdown();
        Take(q);
        await Turns(2);
        t.Print("joined", j.IsDone);
        q.TaskDone();
        q.Shutdown(immediate: true);
        await Turns(2);
        t.Print("joined", j.IsDone);
        Take(q);
    }

    private async Coroutine UnfinishedAtImmediate()
    {
        var q = new AsyncQueue<string>();
        NoWait(q, "1", "2", "3");
        Take(q, 2);
        var j = Aio.CreateTask(q.Join());
        await Turns(1);
        q.Shutdown(immediate: true);
        await Turns(2);
        t.Print("joined", j.IsDone);
        q.TaskDone();
        await Turns(2);
        t.Print("joined", j.IsDone);
        q.TaskDone();
        await Settle(("j", j));
    }

    private async Coroutine WorkerPattern()
    {
        var q = new AsyncQueue<int>(2);
        async Coroutine Worker(string name)
        {
            try
            {
                while (true)
                {
                    var item = await q.Get();
                    await Turns(2);
                    t.Print(name, item);
                    q.TaskDone();
                }
            }
            catch (QueueShutDownException)
            {
                t.Print(name, "ends");
            }
        }

        await TaskGroup.Run(async tg =>
        {
            foreach (var name in new[] { "a", "b" }) _ = tg.CreateTask(Worker(name));
            for (var i = 0; i < 5; i++) await q.Put(i);
            q.Shutdown();
            await q.Join();
            t.Print("joined");
        });
    }
}
