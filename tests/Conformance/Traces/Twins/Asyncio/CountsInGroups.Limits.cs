using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class CountsInGroups
{
    private Coroutine InnerAndOuter() => TaskGroup.Run(async g =>
    {
        _ = g.CreateTask(Child("outer child", 2, new KeyError("outer")));
        await TaskGroup.Run(async h =>
        {
            _ = h.CreateTask(Child("inner child", 2, new ValueError("inner")));
            _ = h.CreateTask(Child("inner sibling"));
            await Nothing();
        });
    });

    private async Coroutine AddedWhileLeaving()
    {
        await TaskGroup.Run(async g =>
        {
            async Coroutine Adds(int n)
            {
                await Turns(1);
                if (n == 0) return;
                t.Print("adds", n);
                _ = g.CreateTask(Adds(n - 1));
            }

            _ = g.CreateTask(Adds(3));
            await Nothing();
        });
        t.Print("left");
    }

    private Coroutine LimitInChild() => TaskGroup.Run(async g =>
    {
        foreach (var n in new[] { 2, 1 }) _ = g.CreateTask(Aio.Timeout(Seconds(.01 * n), _ => Aio.Sleep(Seconds(1))));
        _ = g.CreateTask(Child("c", 1));
        await Nothing();
    });

    private async Coroutine<string> LimitTakesBack()
    {
        try
        {
            await Aio.Timeout(Seconds(.01), limit => TaskGroup.Run(async g =>
            {
                _ = g.CreateTask(Child("a", last: new ValueError("late")));
                await Aio.Sleep(Seconds(1));
            }));
        }
        catch (AggregateException e)
        {
            t.Print(Show(e), Me.Cancelling);
        }

        return Me.Cancelling.ToString();
    }

    private async Coroutine LimitAndOutside()
    {
        async Coroutine Inside()
        {
            AsyncTimeout scope = null!;
            try
            {
                await Aio.Timeout(Seconds(.01), s =>
                {
                    scope = s;
                    return Aio.Sleep(Seconds(1));
                });
            }
            finally
            {
                t.Print("expired", scope.IsExpired, Me.Cancelling);
            }
        }

        var task = Aio.CreateTask(Value(Inside()));
        await Turns(1);
        var late = task;
        Loop.CallLater(Seconds(.02), () => late.Cancel("late"));
        await Tell("in time", task);
        task = Aio.CreateTask(Value(Inside()));
        await Turns(1);
        Loop.CallAt(Loop.Time + Seconds(.005), () => task.Cancel("early"));
        await Tell("before", task);
    }

    private async Coroutine LimitsWithoutWaits()
    {
        AsyncTimeout scope = null!;
        foreach (var when in new TimeSpan?[] { TimeSpan.Zero, Seconds(-1), null })
        {
            try
            {
                await Aio.Timeout(when, async s =>
                {
                    scope = s;
                    await Nothing();
                });
                t.Print(when?.TotalSeconds, scope.IsExpired);
            }
            catch (TimeoutException)
            {
                t.Print(when?.TotalSeconds, "timeout");
            }
        }

        await Aio.Timeout(null, async s =>
        {
            scope = s;
            t.Print(s.When);
            s.Reschedule(Loop.Time + Seconds(5));
            s.Reschedule(null);
            t.Print(s.When, s.IsExpired);
            await Nothing();
        });
        Expect<InvalidOperationException>(() => scope.Reschedule(Seconds(1)), _ => t.Print("too late"));
        try
        {
            await Aio.Timeout(TimeSpan.Zero, async _ =>
            {
                t.Print("in");
                await Turns(1);
                t.Print("one");
                await Turns(1);
                t.Print("two");
            });
        }
        catch (TimeoutException e)
        {
            t.Print("timeout", e.InnerException!.GetType().Name, Me.Cancelling);
        }
    }

    private async Coroutine Uncounted()
    {
        async Coroutine<string> Work()
        {
            t.Print(Me.Uncancel(), Me.Cancelling);
            Me.Cancel();
            Me.Cancel();
            Me.Uncancel();
            Me.Uncancel();
            try
            {
                await Turns(1);
                t.Print("not cancelled");
            }
            catch (CancelledError)
            {
                t.Print("cancelled", Me.Cancelling);
            }

            return "end";
        }

        var task = Aio.CreateTask(Work());
        await Tell("work", task);
        t.Print(task.Cancel(), task.Cancelling, task.Uncancel());
    }
}
