using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal static class TimeoutEdges
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static LoopTask Me => Aio.CurrentTask!;

    [Twin("asyncio/54-timeout-edges")]
    internal static void Edges(Transcript t) => EventLoop.Run(Scenarios(t), Virtual);

    private static async Coroutine Scenarios(Transcript t)
    {
        await Scenario(t, "inner_first", () => InnerFirst(t));
        await Scenario(t, "outer_first", () => OuterFirst(t));
        await Scenario(t, "both_at_once", () => BothAtOnce(t));
        await Scenario(t, "slow_cleanup", () => SlowCleanup(t));
        await Scenario(t, "own_error", OwnError);
        await Scenario(t, "swallowed", () => Swallowed(t));
        await Scenario(t, "moved", () => Moved(t));
        await Scenario(t, "past_without_await", () => Past(t));
        await Scenario(t, "past_with_await", () => Aio.Timeout(-Second, async _ =>
        {
            t.Print("runs");
            await Aio.Yield();
            t.Print("first turn");
            await Aio.Yield();
            t.Print("second turn");
            await Aio.Yield();
        }));
        await Scenario(t, "cancelled_from_outside", () => CancelledFromOutside(t));
        await Scenario(t, "cancelled_and_expired", () => CancelledAndExpired(t));
        await Scenario(t, "used_after", () => UsedAfter(t));
        await Scenario(t, "group_in_timeout", () => Aio.Timeout(Ms(10), unused => TaskGroup.Run(async tg =>
        {
            _ = tg.CreateTask(Child(t));
            _ = tg.CreateTask(Child(t));
        })));
    }

    private static async Coroutine Scenario(Transcript t, string title, Func<Coroutine> body)
    {
        t.Print("--", title);
        try
        {
            await body();
            t.Print("no error");
        }
        catch (TimeoutException e)
        {
            t.Print("timeout, cause is a cancellation:", e.InnerException is CancelledError);
        }
        catch (CancelledError e)
        {
            t.Print("cancelled", GroupEdges.Args(e));
        }
        catch (ValueError e)
        {
            t.Print("ValueError", e.Message);
        }

        t.Print("cancelling", Me.Cancelling);
    }

    private static async Coroutine Child(Transcript t)
    {
        try
        {
            await Aio.Sleep(Second);
        }
        catch (CancelledError)
        {
            t.Print("child cancelled");
            throw;
        }
    }

    private static Coroutine InnerFirst(Transcript t) => Aio.Timeout(Ms(50), async outer =>
    {
        AsyncTimeout? inner = null;
        try
        {
            await Aio.Timeout(Ms(10), async scope =>
            {
                inner = scope;
                await Aio.Sleep(Second);
            });
        }
        catch (TimeoutException)
        {
            t.Print("inner", inner!.IsExpired, "outer", outer.IsExpired);
        }

        await Aio.Yield();
    });

    private static Coroutine OuterFirst(Transcript t) => Aio.Timeout(Ms(10), async outer =>
    {
        AsyncTimeout? inner = null;
        try
        {
            await Aio.Timeout(Ms(50), async scope =>
            {
                inner = scope;
                await Aio.Sleep(Second);
            });
        }
        finally
        {
            t.Print("inner", inner!.IsExpired, "outer", outer.IsExpired);
        }
    });

    private static Coroutine BothAtOnce(Transcript t) => Aio.Timeout(Ms(10), async outer =>
    {
        AsyncTimeout? inner = null;
        try
        {
            await Aio.Timeout(Ms(20), async scope =>
            {
                inner = scope;
                try
                {
                    await Aio.Sleep(Second);
                }
                finally
                {
                    t.Print("cleaning", Me.Cancelling);
                    await CleanUp(t, "clean-up cancelled");
                }
            });
        }
        catch (TimeoutException)
        {
            t.Print("inner timeout");
            throw;
        }
        finally
        {
            t.Print("inner", inner!.IsExpired, "outer", outer.IsExpired);
        }
    });

    private static async Coroutine CleanUp(Transcript t, string word)
    {
        try
        {
            await Aio.Sleep(Ms(50));
        }
        catch (CancelledError)
        {
            t.Print(word, Me.Cancelling);
            throw;
        }
    }

    private static Coroutine SlowCleanup(Transcript t) => Aio.Timeout(Ms(10), async scope =>
    {
        try
        {
            await Aio.Sleep(Second);
        }
        finally
        {
            t.Print("expired in clean-up", scope.IsExpired);
            await Aio.Sleep(Ms(50));
            t.Print("cleaned up");
        }
    });

    private static Coroutine OwnError() => Aio.Timeout(Ms(10), async _ =>
    {
        try
        {
            await Aio.Sleep(Second);
        }
        catch (CancelledError)
        {
            throw new ValueError("instead");
        }
    });

    private static async Coroutine Swallowed(Transcript t)
    {
        AsyncTimeout? kept = null;
        await Aio.Timeout(Ms(10), async scope =>
        {
            kept = scope;
            try
            {
                await Aio.Sleep(Second);
            }
            catch (CancelledError)
            {
                t.Print("swallowed");
            }
        });
        t.Print("expired", kept!.IsExpired);
    }

    private static Coroutine Moved(Transcript t) => Aio.Timeout(Ms(10), async scope =>
    {
        scope.Reschedule(EventLoop.Current.Time + Ms(100));
        await Aio.Sleep(Ms(30));
        t.Print("later");
        scope.Reschedule(null);
        t.Print(scope.When);
        await Aio.Sleep(Ms(150));
        t.Print("never");
        scope.Reschedule(EventLoop.Current.Time + Ms(10));
        await Aio.Sleep(Second);
    });

    private static async Coroutine Past(Transcript t)
    {
        AsyncTimeout? kept = null;
        await Aio.Timeout(-Second, async scope =>
        {
            kept = scope;
            t.Print("runs");
        });
        t.Print("expired", kept!.IsExpired);
    }

    private static async Coroutine CancelledFromOutside(Transcript t)
    {
        var task = Aio.CreateTask(Inside());
        await Aio.Sleep(Ms(10));
        task.Cancel("mine");
        await task;

        async Coroutine Inside()
        {
            AsyncTimeout? kept = null;
            try
            {
                await Aio.Timeout(Ms(50), async scope =>
                {
                    kept = scope;
                    await Aio.Sleep(Second);
                });
            }
            finally
            {
                t.Print("expired", kept!.IsExpired, Me.Cancelling);
            }
        }
    }

    private static async Coroutine CancelledAndExpired(Transcript t)
    {
        var task = Aio.CreateTask(Aio.Timeout(Ms(20), async _ =>
        {
            try
            {
                await Aio.Sleep(Second);
            }
            finally
            {
                await CleanUp(t, "second");
            }
        }));
        await Aio.Sleep(Ms(10));
        task.Cancel("mine");
        await task;
    }

    private static async Coroutine UsedAfter(Transcript t)
    {
        AsyncTimeout? kept = null;
        await Aio.Timeout(Second, async scope => kept = scope);
        Assert.Throws<EventLoopException>(() => kept!.Reschedule(Second));
        t.Print("refused");
    }
}
