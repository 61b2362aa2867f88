using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal static class Waiting
{
    [Twin("asyncio/05-gather")]
    internal static void Gather(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        async Coroutine<T> Job<T>(T n, double delay, bool fail = false)
            where T : notnull
        {
            await Aio.Sleep(Seconds(delay));
            t.Print("job", n, "finished");
            return fail ? throw new ValueError(n) : n;
        }

        async Coroutine Main()
        {
            t.Print((object)await Aio.Gather(Job(1, .03), Job(2, .01), Job(3, .02)));
            try
            {
                await Aio.Gather(Job("a", .01, true), Job("b", .03), Job("c", .02, true));
            }
            catch (ValueError e)
            {
                t.Print("first error", e.Message);
            }

            await Aio.Sleep(Seconds(.05));
            t.Print("siblings were not cancelled");
            var outcomes = await Aio.GatherOutcomes(Job("x", .01, true), Job("y", .02));
            t.Print($"[{string.Join(", ", outcomes.Select(o => (o.Error as ValueError)?.Repr ?? Transcript.Repr(o.Value)))}]");
            t.Print((object)await Aio.Gather<int>(Array.Empty<IFuture<int>>()));
            var c = Aio.CreateTask(Job("dup", .01));
            t.Print((object)await Aio.Gather(c, c));
        }
    }

    [Twin("asyncio/09-wait")]
    internal static void Wait(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        async Coroutine<string> Job(string n, double delay, bool fail)
        {
            await Aio.Sleep(Seconds(delay));
            return fail ? throw new ValueError(n) : n;
        }

        LoopTask Start(string n, double delay, bool fail = false) => Aio.CreateTask(Job(n, delay, fail), n);

        static string[] Names(IEnumerable<LoopTask> tasks) => [.. tasks.Select(task => task.Name).Order()];

        async Coroutine Main()
        {
            LoopTask[] tasks = [Start("a", .01), Start("b", .04), Start("c", .5)];
            var (done, pending) = await Aio.Wait(tasks, returnWhen: ReturnWhen.FirstCompleted);
            t.Print(Names(done), Names(pending));
            (done, pending) = await Aio.Wait(tasks, timeout: Seconds(.15));
            t.Print(Names(done), Names(pending));
            (done, pending) = await Aio.Wait(tasks);
            t.Print(Names(done), Names(pending));
            tasks = [Start("x", .01), Start("y", .03, true), Start("z", 1)];
            (done, pending) = await Aio.Wait(tasks, returnWhen: ReturnWhen.FirstException);
            t.Print(Names(done), Names(pending));
            foreach (var task in pending) task.Cancel();
            var (cancelled, _) = await Aio.Wait(pending);
            t.Print(Names(cancelled), cancelled.Select(task => task.IsCancelled));
            foreach (var task in done) _ = task.Exception;
            try
            {
                await Aio.Wait(Array.Empty<LoopTask>());
            }
            catch (ArgumentException e)
            {
                t.Print("ValueError", e.Message);
            }
        }
    }

    [Twin("asyncio/10-as-completed")]
    internal static void AsCompleted(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        static async Coroutine<string> Job(string n, double delay)
        {
            await Aio.Sleep(Seconds(delay));
            return n;
        }

        async Coroutine Main()
        {
            foreach (var next in Aio.AsCompleted([Job("slow", .06), Job("fast", .01), Job("mid", .03)])) t.Print(await next);
            try
            {
                foreach (var next in Aio.AsCompleted([Job("ok", .01), Job("late", 3)], Seconds(.3))) t.Print(await next);
            }
            catch (TimeoutException)
            {
                t.Print("TimeoutError");
            }
        }
    }

    [Twin("asyncio/11-wait-for")]
    internal static void WaitFor(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        async Coroutine Slow()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                t.Print("inner cancelled");
                await Aio.Sleep(Seconds(.01));
                t.Print("inner cleanup done");
                throw;
            }
        }

        async Coroutine Stubborn()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                throw new KeyError("instead");
            }
        }

        async Coroutine Main()
        {
            t.Print(await Aio.WaitFor(Aio.Sleep(Seconds(.01), "ok"), Seconds(1)));
            try
            {
                await Aio.WaitFor(Slow(), Seconds(.01));
            }
            catch (TimeoutException)
            {
                t.Print("TimeoutError");
            }

            try
            {
                await Aio.WaitFor(Stubborn(), Seconds(.01));
            }
            catch (KeyError e)
            {
                t.Print("KeyError", e.Message);
            }

            t.Print(await Aio.WaitFor(Aio.Sleep(Seconds(.01), "none"), null));
            await Futures();
            var task = Aio.CreateTask(Aio.WaitFor(Slow(), Seconds(5)));
            await Aio.Sleep(Seconds(.01));
            task.Cancel();
            try
            {
                await task;
            }
            catch (CancelledError)
            {
                t.Print("outer cancelled");
            }
        }

        async Coroutine Futures()
        {
            var future = EventLoop.Current.CreateFuture<string>();
            future.SetResult("ready");
            t.Print(await Aio.WaitFor(future, TimeSpan.Zero));
            future = EventLoop.Current.CreateFuture<string>();
            try
            {
                await Aio.WaitFor(future, TimeSpan.Zero);
            }
            catch (TimeoutException)
            {
                t.Print("TimeoutError", future.IsCancelled);
            }
        }
    }
}
