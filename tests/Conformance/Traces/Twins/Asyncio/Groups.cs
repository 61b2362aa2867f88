using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal static class Groups
{
    [Twin("asyncio/14-taskgroup")]
    internal static void TaskGroups(Transcript t)
    {
        var seen = new List<string>();
        EventLoop.Run(Main(), Virtual);

        async Coroutine<string> Ok(string n, double delay)
        {
            await Aio.Sleep(Seconds(delay));
            t.Print("ok", n);
            return n;
        }

        async Coroutine Bad(int n, double delay)
        {
            await Aio.Sleep(Seconds(delay));
            t.Print("bad", n);
            throw new ValueError(n);
        }

        async Coroutine Victim(object n, bool replace = false)
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                seen.Add(n.ToString()!);
                if (replace) throw new KeyError(n);
                throw;
            }
        }

        async Coroutine Main()
        {
            LoopTask<string>? a = null, b = null;
            await TaskGroup.Run(async group =>
            {
                a = group.CreateTask(Ok("a", .02));
                b = group.CreateTask(Ok("b", .01));
                t.Print("body done");
            });
            t.Print("group done", a!.Result, b!.Result);
            await Failing();
            try
            {
                await TaskGroup.Run(async group =>
                {
                    _ = group.CreateTask(Victim("by body"));
                    await Aio.Sleep(TimeSpan.Zero);
                    throw new InvalidOperationException("body");
                });
            }
            catch (AggregateException e)
            {
                t.Print("ExceptionGroup", $"[\"RuntimeError({Transcript.Repr(e.InnerExceptions.Single().Message)})\"]");
            }

            LoopTask? alone = null;
            await TaskGroup.Run(async group =>
            {
                alone = group.CreateTask(Victim("alone"));
                await Aio.Sleep(TimeSpan.Zero);
                alone.Cancel();
            });
            t.Print("cancelled so far", seen.Order(StringComparer.Ordinal));
            t.Print("child cancel is not an error", alone!.IsCancelled);
        }

        async Coroutine Failing()
        {
            try
            {
                await TaskGroup.Run(async group =>
                {
                    _ = group.CreateTask(Victim(1));
                    _ = group.CreateTask(Victim(2, true));
                    _ = group.CreateTask(Bad(3, .01));
                    try
                    {
                        await Aio.Sleep(Seconds(10));
                    }
                    catch (CancelledError)
                    {
                        t.Print("body cancelled");
                        throw;
                    }
                });
            }
            catch (AggregateException group)
            {
                t.Print("ValueErrors", group.InnerExceptions.OfType<ValueError>().Select(e => e.Message));
                t.Print("KeyErrors", group.InnerExceptions.OfType<KeyError>().Select(e => int.Parse(e.Message)));
            }

            t.Print("cancelled siblings", seen.Order(StringComparer.Ordinal), "cancelling", Aio.CurrentTask!.Cancelling);
        }
    }

    [Twin("asyncio/29-producer-consumer-pipeline")]
    internal static void Pipeline(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        async Coroutine Main()
        {
            var queue = new AsyncQueue<int?>(1);
            await TaskGroup.Run(async group =>
            {
                _ = group.CreateTask(Produce());
                _ = group.CreateTask(Consume());
            });

            async Coroutine Produce()
            {
                for (var i = 0; i < 3; i++)
                {
                    t.Print("make", i);
                    await queue.Put(i);
                }

                await queue.Put(null);
            }

            async Coroutine Consume()
            {
                while (await queue.Get() is { } item) t.Print("use", item);
            }
        }
    }
}
