using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.CancelRaces;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.GroupEdges;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Time limits, cancellation counts and gathers among each other.</summary>
internal sealed partial class LimitsAndCounts(Transcript t)
{
    [Twin("asyncio/83-py313-limits-and-counts")]
    internal static void Parts(Transcript t) => EventLoop.Run(new LimitsAndCounts(t).All(), Virtual);

    private static LoopTask Me => Aio.CurrentTask!;

    private static EventLoop Loop => EventLoop.Current;

    private static async Coroutine<object?> Value(Coroutine c)
    {
        await c;
        return null;
    }

    private static async Coroutine<object?> Value<T>(IFuture<T> future)
    {
        await Aio.Wait([future.AsFuture()]);
        return future.Result;
    }

    private static async Coroutine<object?> Value<T>(Coroutine<T> c) => await c;

    private Coroutine Tell(string name, Coroutine c) => Tell(name, Value(c));

    private Coroutine Tell<T>(string name, Coroutine<T> c) => TellValue(name, Value(c));

    private async Coroutine TellValue(string name, Coroutine<object?> c)
    {
        try
        {
            t.Print(name, await c);
        }
        catch (CancelledError e)
        {
            t.Print(name, "cancelled", Args(e));
        }
        catch (TimeoutException)
        {
            t.Print(name, "TimeoutError", "()");
        }
        catch (ValueError e)
        {
            t.Print(name, "ValueError", $"('{e.Message}',)");
        }
    }

    private async Coroutine<string> Slow(string name, double seconds = 10, string? result = null)
    {
        try
        {
            await Aio.Sleep(Seconds(seconds));
            return result ?? name;
        }
        catch (CancelledError e)
        {
            t.Print(name, "cancelled", Args(e));
            throw;
        }
    }

    private async Coroutine All()
    {
        t.Print("--", "moved_by_others");
        await MovedByOthers();
        t.Print("--", "same_deadline");
        await SameDeadline();
        t.Print("--", "taken_back");
        await TakenBack();
        t.Print("--", "gathered");
        await Gathered();
        await GatheredMore();
        t.Print("--", "shielded");
        await Shielded();
        t.Print("--", "waited");
        await Waited();
        await WaitedForMany();
        t.Print("--", "callbacks");
        await Callbacks();
    }

    private async Coroutine MovedByOthers()
    {
        await Tell("moved", Aio.Timeout(Seconds(.2), async scope =>
        {
            var when = Loop.Time + Seconds(.5);
            Loop.CallLater(Seconds(.1), () => scope.Reschedule(when));
            Loop.CallLater(Seconds(.3), () => t.Print("still there"));
            try
            {
                await Aio.Sleep(Seconds(1));
            }
            finally
            {
                t.Print("expired", scope.IsExpired);
            }
        }));
        await Tell("earlier", Aio.Timeout(Seconds(10), async scope =>
        {
            var when = Loop.Time - Seconds(1);
            Loop.CallSoon(() => scope.Reschedule(when));
            await Turns(1);
            t.Print("one turn");
            await Turns(1);
            t.Print("two turns");
            await Turns(1);
            t.Print("never");
        }));
        AsyncTimeout lifted = null!;
        await Aio.Timeout(TimeSpan.Zero, async scope =>
        {
            lifted = scope;
            scope.Reschedule(null);
            await Turns(3);
            t.Print("lifted", scope.When);
        });
        t.Print("lifted", lifted.IsExpired);
        await Tell("in cleanup", Aio.Timeout(Seconds(.1), async scope =>
        {
            try
            {
                await Aio.Sleep(Seconds(1));
            }
            catch (CancelledError)
            {
                try
                {
                    scope.Reschedule(Loop.Time + Seconds(1));
                }
                catch (InvalidOperationException)
                {
                    t.Print("too late");
                }

                throw;
            }
        }));
    }

    private async Coroutine SameDeadline()
    {
        var when = Loop.Time + Seconds(.1);
        await Tell("same", Aio.TimeoutAt(when, async outer =>
        {
            AsyncTimeout its = null!;
            try
            {
                await Aio.TimeoutAt(when, async inner =>
                {
                    its = inner;
                    await Aio.Sleep(Seconds(1));
                });
            }
            catch (TimeoutException)
            {
                t.Print("inner", its.IsExpired, outer.IsExpired, Me.Cancelling);
                await Turns(1);
                t.Print("goes on");
            }
        }));
        await Tell("three", Three());
    }

    private async Coroutine Three()
    {
        try
        {
            await Aio.Timeout(Seconds(.3), async _ =>
            {
                try
                {
                    await Aio.Timeout(Seconds(.2), _ => Aio.Timeout(Seconds(.1), async _ =>
                    {
                        try
                        {
                            await Aio.Sleep(Seconds(1));
                        }
                        catch (CancelledError)
                        {
                            await Aio.Sleep(Seconds(.5));
                        }
                    }));
                }
                catch (TimeoutException)
                {
                    t.Print("the middle one", Me.Cancelling);
                    throw;
                }
            });
        }
        catch (TimeoutException)
        {
            t.Print("outer", Me.Cancelling);
        }
    }

    private async Coroutine TakenBack()
    {
        async Coroutine Work()
        {
            Me.Cancel("one");
            Me.Cancel("two");
            t.Print(Me.Uncancel(), Me.Cancelling);
            try
            {
                await Turns(1);
            }
            catch (CancelledError e)
            {
                t.Print(Args(e), Me.Uncancel());
            }

            await Aio.Timeout(Seconds(.1), _ => Aio.Sleep(Seconds(1)));
        }

        await TellValue("taken back", Value(Aio.CreateTask(Value(Work()))));
        await TellValue("foreign", Value(Aio.CreateTask(ForeignRequest())));
        await TellValue("group", Value(Aio.CreateTask(GroupTakesBack())));
    }

    private async Coroutine<string?> ForeignRequest()
    {
        try
        {
            await Aio.Timeout(Seconds(.1), async _ =>
            {
                try
                {
                    await Aio.Sleep(Seconds(1));
                }
                catch (CancelledError)
                {
                    Me.Cancel("mine too");
                    throw;
                }
            });
        }
        catch (TimeoutException)
        {
            t.Print("timeout");
        }
        catch (CancelledError e)
        {
            t.Print("cancelled", Args(e), Me.Cancelling);
            Me.Uncancel();
            return "kept";
        }

        return null;
    }

    private async Coroutine<string> GroupTakesBack()
    {
        try
        {
            await TaskGroup.Run(async tg =>
            {
                _ = tg.CreateTask(Slow("a"));
                Me.Cancel("outside");
                t.Print("asked", Me.Cancelling);
            });
        }
        catch (CancelledError e)
        {
            t.Print("group", Args(e), Me.Cancelling, Me.Uncancel());
        }

        await Turns(2);
        return "after";
    }
}
