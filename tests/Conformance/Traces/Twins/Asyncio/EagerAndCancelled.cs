using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.GroupEdges;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Eager tasks that are cancelled, fail and wait for each other.</summary>
internal sealed partial class EagerAndCancelled(Transcript t)
{
    private static readonly AsyncLocal<string?> Variable = new();

    [Twin("asyncio/77-py313-eager-and-cancelled")]
    internal static void Parts(Transcript t) => EventLoop.Run(new EagerAndCancelled(t).All(), Virtual);

    private static string Value => Variable.Value ?? "none";

    private static LoopTask? Me => Aio.CurrentTask;

    private static async Coroutine<string?> Quick(string? value) => value;

    private static async Coroutine<string?> Fails(string name) => throw new ValueError(name);

    private static async Coroutine<string?> Waits(int n)
    {
        await Turns(n);
        return null;
    }

    private async Coroutine<string?> Slow(string name)
    {
        t.Print(name, "begins");
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        catch (CancelledError e)
        {
            t.Print(name, "cancelled", Args(e), Me!.Cancelling);
            throw;
        }

        return null;
    }

    private async Coroutine All()
    {
        var loop = EventLoop.Current;
        loop.EagerTasks = true;
        t.Print("--", "parent_cancelled_before");
        await ParentCancelledBefore();
        t.Print("--", "cancels_its_parent");
        await CancelsItsParent();
        t.Print("--", "in_groups");
        await InGroups();
        t.Print("--", "in_limits");
        await InLimits();
        t.Print("--", "gathered");
        await Gathered(loop);
        t.Print("--", "outside_of_tasks");
        await OutsideOfTasks(loop);
        t.Print("--", "contexts");
        await Contexts();
        t.Print("--", "cancelled_at_once");
        await CancelledAtOnce();
        t.Print("--", "awaiting");
        await Awaiting(loop);
    }

    private async Coroutine ParentCancelledBefore()
    {
        async Coroutine Parent()
        {
            Me!.Cancel("first");
            var child = Aio.CreateTask(Slow("child"));
            t.Print("child", child.IsDone, child.Cancelling);
            try
            {
                await child;
            }
            catch (CancelledError e)
            {
                t.Print("parent", Args(e), child.IsCancelled, Me.Cancelling);
                throw;
            }
        }

        var parent = Aio.CreateTask(Parent());
        t.Print(parent.IsDone, parent.Cancelling);
        await Aio.Wait([parent]);
        t.Print(parent.IsCancelled);
    }

    private async Coroutine CancelsItsParent()
    {
        async Coroutine Parent()
        {
            var parent = Me!;
            async Coroutine Child()
            {
                t.Print("cancels", parent.Cancel("by the child"));
                await Turns(1);
                t.Print("child ends");
            }

            var child = Aio.CreateTask(Child());
            t.Print("still here", Me!.Cancelling);
            try
            {
                await Turns(3);
            }
            catch (CancelledError e)
            {
                t.Print("parent", Args(e), child.IsDone);
                await child;
            }
        }

        await Aio.CreateTask(Parent());
    }

    private async Coroutine InGroups()
    {
        try
        {
            await TaskGroup.Run(Failing);
        }
        catch (AggregateException e)
        {
            t.Print(e.InnerExceptions.Select(static x => x.Message));
        }

        await TaskGroup.Run(async tg =>
        {
            async Coroutine SlowTurn(string name)
            {
                t.Print(name, "begins");
                await Turns(1);
                t.Print(name, "ends");
            }

            async Coroutine Nested()
            {
                _ = tg.CreateTask(SlowTurn("inner"));
                t.Print(tg.CreateTask(Quick("1")).IsDone);
            }

            t.Print(tg.CreateTask(Nested()).IsDone);
            t.Print("body ends");
        });
        t.Print("left");
    }

    private async Coroutine Failing(TaskGroup tg)
    {
        t.Print("a", tg.CreateTask(Quick("a")).IsDone);
        _ = tg.CreateTask(Slow("b"));
        t.Print("bad", tg.CreateTask(Fails("c")).IsDone);
        var late = Quick("late");
        try
        {
            _ = tg.CreateTask(late);
            t.Print("taken");
        }
        catch (InvalidOperationException)
        {
            t.Print("refused");
            late.Close();
        }

        await Turns(1);
        t.Print("never");
    }

    private async Coroutine InLimits()
    {
        var limited = Aio.CreateTask(Aio.Timeout(Seconds(.01), _ => Slow("limited")));
        t.Print("limited", limited.IsDone);
        try
        {
            await limited;
        }
        catch (TimeoutException)
        {
            t.Print("timed out", limited.Cancelling);
        }

        t.Print(await Aio.WaitFor(Quick("at once"), TimeSpan.Zero));
        t.Print(await Aio.WaitFor(Quick("in time"), Seconds(1)));
        foreach (var (name, limit) in new[] { ("late", .01), ("no time", 0) })
        {
            try
            {
                await Aio.WaitFor(Slow(name), Seconds(limit));
            }
            catch (TimeoutException)
            {
                t.Print(name, "timed out");
            }
        }

        await Aio.Timeout(Seconds(-1), async _ => t.Print(Aio.CreateTask(Quick("in the past")).IsDone));
        t.Print("not expired by it");
    }

    private async Coroutine OutsideOfTasks(EventLoop loop)
    {
        async Coroutine Shows()
        {
            t.Print("shows", Me is not null);
            await Turns(1);
            t.Print("shows again", Me is not null);
        }

        loop.CallSoon(() =>
        {
            t.Print("in a task", Me is not null);
            var task = Aio.CreateTask(Shows());
            t.Print("in a task again", Me is not null, task.IsDone);
            var quick = Aio.CreateTask(Quick("2"));
            quick.AddDoneCallback(_ => t.Print("callback", quick.Result, Me is not null));
            t.Print("callback ends");
        });
        await Turns(4);
    }
}
