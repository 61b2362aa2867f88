using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal static class Threads
{
    [Twin("asyncio/20-threadsafe-and-executor")]
    internal static void ThreadSafeAndExecutor(Transcript t)
    {
        var variable = new AsyncLocal<string?>();
        EventLoop.Run(Main());

        async Coroutine Main()
        {
            var loop = EventLoop.Current;
            var me = Environment.CurrentManagedThreadId;
            var got = new List<string>();
            var done = new AsyncEvent();
            new Thread(Other).Start();
            await Aio.WaitFor(done.Wait(), Patience.OfAWait);
            t.Print($"[{string.Join(", ", got)}]");
            variable.Value = "mine";
            var (elsewhere, seen) = await Aio.ToThread(() => (Environment.CurrentManagedThreadId != me, variable.Value));
            t.Print("to_thread", $"({Transcript.Repr(elsewhere)}, {Transcript.Repr(seen)})");
            t.Print("run_in_executor context", await loop.RunInExecutor(() => variable.Value ?? "unset"));
            t.Print("back on loop thread", Environment.CurrentManagedThreadId == me);
            var zero = 0;
            try
            {
                await Aio.ToThread(() => 1 / zero);
            }
            catch (DivideByZeroException)
            {
                t.Print("exception crosses back");
            }

            var order = new List<int>();
            using var spun = new ManualResetEventSlim();
            var task = Aio.CreateTask(Turns());
            await Aio.ToThread(() => Assert.True(spun.Wait(Patience.OfAWait)));
            t.Print("loop ran meanwhile", order);
            t.Print("run_coroutine_threadsafe", await Aio.ToThread(() => loop.RunCoroutineThreadSafe(Co).GetAwaiter().GetResult()));
            t.Print("ok");

            void Other()
            {
                for (var i = 0; i < 3; i++)
                {
                    var n = i;
                    loop.CallSoonThreadSafe(() => got.Add($"({n}, {Transcript.Repr(Environment.CurrentManagedThreadId == me)})"));
                }

                loop.CallSoonThreadSafe(done.Set);
            }

            async Coroutine Turns()
            {
                for (var i = 0; i < 3; i++)
                {
                    order.Add(i);
                    await Aio.Sleep(Seconds(.01));
                }

                spun.Set();
            }

            async Coroutine<bool> Co() => Environment.CurrentManagedThreadId == me;
        }
    }

    [Twin("asyncio/21-contextvars")]
    internal static void ContextVariables(Transcript t)
    {
        var v = new AsyncLocal<int>();
        EventLoop.Run(Main(), Virtual);

        async Coroutine Child(int n)
        {
            t.Print("child", n, "sees", v.Value);
            v.Value = n;
            await Aio.Sleep(TimeSpan.Zero);
            t.Print("child", n, "keeps", v.Value);
        }

        async Coroutine Main()
        {
            v.Value = 1;
            var first = Aio.CreateTask(Child(10));
            v.Value = 2;
            var second = Aio.CreateTask(Child(20));
            EventLoop.Current.CallSoon(() => t.Print("call_soon sees", v.Value));
            v.Value = 3;
            EventLoop.Current.CallLater(Seconds(.01), () => t.Print("call_later sees", v.Value));
            v.Value = 4;
            await Aio.Gather(first, second);
            t.Print("main", v.Value);
            await Child(30);
            t.Print("direct await shares the context", v.Value);
            var context = LoopContext.Copy();
            await Aio.CreateTask(Child(40), context: context);
            t.Print("explicit", context.Get(v), v.Value);
            await Aio.Sleep(Seconds(.02));
        }
    }
}
