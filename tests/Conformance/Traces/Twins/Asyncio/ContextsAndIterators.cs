using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Async-local values in callbacks and tasks, and what closing an async iterator runs.</summary>
internal static class ContextsAndIterators
{
    private static readonly AsyncLocal<string?> Var = new();

    [Twin("asyncio/64-py313-contexts-and-iterators")]
    internal static void Parts(Transcript t) => EventLoop.Run(All(t), new EventLoopOptions { HandleInterrupt = false });

    private static async Coroutine All(Transcript t)
    {
        var loop = EventLoop.Current;
        t.Print("--", "callbacks");
        await Callbacks(t, loop);
        t.Print("--", "nested");
        await Nested(t, loop);
        t.Print("--", "reset");
        var before = Var.Value;
        Var.Value = "for a while";
        await CancelRaces.Turns(1);
        t.Print(Var.Value);
        Var.Value = before;
        t.Print(Var.Value != "for a while");
        t.Print("--", "closing");
        await Closing(t);
        t.Print("--", "cancelled");
        await Cancelled(t);
    }

    private static async Coroutine Callbacks(Transcript t, EventLoop loop)
    {
        Var.Value = "a";
        var future = loop.CreateFuture<bool>();
        future.AddDoneCallback(_ => t.Print("callback of a sees", Var.Value));
        Var.Value = "b";
        future.AddDoneCallback(_ =>
        {
            t.Print("callback of b sees", Var.Value);
            Var.Value = "changed";
        });
        loop.CallSoon(() =>
        {
            t.Print("soon sees", Var.Value);
            Var.Value = "lost";
        });
        loop.CallLater(Ms(10), () => t.Print("later sees", Var.Value));
        Var.Value = "c";
        future.SetResult(true);
        await future;
        t.Print("main sees", Var.Value);
        await Aio.Sleep(Ms(20));
    }

    private static async Coroutine Nested(Transcript t, EventLoop loop)
    {
        Var.Value = "outer";
        t.Print(await Leaf("direct"), Var.Value);
        t.Print(await Aio.CreateTask(Leaf("task")), Var.Value);
        t.Print(await Aio.Gather(Leaf("g1"), Leaf("g2")), Var.Value);
        t.Print(await Aio.WaitFor(Leaf("limit"), Seconds(1)), Var.Value is "limit" or "direct");
        t.Print(await Aio.ToThread(() => Var.Value), await loop.RunInExecutor(() => "ran"));
        var context = LoopContext.Copy();
        t.Print(await Aio.CreateTask(Leaf("shared"), context: context), context.Get(Var), Var.Value != "shared");

        static async Coroutine<string?> Leaf(string value)
        {
            Var.Value = value;
            await Aio.Sleep(TimeSpan.Zero);
            return Var.Value;
        }
    }

    private static async Coroutine Closing(Transcript t)
    {
        await foreach (var i in Numbers("whole"))
            if (i == 3) t.Print("three");
        // By hand: C#'s own loop would close the iterator where it is left.
        var it = Numbers("broken").GetAsyncEnumerator();
        while (await it.MoveNextAsync())
            if (it.Current == 1) break;
        t.Print("after break");
        await it.DisposeAsync();
        await Numbers("never begun").GetAsyncEnumerator().DisposeAsync();
        t.Print("nothing ran");
        it = Numbers("failing body").GetAsyncEnumerator();
        try
        {
            while (await it.MoveNextAsync()) throw new KeyError(it.Current);
        }
        catch (KeyError e)
        {
            t.Print("error", e.Message);
        }
        finally
        {
            await it.DisposeAsync();
        }

        async IAsyncEnumerable<int> Numbers(string name)
        {
            try
            {
                for (var i = 0; i < 5; i++)
                {
                    yield return i;
                    await Aio.Sleep(TimeSpan.Zero);
                }
            }
            finally
            {
                t.Print(name, "closes");
                await Aio.Sleep(TimeSpan.Zero);
                t.Print(name, "closed");
            }
        }
    }

    private static async Coroutine Cancelled(Transcript t)
    {
        var task = Aio.CreateTask(Reader());
        await CancelRaces.Turns(2);
        task.Cancel();
        await Aio.Wait([task]);
        t.Print(task.IsCancelled);

        async Coroutine Reader()
        {
            var it = Forever().GetAsyncEnumerator();
            try
            {
                while (await it.MoveNextAsync()) t.Print("read", it.Current);
            }
            finally
            {
                await it.DisposeAsync();
                t.Print("reader ends");
            }
        }

        async IAsyncEnumerable<string> Forever()
        {
            try
            {
                while (true)
                {
                    yield return "item";
                    await Aio.Sleep(Seconds(10));
                }
            }
            finally
            {
                t.Print("iterator closes");
            }
        }
    }
}
