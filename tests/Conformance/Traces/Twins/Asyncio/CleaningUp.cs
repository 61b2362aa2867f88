using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Cancellation that comes while the last one is dealt with.</summary>
internal static class CleaningUp
{
    private static LoopTask Me => Aio.CurrentTask!;

    [Twin("asyncio/62-cancel-while-cleaning-up")]
    internal static void Parts(Transcript t) => EventLoop.Run(All(t), Virtual);

    private static async Coroutine All(Transcript t)
    {
        await Part(t, "in_finally", InFinally);
        await Part(t, "swallowed_twice", Swallowed);
        await Part(t, "another_error", AnotherError);
        await Part(t, "uncancelled", Uncancelled);
        await Part(t, "shielded_cleanup", ShieldedCleanup);
        await Part(t, "cancel_and_finish", CancelAndFinish);
        await Part(t, "cancel_done_future", CancelDoneFuture);
        await Part(t, "awaits_cancelled_task", AwaitsCancelledTask);
        await Part(t, "chain", Chain);
    }

    private static async Coroutine Part(Transcript t, string name, Func<Transcript, Coroutine> part)
    {
        t.Print("--", name);
        await part(t);
    }

    private static async Coroutine Outcome(Transcript t, LoopTask<object?> task)
    {
        try
        {
            t.Print("result", await task);
        }
        catch (CancelledError e)
        {
            t.Print("cancelled", GroupEdges.Args(e), task.IsCancelled, task.Cancelling);
        }
        catch (KeyError e)
        {
            t.Print("failed", $"KeyError({e.Message})", task.Cancelling);
        }
    }

    private static async Coroutine InFinally(Transcript t)
    {
        var task = Aio.CreateTask(Work());
        await CancelRaces.Turns(1);
        task.Cancel("one");
        await CancelRaces.Turns(1);
        task.Cancel("two");
        await Outcome(t, task);

        async Coroutine<object?> Work()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            finally
            {
                t.Print("cleaning");
                try
                {
                    await Aio.Sleep(Seconds(10));
                }
                finally
                {
                    t.Print("cleaning the cleaning");
                    await CancelRaces.Turns(2);
                    t.Print("clean");
                }
            }

            return null;
        }
    }

    private static async Coroutine Swallowed(Transcript t)
    {
        var task = Aio.CreateTask(Work());
        await CancelRaces.Turns(1);
        for (var i = 0; i < 3; i++)
        {
            t.Print(task.Cancel($"{i}"));
            await CancelRaces.Turns(1);
        }

        await Outcome(t, task);
        t.Print(task.Cancelling);

        async Coroutine<object?> Work()
        {
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    await Aio.Sleep(Seconds(10));
                }
                catch (CancelledError e)
                {
                    t.Print("swallowed", i, GroupEdges.Args(e), Me.Cancelling);
                }
            }

            return "survived";
        }
    }

    private static async Coroutine AnotherError(Transcript t)
    {
        var task = Aio.CreateTask(Work());
        await CancelRaces.Turns(1);
        task.Cancel();
        await Outcome(t, task);

        static async Coroutine<object?> Work()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                throw new KeyError("cleanup");
            }

            return null;
        }
    }

    private static async Coroutine Uncancelled(Transcript t)
    {
        var task = Aio.CreateTask(Work());
        await CancelRaces.Turns(1);
        task.Cancel();
        await Outcome(t, task);

        async Coroutine<object?> Work()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                t.Print("requests", Me.Cancelling, "left", Me.Uncancel(), Me.Uncancel());
            }

            await Aio.Yield();
            return Me.Cancelling;
        }
    }

    private static async Coroutine ShieldedCleanup(Transcript t)
    {
        var task = Aio.CreateTask(Work());
        await CancelRaces.Turns(1);
        task.Cancel("first");
        await CancelRaces.Turns(1);
        task.Cancel("second");
        await Outcome(t, task);

        async Coroutine<string> Save()
        {
            await CancelRaces.Turns(3);
            t.Print("saved");
            return "saved";
        }

        async Coroutine<object?> Work()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            finally
            {
                var saving = Aio.CreateTask(Save());
                try
                {
                    await Aio.Shield(saving);
                }
                catch (CancelledError e)
                {
                    t.Print("cancelled again", GroupEdges.Args(e), saving.IsDone);
                    t.Print(await saving);
                    throw;
                }
            }

            return null;
        }
    }

    private static async Coroutine CancelAndFinish(Transcript t)
    {
        await Outcome(t, Aio.CreateTask(Work()));

        async Coroutine<object?> Work()
        {
            Me.Cancel("myself");
            t.Print("goes on to its next await");
            try
            {
                await Aio.Sleep(TimeSpan.Zero);
            }
            catch (CancelledError e)
            {
                t.Print("there", GroupEdges.Args(e));
            }

            try
            {
                await Aio.Sleep(TimeSpan.Zero);
            }
            catch (CancelledError)
            {
                t.Print("not again");
            }

            return "end";
        }
    }

    private static async Coroutine CancelDoneFuture(Transcript t)
    {
        var future = EventLoop.Current.CreateFuture<string>();
        var task = Aio.CreateTask(Work());
        await CancelRaces.Turns(1);
        future.SetResult("result");
        task.Cancel("late");
        await Outcome(t, task);
        var failing = EventLoop.Current.CreateFuture<string>();
        task = Aio.CreateTask(Other());
        await CancelRaces.Turns(1);
        failing.SetException(new ValueError("x"));
        task.Cancel("late");
        await Outcome(t, task);
        t.Print(failing.Exception!.GetType().Name);

        async Coroutine<object?> Work()
        {
            try
            {
                return await future;
            }
            catch (CancelledError e)
            {
                t.Print("instead of the result", GroupEdges.Args(e));
                throw;
            }
        }

        async Coroutine<object?> Other()
        {
            try
            {
                return await failing;
            }
            catch (ValueError)
            {
                t.Print("not seen");
                return null;
            }
        }
    }

    private static async Coroutine AwaitsCancelledTask(Transcript t)
    {
        var it = Aio.CreateTask(Inner());
        var task = Aio.CreateTask(Work(it));
        await CancelRaces.Turns(2);
        it.Cancel("inner only");
        await Outcome(t, task);
        it = Aio.CreateTask(Inner());
        var (first, second) = (Aio.CreateTask(Work(it)), Aio.CreateTask(Work(it)));
        await CancelRaces.Turns(2);
        first.Cancel("through");
        await Outcome(t, first);
        await Outcome(t, second);

        static async Coroutine Inner() => await Aio.Sleep(Seconds(10));

        async Coroutine<object?> Work(LoopTask inner)
        {
            try
            {
                await inner;
                return null;
            }
            catch (CancelledError e)
            {
                t.Print("inner was cancelled, not I", GroupEdges.Args(e), Me.Cancelling);
                return "fine";
            }
        }
    }

    private static async Coroutine Chain(Transcript t)
    {
        var task = Aio.CreateTask(Level(3));
        await CancelRaces.Turns(1);
        task.Cancel();
        await Outcome(t, task);

        async Coroutine<object?> Level(int n)
        {
            try
            {
                if (n == 0) await Aio.Sleep(Seconds(10));
                else await Level(n - 1);
            }
            finally
            {
                t.Print("leaves", n);
            }

            return null;
        }
    }
}
