using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal static class Cancelling
{
    [Twin("asyncio/07-cancel-delivery")]
    internal static void CancelDelivery(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        async Coroutine Body(string tag)
        {
            t.Print(tag, "start");
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError e)
            {
                t.Print(tag, "got", $"({Transcript.Repr(e.CancelMessage)},)");
                throw;
            }
            finally
            {
                await Aio.Sleep(TimeSpan.Zero);
                t.Print(tag, "cleanup awaited");
            }
        }

        async Coroutine<string> Swallow()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                t.Print("swallowed");
            }

            await Aio.Sleep(TimeSpan.Zero);
            return "survived";
        }

        async Coroutine SelfCancel()
        {
            Aio.CurrentTask!.Cancel();
            t.Print("continues until next await");
            await Aio.Sleep(TimeSpan.Zero);
            t.Print("MUST NOT RUN");
        }

        async Coroutine Main()
        {
            var task = Aio.CreateTask(Body("never"));
            t.Print("cancel ->", task.Cancel());
            await Swallowed(task, () => t.Print("never started", task.IsCancelled));
            task = Aio.CreateTask(Body("run"));
            await Aio.Sleep(TimeSpan.Zero);
            task.Cancel("msg");
            t.Print("still pending", !task.IsDone, "cancelling", task.Cancelling);
            await Swallowed(task, () => t.Print("cancelled", task.IsCancelled));
            t.Print("cancel done ->", task.Cancel());
            var swallow = Aio.CreateTask(Swallow());
            await Aio.Sleep(TimeSpan.Zero);
            swallow.Cancel();
            t.Print(await swallow, swallow.IsCancelled, swallow.Cancelling, swallow.Uncancel());
            await Swallowed(Aio.CreateTask(SelfCancel()), () => t.Print("self cancelled"));
        }

        static async Coroutine Swallowed(LoopTask task, Action then)
        {
            try
            {
                await task;
            }
            catch (CancelledError)
            {
                then();
            }
        }
    }

    [Twin("asyncio/13-timeout-scope")]
    internal static void TimeoutScope(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        async Coroutine Main()
        {
            await Expiry();
            await Nesting();
            await Outsiders();
        }

        async Coroutine Expiry()
        {
            AsyncTimeout? scope = null;
            try
            {
                await Aio.Timeout(Seconds(.01), async cm =>
                {
                    scope = cm;
                    try
                    {
                        await Aio.Sleep(Seconds(10));
                    }
                    catch (CancelledError)
                    {
                        t.Print("inside: CancelledError");
                        throw;
                    }
                });
            }
            catch (TimeoutException e)
            {
                t.Print("outside: TimeoutError, cause", e.InnerException!.GetType().Name, scope!.IsExpired);
            }

            await Aio.Timeout(Seconds(1), async cm =>
            {
                scope = cm;
                t.Print("no timeout");
            });
            t.Print(scope!.IsExpired, "cancelling", Aio.CurrentTask!.Cancelling);
            await Aio.Timeout(Seconds(.01), async cm =>
            {
                cm.Reschedule(null);
                await Aio.Sleep(Seconds(.03));
                t.Print("rescheduled away");
            });
        }

        async Coroutine Nesting()
        {
            AsyncTimeout? outer = null;
            try
            {
                await Aio.Timeout(Seconds(.02), async cm =>
                {
                    outer = cm;
                    AsyncTimeout? inner = null;
                    try
                    {
                        await Aio.Timeout(Seconds(5), async cm2 =>
                        {
                            inner = cm2;
                            await Aio.Sleep(Seconds(10));
                        });
                    }
                    finally
                    {
                        t.Print("inner expired", inner!.IsExpired);
                    }
                });
            }
            catch (TimeoutException)
            {
                t.Print("outer expired", outer!.IsExpired);
            }

            try
            {
                await Aio.Timeout(Seconds(5), async _ => await Aio.Timeout(Seconds(.01), _ => Aio.Sleep(Seconds(10))));
            }
            catch (TimeoutException)
            {
                t.Print("inner only");
            }
        }

        async Coroutine Outsiders()
        {
            try
            {
                await Aio.Timeout(TimeSpan.Zero, async _ =>
                {
                    await Aio.Sleep(TimeSpan.Zero);
                    t.Print("MUST NOT RUN");
                });
            }
            catch (TimeoutException)
            {
                t.Print("zero");
            }

            try
            {
                await Aio.Timeout(Seconds(.01), async _ =>
                {
                    try
                    {
                        await Aio.Sleep(Seconds(10));
                    }
                    catch (CancelledError)
                    {
                        throw new KeyError("other");
                    }
                });
            }
            catch (KeyError)
            {
                t.Print("foreign exception passes");
            }

            var task = Aio.CreateTask(Aio.Timeout(Seconds(5), _ => Aio.Sleep(Seconds(10))));
            await Aio.Sleep(Seconds(.01));
            task.Cancel();
            try
            {
                await task;
            }
            catch (CancelledError)
            {
                t.Print("external cancel is not a timeout");
            }
            catch (TimeoutException)
            {
                t.Print("WRONG");
            }
        }
    }
}
