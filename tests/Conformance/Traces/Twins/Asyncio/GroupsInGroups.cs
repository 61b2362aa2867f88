using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Task groups within task groups, timeouts and each other's failures.</summary>
internal sealed partial class GroupsInGroups(Transcript t)
{
    [Twin("asyncio/71-py313-groups-in-groups")]
    internal static void Parts(Transcript t) => EventLoop.Run(new GroupsInGroups(t).All(), Virtual);

    private static async Coroutine Turns(int n)
    {
        for (var i = 0; i < n; i++) await Aio.Sleep(TimeSpan.Zero);
    }

    private static string Tell(Exception e) => e switch
    {
        AggregateException group => "[" + string.Join(", ", group.InnerExceptions.Select(Tell)) + "]",
        TimeoutException => "TimeoutError:",
        InvalidOperationException => "RuntimeError:" + e.Message,
        _ => e.GetType().Name + ":" + e.Message,
    };

    private async Coroutine Fail(string name, int n = 0)
    {
        await Turns(n);
        t.Print(name, "fails");
        throw new ValueError(name);
    }

    private async Coroutine Wait(string name, Exception? error = null)
    {
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        catch (CancelledError)
        {
            t.Print(name, "cancelled");
            if (error is not null) throw error;
            throw;
        }
    }

    private async Coroutine Scenario(string name, Func<Coroutine> body)
    {
        t.Print("--", name);
        try
        {
            await body();
            t.Print("no error");
        }
        catch (Exception e)
        {
            t.Print(Tell(e));
        }

        t.Print(Aio.CurrentTask!.Cancelling);
    }

    private async Coroutine All()
    {
        await Scenario("three_deep", ThreeDeep);
        await Scenario("body_raises_while_children_fail", () => TaskGroup.Run(async tg =>
        {
            _ = tg.CreateTask(Fail("one"));
            _ = tg.CreateTask(Wait("two", new KeyError("two")));
            _ = tg.CreateTask(Fail("three", 1));
            await Turns(1);
            throw new InvalidOperationException("body");
        }));
        await Scenario("body_error_equals_cancel", () => TaskGroup.Run(async tg =>
        {
            _ = tg.CreateTask(Fail("child"));
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                throw new InvalidOperationException("replaced");
            }
        }));
        await Scenario("inner_error_is_handled", InnerErrorIsHandled);
        await Scenario("child_cancelled_error", ChildCancelledError);
        await Scenario("timeout_in_group", () => TaskGroup.Run(async tg =>
        {
            _ = tg.CreateTask(Wait("sibling"));
            await Aio.Timeout(Seconds(.01), async _ => await Aio.Sleep(Seconds(1)));
        }));
        await Scenario("group_in_timeout_with_failure", () => Aio.Timeout(Seconds(10), async scope =>
        {
            await TaskGroup.Run(async tg =>
            {
                _ = tg.CreateTask(Fail("child", 1));
                await Aio.Sleep(Seconds(1));
            });
            t.Print(scope.IsExpired);
        }));
        await Scenario("timeout_while_children_clean_up", () => Aio.Timeout(Seconds(.02), scope => TaskGroup.Run(async tg =>
        {
            _ = tg.CreateTask(Slow("s"));
            await Turns(1);
            throw new InvalidOperationException("body");
        })));
        await More();
    }

    private Coroutine ThreeDeep() => TaskGroup.Run(async a =>
    {
        _ = a.CreateTask(Wait("a1"));
        _ = a.CreateTask(TaskGroup.Run(async b =>
        {
            _ = b.CreateTask(Wait("b1", new KeyError("b1 cleanup")));
            _ = b.CreateTask(TaskGroup.Run(async c =>
            {
                _ = c.CreateTask(Wait("c1"));
                _ = c.CreateTask(Fail("c2", 2));
            }));
        }));
    });

    private async Coroutine Slow(string name)
    {
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        finally
        {
            t.Print(name, "cleans");
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                t.Print(name, "cleaning cancelled");
                throw;
            }
        }
    }

    private Coroutine InnerErrorIsHandled() => TaskGroup.Run(async outer =>
    {
        _ = outer.CreateTask(Turns(3));
        try
        {
            await TaskGroup.Run(async inner => _ = inner.CreateTask(Fail("inner")));
        }
        catch (AggregateException e)
        {
            t.Print("handled", Tell(e));
        }

        await Turns(1);
        t.Print("outer goes on");
    });

    private async Coroutine ChildCancelledError()
    {
        LoopTask? child = null;
        await TaskGroup.Run(async tg =>
        {
            async Coroutine Child()
            {
                await Turns(0);
                throw new CancelledError("own");
            }

            child = tg.CreateTask(Child());
            _ = tg.CreateTask(Turns(2));
        });
        t.Print(child!.IsCancelled);
    }
}
