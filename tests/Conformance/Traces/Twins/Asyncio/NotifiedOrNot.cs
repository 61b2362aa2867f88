using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Who is woken when time limits, cancellations and late comers meet in one turn.</summary>
internal sealed partial class NotifiedOrNot(Transcript t)
{
    [Twin("asyncio/88-py313-notified-or-not")]
    internal static void Parts(Transcript t) => EventLoop.Run(new NotifiedOrNot(t).All(), Virtual);

    private static string Name(Exception e) => e switch
    {
        TimeoutException => "TimeoutError",
        BrokenBarrierException => "BrokenBarrierError",
        ArgumentException => "ValueError",
        _ => "RuntimeError",
    };

    private static async Coroutine<object?> Value(Coroutine c)
    {
        await c;
        return null;
    }

    private static async Coroutine<object?> Value<T>(Coroutine<T> c) => await c;

    private LoopTask Start(string name, Coroutine<object?> c) => Aio.CreateTask(Tell(name, c));

    private Coroutine Tell(string name, Coroutine c) => Tell(name, Value(c));

    private async Coroutine Tell(string name, Coroutine<object?> c)
    {
        try
        {
            t.Print(name, "gives", await c);
        }
        catch (CancelledError)
        {
            t.Print(name, "cancelled");
        }
        catch (Exception e)
        {
            t.Print(name, Name(e));
        }
    }

    /// <summary>What Python refuses with a ValueError where a count is exceeded is an invalid operation here.</summary>
    private void Refused(Action call, string error = "RuntimeError")
    {
        Assert.IsAssignableFrom<SystemException>(Record.Exception(call));
        t.Print(error);
    }

    private async Coroutine All()
    {
        t.Print("--", "condition_without_its_lock");
        await ConditionWithoutItsLock();
        t.Print("--", "condition_in_limits");
        await ConditionInLimits();
        t.Print("--", "condition_cancelled_twice");
        await ConditionCancelledTwice();
        t.Print("--", "one_lock_for_two");
        await OneLockForTwo();
        t.Print("--", "events");
        await Events();
        t.Print("--", "semaphores");
        await Semaphores();
        t.Print("--", "barriers");
        await Barriers();
        t.Print("--", "queues");
        await Queues();
    }

    private async Coroutine ConditionWithoutItsLock()
    {
        var c = new AsyncCondition();
        Refused(() => c.Notify());
        Refused(c.NotifyAll);
        Refused(c.Release);
        await Tell("wait", c.Wait());
        await Tell("wait for", c.WaitFor(() => false));
        await c.WaitFor(() => true);
        t.Print("true at once", "gives", "yes");
    }

    private async Coroutine ConditionInLimits()
    {
        var c = new AsyncCondition();
        async Coroutine Waits(string name, double limit)
        {
            using (await c.Acquire())
            {
                try
                {
                    await Aio.Timeout(Seconds(limit), async _ => await c.Wait());
                    t.Print(name, "notified");
                }
                catch (TimeoutException)
                {
                    t.Print(name, "late", c.IsLocked);
                }
            }
        }

        var (a, b) = (Aio.CreateTask(Waits("a", .01)), Aio.CreateTask(Waits("b", .5)));
        await Turns(2);
        using (await c.Acquire())
        {
            await Aio.Sleep(Seconds(.05));
            t.Print("a cannot go", a.IsDone);
            c.Notify();
            t.Print("releases");
        }

        await a;
        t.Print("b", b.IsDone);
        using (await c.Acquire()) c.NotifyAll();
        await b;
    }

    private async Coroutine ConditionCancelledTwice()
    {
        var c = new AsyncCondition();
        async Coroutine Waits(string name)
        {
            using (await c.Acquire())
            {
                try
                {
                    await c.Wait();
                    t.Print(name, "notified");
                }
                finally
                {
                    t.Print(name, "holds", c.IsLocked);
                }
            }
        }

        var (a, b) = (Start("a", Value(Waits("a"))), Start("b", Value(Waits("b"))));
        await Turns(2);
        using (await c.Acquire())
        {
            a.Cancel("one");
            await Turns(2);
            a.Cancel("two");
            await Turns(2);
            c.Notify(1);
            b.Cancel("late");
            await Turns(2);
            t.Print("still held");
        }

        await Aio.Wait([a, b]);
        t.Print(c.IsLocked);
    }

    private async Coroutine OneLockForTwo()
    {
        var mutex = new AsyncLock();
        var (full, empty) = (new AsyncCondition(mutex), new AsyncCondition(mutex));
        var item = new Stack<int>();
        async Coroutine Produce()
        {
            for (var i = 0; i < 4; i++)
            {
                using (await empty.Acquire())
                {
                    await empty.WaitFor(() => item.Count == 0);
                    item.Push(i);
                    t.Print("made", i);
                    full.Notify();
                }
            }
        }

        async Coroutine Consume(string name, int n)
        {
            for (var i = 0; i < n; i++)
            {
                using (await full.Acquire())
                {
                    await full.WaitFor(() => item.Count > 0);
                    t.Print(name, "took", item.Pop());
                    empty.Notify();
                }
            }
        }

        await Aio.Gather(Consume("x", 2), Produce(), Consume("y", 2));
    }
}
