using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.GroupEdges;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Cancellation inside clean-ups, swallowed, counted and taken back.</summary>
internal sealed partial class CancelNesting(Transcript t)
{
    private static LoopTask Me => Aio.CurrentTask!;

    [Twin("asyncio/70-py313-cancel-nesting")]
    internal static void Parts(Transcript t) => EventLoop.Run(new CancelNesting(t).All(), Virtual);

    private static async Coroutine Turns(int n)
    {
        for (var i = 0; i < n; i++) await Aio.Sleep(TimeSpan.Zero);
    }

    private async Coroutine All()
    {
        t.Print("--", "twice_in_one_turn");
        await TwiceInOneTurn();
        t.Print("--", "cancels_itself");
        await CancelsItself();
        t.Print("--", "while_awaiting_a_task");
        await WhileAwaitingATask();
        t.Print("--", "inner_swallows");
        await InnerSwallows();
        t.Print("--", "shielded");
        await Shielded();
        t.Print("--", "gathered");
        await Gathered();
        t.Print("--", "waited_for");
        await WaitedFor();
        t.Print("--", "before_it_begins");
        await BeforeItBegins();
        t.Print("--", "awaited_by_many");
        await AwaitedByMany();
    }

    private async Coroutine TwiceInOneTurn()
    {
        async Coroutine<string> Work()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError e)
            {
                t.Print("first", Args(e), Me.Cancelling);
                try
                {
                    await Aio.Sleep(TimeSpan.Zero);
                    t.Print("no second one");
                }
                catch (CancelledError second)
                {
                    t.Print("second", Args(second));
                }

                t.Print(Me.Uncancel(), Me.Uncancel(), Me.Uncancel());
                await Aio.Sleep(TimeSpan.Zero);
            }

            return "survived";
        }

        var task = Aio.CreateTask(Work());
        await Turns(1);
        t.Print(task.Cancel("a"), task.Cancel("b"), task.Cancelling);
        t.Print(await task, task.IsCancelled);
    }

    private async Coroutine CancelsItself()
    {
        async Coroutine<string> Work()
        {
            Me.Cancel("self");
            t.Print("goes on", Me.Cancelling);
            try
            {
                await Aio.Sleep(TimeSpan.Zero);
            }
            catch (CancelledError e)
            {
                t.Print(Args(e));
                Me.Uncancel();
            }

            await Aio.Sleep(TimeSpan.Zero);
            Me.Cancel("again");
            Me.Uncancel();
            try
            {
                await Turns(1);
                t.Print("taken back");
            }
            catch (CancelledError e)
            {
                t.Print("thrown all the same", Args(e));
            }

            Me.Cancel("at the end");
            return "result";
        }

        var task = Aio.CreateTask(Work());
        try
        {
            t.Print(await task);
        }
        catch (CancelledError e)
        {
            t.Print("cancelled", Args(e), task.IsCancelled);
        }
    }

    private async Coroutine WhileAwaitingATask()
    {
        async Coroutine<int> Inner()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
                return 0;
            }
            catch (CancelledError e)
            {
                t.Print("inner", Args(e));
                await Turns(2);
                t.Print("inner cleaned");
                throw new ValueError("from clean-up");
            }
        }

        async Coroutine<string> Outer()
        {
            try
            {
                await Aio.CreateTask(Inner());
                return "not reached";
            }
            catch (CancelledError e)
            {
                t.Print("outer cancelled", Args(e));
                throw;
            }
            catch (ValueError e)
            {
                t.Print("outer sees", e.Message, Me.Cancelling);
                return "ok";
            }
        }

        var task = Aio.CreateTask(Outer());
        await Turns(2);
        task.Cancel("go");
        t.Print(await task);
    }

    private async Coroutine InnerSwallows()
    {
        async Coroutine<string> Inner()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
                return "not reached";
            }
            catch (CancelledError)
            {
                return "swallowed";
            }
        }

        async Coroutine<string> Outer()
        {
            t.Print(await Aio.CreateTask(Inner()), Me.Cancelling);
            await Aio.Sleep(TimeSpan.Zero);
            return "outer goes on";
        }

        var task = Aio.CreateTask(Outer());
        await Turns(2);
        task.Cancel();
        t.Print(await task, task.IsCancelled);
    }

    private async Coroutine Shielded()
    {
        async Coroutine<string> Inner()
        {
            await Turns(4);
            t.Print("inner done");
            return "kept";
        }

        var inner = Aio.CreateTask(Inner());
        async Coroutine<string> Outer()
        {
            try
            {
                return await Aio.Shield(inner);
            }
            catch (CancelledError e)
            {
                t.Print("outer", Args(e), inner.IsDone);
                return await inner;
            }
        }

        var task = Aio.CreateTask(Outer());
        await Turns(1);
        task.Cancel("out");
        t.Print(await task);
        var failing = EventLoop.Current.CreateFuture<int>();
        var shield = Aio.Shield(failing);
        failing.Cancel("inner");
        await Turns(1);
        t.Print(shield.IsCancelled, shield.IsDone);
    }
}
