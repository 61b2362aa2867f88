using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal static class Running
{
    [Twin("asyncio/23-runner")]
    internal static void Runners(Transcript t)
    {
        t.Print(EventLoop.Run(Main(), Virtual));
        Expect<EventLoopException>(() => _ = EventLoop.Current, e => t.Print(e.Message));
        // What is no coroutine does not compile here; its default comes nearest.
        Expect<ArgumentException>(() => EventLoop.Run(default(Coroutine), Virtual), _ => t.Print("ValueError"));
        Expect<KeyError>(() => EventLoop.Run(Fails(), Virtual), e => t.Print($"KeyError({e.Message})"));
        var coroutine = Fails();
        Expect<KeyError>(() => EventLoop.Run(coroutine, Virtual), _ => { });
        Expect<InvalidOperationException>(() => EventLoop.Run(coroutine, Virtual), e => t.Print(e.Message));
        var loop = new EventLoop(Virtual);
        loop.Dispose();
        Expect<EventLoopException>(() => loop.CallSoon(() => { }), e => t.Print(e.Message));
        using var runner = new Runner(Virtual);
        t.Print(runner.Run(Aio.Sleep(TimeSpan.Zero, "first")), runner.Run(Aio.Sleep(TimeSpan.Zero, "second")));

        async Coroutine Left()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                t.Print("leftover cancelled");
                await Aio.Sleep(TimeSpan.Zero);
                t.Print("leftover cleaned");
            }
        }

        async IAsyncEnumerable<int> Generator()
        {
            try
            {
                yield return 1;
                yield return 2;
            }
            finally
            {
                t.Print("agen closed");
            }
        }

        async Coroutine<string> Main()
        {
            var generator = EventLoop.Current.Watch(Generator().GetAsyncEnumerator());
            await generator.MoveNextAsync();
            t.Print(generator.Current);
            for (var i = 0; i < 2; i++) _ = Aio.CreateTask(Left());
            await Aio.Sleep(TimeSpan.Zero);
            var c = Aio.Sleep(TimeSpan.Zero);
            Expect<EventLoopException>(() => EventLoop.Run(c), e => t.Print(e.Message));
            c.Close();
            Expect<EventLoopException>(EventLoop.Current.RunForever, e => t.Print(e.Message));
            return "result";
        }

        static async Coroutine Fails() => throw new KeyError("main failed");
    }

    [Twin("asyncio/27-async-generator-and-context-manager")]
    internal static void GeneratorsAndResources(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        async IAsyncEnumerable<int> Ticker(int n)
        {
            try
            {
                for (var i = 0; i < n; i++)
                {
                    await Aio.Sleep(TimeSpan.Zero);
                    yield return i;
                }
            }
            finally
            {
                t.Print("ticker finalised");
            }
        }

        async Coroutine Main()
        {
            var all = new List<int>();
            await foreach (var x in Ticker(3)) all.Add(x);
            t.Print(all);
            await foreach (var x in Ticker(5))
                if (x == 1) break;
            await using (await Resource.Enter(t, 0))
            await using (await Resource.Enter(t, 1))
                t.Print("body");
            var task = Aio.CreateTask(Hold());
            await Aio.Sleep(Seconds(.01));
            task.Cancel();
            try
            {
                await task;
            }
            catch (CancelledError)
            {
                t.Print("exit ran on cancel");
            }
        }

        async Coroutine Hold()
        {
            await using (await Resource.Enter(t, "c")) await Aio.Sleep(Seconds(10));
        }
    }

    [Twin("asyncio/40-py313-eager-tasks")]
    internal static void EagerTasks(Transcript t)
    {
        EventLoop.Run(Main(), Virtual);

        async Coroutine<int> Done()
        {
            t.Print("ran inside create_task");
            return 1;
        }

        async Coroutine<int> Two()
        {
            t.Print("first half");
            await Aio.Sleep(TimeSpan.Zero);
            t.Print("second half");
            return 2;
        }

        static async Coroutine Bad() => throw new ValueError("eager");

        async Coroutine Main()
        {
            EventLoop.Current.EagerTasks = true;
            var task = Aio.CreateTask(Done());
            t.Print("done at once", task.IsDone, task.Result);
            task = Aio.CreateTask(Two());
            t.Print("pending", task.IsDone);
            t.Print(await task);
            var bad = Aio.CreateTask(Bad());
            t.Print("failed at once", ((ValueError)bad.Exception!).Repr);
            t.Print((object)await Aio.Gather(Done(), Two()));
            t.Print(Aio.CreateTask(Who(), "inner").Result, Aio.CurrentTask!.Name != "inner");
            await TaskGroup.Run(async group => t.Print("in group", group.CreateTask(Done()).IsDone));
        }

        static async Coroutine<string> Who() => Aio.CurrentTask!.Name;
    }

    private sealed class Resource(Transcript t, object n) : IAsyncDisposable
    {
        internal static async Coroutine<Resource> Enter(Transcript t, object n)
        {
            t.Print("enter", n);
            await Aio.Sleep(TimeSpan.Zero);
            return new Resource(t, n);
        }

        public async ValueTask DisposeAsync()
        {
            await Aio.Sleep(TimeSpan.Zero);
            t.Print("exit", n);
        }
    }
}
