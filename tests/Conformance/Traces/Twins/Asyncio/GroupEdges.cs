using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal static class GroupEdges
{
    [Twin("asyncio/53-py313-group-edges")]
    internal static void Edges(Transcript t) => EventLoop.Run(Scenarios(t), Virtual);

    internal static string Args(CancelledError e) => e.CancelMessage is { } message ? $"('{message}',)" : "()";

    private static async Coroutine Scenarios(Transcript t)
    {
        await Scenario(t, "body_and_child", () => TaskGroup.Run(async tg =>
        {
            _ = tg.CreateTask(CleanupFails(t, "child"));
            _ = tg.CreateTask(Sleeper(t, "sibling"));
            await Aio.Yield();
            throw new Odd("body");
        }));
        await Scenario(t, "child_while_body_waits", () => ChildWhileBodyWaits(t));
        await Scenario(t, "body_swallows", () => BodySwallows(t));
        await Scenario(t, "two_in_one_turn", () => TaskGroup.Run(async tg =>
        {
            _ = tg.CreateTask(Fails(t, "first", 2));
            _ = tg.CreateTask(Fails(t, "second", 2));
            _ = tg.CreateTask(Fails(t, "third", 3));
        }));
        await Scenario(t, "not_started", () => TaskGroup.Run(async tg =>
        {
            _ = tg.CreateTask(Sleeper(t, "never seen"));
            throw new Odd("at once");
        }));
        await Scenario(t, "child_cancels_itself", () => TaskGroup.Run(async tg =>
        {
            var victim = tg.CreateTask(Sleeper(t, "victim"));
            _ = tg.CreateTask(Sleeper(t, "witness", .01));
            await Aio.Yield();
            victim.Cancel("go");
        }));
        await Scenario(t, "nested", () => TaskGroup.Run(async outer =>
        {
            _ = outer.CreateTask(CleanupFails(t, "outer child"));
            await TaskGroup.Run(async inner =>
            {
                _ = inner.CreateTask(Fails(t, "inner child", 1));
                await Aio.Yield();
                await Aio.Sleep(Seconds(10));
            });
        }));
        await Scenario(t, "spawned_by_child", () => SpawnedByChild(t));
        await Scenario(t, "spawned_while_aborting", () => SpawnedWhileAborting(t));
        await Scenario(t, "cancelled_outside", () => CancelledOutside(t));
        await Scenario(t, "cancelled_outside_quiet", () => CancelledOutsideQuiet(t));
    }

    private static async Coroutine Sleeper(Transcript t, string name, double seconds = 10)
    {
        try
        {
            t.Print(name, "starts");
            await Aio.Sleep(Seconds(seconds));
            t.Print(name, "ends");
        }
        catch (CancelledError e)
        {
            t.Print(name, "cancelled", Args(e));
            throw;
        }
    }

    private static async Coroutine Fails(Transcript t, string name, int turns)
    {
        for (var i = 0; i < turns; i++) await Aio.Yield();
        t.Print(name, "fails");
        throw new Odd(name);
    }

    private static async Coroutine CleanupFails(Transcript t, string name)
    {
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        finally
        {
            await Aio.Yield();
            t.Print(name, "cleaned up");
            throw new Odd(name);
        }
    }

    private static object[] Names(AggregateException group) =>
        [.. group.InnerExceptions.Select(e => e is AggregateException inner ? (object)Names(inner) : e.Message)];

    private static async Coroutine Scenario(Transcript t, string title, Func<Coroutine> body)
    {
        t.Print("--", title);
        try
        {
            await body();
            t.Print("no error");
        }
        catch (AggregateException e)
        {
            t.Print("group", Names(e));
        }
        catch (CancelledError)
        {
            t.Print("cancelled");
        }

        t.Print("cancelling", Aio.CurrentTask!.Cancelling);
    }

    private static Coroutine ChildWhileBodyWaits(Transcript t) => TaskGroup.Run(async tg =>
    {
        _ = tg.CreateTask(Fails(t, "child", 1));
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        catch (CancelledError)
        {
            t.Print("body cancelled", Aio.CurrentTask!.Cancelling);
            throw;
        }
    });

    private static Coroutine BodySwallows(Transcript t) => TaskGroup.Run(async tg =>
    {
        _ = tg.CreateTask(Fails(t, "child", 1));
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        catch (CancelledError)
        {
            t.Print("swallowed");
        }

        await Aio.Sleep(Seconds(.01));
        t.Print("body goes on");
    });

    private static async Coroutine SpawnedByChild(Transcript t)
    {
        TaskGroup? kept = null;
        await TaskGroup.Run(async tg =>
        {
            kept = tg;
            _ = tg.CreateTask(Child());

            async Coroutine Child()
            {
                _ = tg.CreateTask(Sleeper(t, "grandchild", .01));
                t.Print("child ends");
            }
        });
        t.Print("group left");
        Assert.Throws<EventLoopException>(() => kept!.CreateTask(Sleeper(t, "late")));
        t.Print("finished group refuses");
    }

    private static Coroutine SpawnedWhileAborting(Transcript t) => TaskGroup.Run(async tg =>
    {
        _ = tg.CreateTask(Stubborn());
        await Aio.Yield();
        throw new Odd("body");

        async Coroutine Stubborn()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            finally
            {
                Assert.Throws<EventLoopException>(() => tg.CreateTask(Sleeper(t, "late")));
                t.Print("aborting group refuses");
            }
        }
    });

    private static async Coroutine CancelledOutside(Transcript t)
    {
        var task = Aio.CreateTask(TaskGroup.Run(async tg =>
        {
            _ = tg.CreateTask(Sleeper(t, "one"));
            _ = tg.CreateTask(CleanupFails(t, "two"));
        }));
        await Aio.Sleep(Seconds(.01));
        task.Cancel("outside");
        try
        {
            await task;
        }
        finally
        {
            t.Print("request count", task.Cancelling);
        }
    }

    private static async Coroutine CancelledOutsideQuiet(Transcript t)
    {
        var task = Aio.CreateTask(TaskGroup.Run(async tg => _ = tg.CreateTask(Sleeper(t, "one"))));
        await Aio.Sleep(Seconds(.01));
        task.Cancel("outside");
        task.Cancel("again");
        try
        {
            await task;
        }
        catch (CancelledError)
        {
            t.Print("request count", task.Cancelling, task.IsCancelled);
            throw;
        }
    }

    private sealed class Odd(string name) : Exception(name);
}
