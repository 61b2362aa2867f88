using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal static class Scheduling
{
    [Twin("asyncio/01-call-soon-fifo")]
    internal static void CallSoonFifo(Transcript t)
    {
        var loop = new EventLoop(Virtual);
        loop.CallSoon(() => t.Print("a"));
        loop.CallSoon(() =>
        {
            t.Print("b");
            loop.CallSoon(() => t.Print("b.1"));
        });
        var handle = loop.CallSoon(() => t.Print("cancelled MUST NOT RUN"));
        handle.Cancel();
        loop.CallSoon(() =>
        {
            t.Print("c");
            loop.CallSoon(() => t.Print("c.1"));
            loop.CallLater(TimeSpan.Zero, () => t.Print("c.2 later 0"));
        });
        loop.CallSoon(() => t.Print("d"));
        loop.CallLater(Ms(20), loop.Stop);
        loop.RunForever();
        loop.Dispose();
        t.Print("closed", loop.IsClosed);
    }

    [Twin("asyncio/02-call-later-order")]
    internal static void CallLaterOrder(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        async Coroutine Main()
        {
            var loop = EventLoop.Current;
            var time = loop.Time;
            foreach (var delay in new[] { 0.03, 0.01, 0.02 }) loop.CallAt(time + Seconds(delay), () => t.Print("at", delay));
            loop.CallAt(time + Seconds(0.015), () => t.Print("MUST NOT RUN")).Cancel();
            loop.CallLater(Seconds(-1), () => t.Print("negative runs next iteration"));
            loop.CallSoon(() => t.Print("soon 1"));
            // Everything is to be overdue.
            Spin(Ms(50));
            loop.CallSoon(() => t.Print("soon 2"));
            await Aio.Sleep(Ms(20));
            t.Print("main done");
        }
    }

    [Twin("asyncio/03-task-interleaving")]
    internal static void TaskInterleaving(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        async Coroutine<int> Inner(int n)
        {
            t.Print("inner", n);
            return n;
        }

        async Coroutine<string> Worker(string name)
        {
            for (var i = 0; i < 3; i++)
            {
                t.Print(name, i);
                await Aio.Sleep(TimeSpan.Zero);
            }

            return name;
        }

        async Coroutine Main()
        {
            var a = Aio.CreateTask(Worker("A"));
            var b = Aio.CreateTask(Worker("B"));
            t.Print("created");
            t.Print("direct", await Inner(1));
            t.Print("no switch yet");
            await Aio.Sleep(TimeSpan.Zero);
            t.Print("main after one turn");
            t.Print(await a, await b);
        }
    }
}
