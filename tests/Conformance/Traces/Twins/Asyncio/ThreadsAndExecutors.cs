using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.GroupEdges;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Work of the pool that is cancelled, fails or comes late; calls from other threads.</summary>
internal sealed partial class ThreadsAndExecutors(Transcript t)
{
    private static readonly EventLoopOptions Real = new() { HandleInterrupt = false };

    [Twin("asyncio/80-py313-threads-and-executors")]
    internal static void Parts(Transcript t)
    {
        var all = new ThreadsAndExecutors(t);
        EventLoop.Run(all.All(), Real);
        t.Print("-- at the end");
        all.AtTheEnd();
    }

    /// <summary>Work that waits until somebody opens it.</summary>
    private static (ManualResetEventSlim Opened, Func<string, string> Work) Gate()
    {
        var opened = new ManualResetEventSlim();
        return (opened, value => opened.Wait(TimeSpan.FromSeconds(20)) ? value : "False");
    }

    private async Coroutine All()
    {
        var loop = EventLoop.Current;
        t.Print("--", "cancelled_work");
        await CancelledFuture(loop);
        await CancelledTask();
        await Limited(loop);
        t.Print("--", "failing_work");
        await FailingWork(loop);
        t.Print("--", "threadsafe_order");
        await ThreadSafeOrder(loop);
        t.Print("--", "coroutines_from_threads");
        t.Print(await Aio.ToThread(() => CoroutinesFromThreads(loop)));
        t.Print("--", "many");
        await Many();
    }

    private async Coroutine CancelledFuture(EventLoop loop)
    {
        var (opened, work) = Gate();
        var f = loop.RunInExecutor(() => work("late"));
        f.AddDoneCallback(its => t.Print("callback", its.IsCancelled));
        await Turns(1);
        t.Print(f.Cancel("why"), f.IsCancelled, f.Cancel());
        t.Print("not called yet");
        await Turns(1);
        opened.Set();
        try
        {
            await f;
        }
        catch (CancelledError e)
        {
            t.Print("cancelled", Args(e));
        }
    }

    private async Coroutine CancelledTask()
    {
        var (opened, work) = Gate();
        async Coroutine Waits()
        {
            try
            {
                t.Print(await Aio.ToThread(() => work("thread")));
            }
            catch (CancelledError e)
            {
                t.Print("task cancelled", Args(e));
                throw;
            }
        }

        var task = Aio.CreateTask(Waits());
        await Turns(2);
        task.Cancel("task");
        await Aio.Wait([task]);
        t.Print(task.IsCancelled);
        opened.Set();
    }

    private async Coroutine Limited(EventLoop loop)
    {
        var (opened, work) = Gate();
        try
        {
            await Aio.WaitFor(Aio.ToThread(() => work("slow")), Seconds(.02));
        }
        catch (TimeoutException)
        {
            t.Print("timed out");
        }

        opened.Set();
        var (reopened, kept) = Gate();
        var inner = loop.RunInExecutor(() => kept("kept"));
        var task = Aio.CreateTask(Aio.WaitFor(Aio.Shield(inner), Seconds(5)));
        await Turns(2);
        task.Cancel();
        await Aio.Wait([task]);
        reopened.Set();
        t.Print(task.IsCancelled, await inner);
    }

    private async Coroutine FailingWork(EventLoop loop)
    {
        static string Fails() => throw new KeyError("k");
        try
        {
            await loop.RunInExecutor(Fails);
        }
        catch (KeyError e)
        {
            t.Print("error", e.Message);
        }

        var outcomes = await Aio.GatherOutcomes(Aio.ToThread(Fails), Aio.ToThread(static () => "1"));
        t.Print(outcomes.Select(static x => x.Error is { } e ? $"KeyError({e.Message})" : x.Value));
        try
        {
            await TaskGroup.Run(async tg =>
            {
                _ = tg.CreateTask(Aio.ToThread(Fails));
                _ = tg.CreateTask(Aio.Sleep(Seconds(10)));
            });
        }
        catch (AggregateException e)
        {
            t.Print(e.InnerExceptions.Count);
        }
    }

    private async Coroutine ThreadSafeOrder(EventLoop loop)
    {
        var done = loop.CreateFuture<string>();
        var thread = new Thread(() =>
        {
            for (var i = 0; i < 3; i++)
            {
                var n = i;
                loop.CallSoonThreadSafe(() => t.Print("from the thread", n));
            }

            loop.CallSoonThreadSafe(() => done.SetResult("set"));
        });
        loop.CallSoon(() => t.Print("soon, first"));
        thread.Start();
        thread.Join();
        loop.CallSoon(() => t.Print("soon, last"));
        t.Print(await done);
        loop.CallSoonThreadSafe(() => loop.CallSoon(() => t.Print("soon in threadsafe")));
        loop.CallSoonThreadSafe(() => t.Print("after it"));
        await Turns(3);
    }

    private async Coroutine Many()
    {
        var gate = new Lock();
        var order = new List<int>();
        int Work(int i)
        {
            lock (gate) order.Add(i);
            return i * i;
        }

        var squares = await Aio.Gather(Enumerable.Range(0, 6).Select(i => Aio.CreateTask(Aio.ToThread(() => Work(i)))));
        t.Print(squares, order.Order());
        foreach (var c in Aio.AsCompleted<string>([Aio.ToThread(static () => "only")])) t.Print(await c);
        var (opened, wait) = Gate();
        var first = Aio.CreateTask(Aio.ToThread(() => wait("first")));
        var second = Aio.CreateTask(Aio.ToThread(static () => "second"));
        var (done, pending) = await Aio.Wait([first, second], returnWhen: ReturnWhen.FirstCompleted);
        t.Print(done.Select(x => x == second), pending.Select(x => x == first));
        opened.Set();
        t.Print(await first);
    }
}
