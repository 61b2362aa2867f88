using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>Executors, contexts, eager tasks, async iterators and their closing, and what AsCompleted and Wait give.</summary>
internal sealed partial class EagerAndContexts(Transcript t)
{
    private static readonly AsyncLocal<string?> Variable = new();

    private static string Value => Variable.Value ?? "none";

    [Twin("asyncio/74-py313-eager-and-contexts")]
    internal static void Parts(Transcript t) => EventLoop.Run(new EagerAndContexts(t).All(), Virtual);

    private static async Coroutine Turns(int n)
    {
        for (var i = 0; i < n; i++) await Aio.Sleep(TimeSpan.Zero);
    }

    private async Coroutine All()
    {
        var loop = EventLoop.Current;
        t.Print("--", "contexts");
        await Contexts(loop);
        t.Print("--", "executors");
        await Executors(loop);
        t.Print("--", "generators");
        await Generators();
        t.Print("--", "completions");
        await Completions();
        t.Print("--", "eager");
        loop.EagerTasks = true;
        await Eager();
        loop.EagerTasks = false;
    }

    private async Coroutine Contexts(EventLoop loop)
    {
        Variable.Value = "main";
        var context = LoopContext.Copy();
        Variable.Value = "main 2";
        async Coroutine Child(string name)
        {
            t.Print(name, Value);
            Variable.Value = name;
            await Turns(1);
            t.Print(name, "still", Value);
        }

        await Aio.CreateTask(Child("copy"));
        await Aio.CreateTask(Child("given"), context: context);
        t.Print(context.Get(Variable), Value);
        loop.CallSoon(() => context.Run(() => t.Print("soon", Value)));
        var f = loop.CreateFuture<int>();
        f.AddDoneCallback(_ => context.Run(() => t.Print("done", Value)));
        f.SetResult(1);
        await Turns(2);
        await TaskGroup.Run(async tg =>
        {
            _ = tg.CreateTask(Child("grouped"));
            _ = tg.CreateTask(Child("given again"), context: context);
        });
        t.Print(Value, context.Get(Variable));
        await Aio.Timeout(Seconds(1), async _ => Variable.Value = "in timeout");
        await Child("awaited");
        t.Print(Value);
        t.Print(await Aio.ToThread(() => Value), await loop.RunInExecutor(() => 5));
    }

    private async Coroutine Executors(EventLoop loop)
    {
        var order = new List<int>();
        async Coroutine Work(int n) => order.Add(await Aio.ToThread(() => n * 2));
        await Aio.Gather(Work(0), Work(1), Work(2));
        t.Print(order.Order());
        try
        {
            await Aio.ToThread(() => throw new KeyError("in a thread"));
        }
        catch (KeyError e)
        {
            t.Print("error", e.Message);
        }

        var f = loop.RunInExecutor(() => "result");
        f.AddDoneCallback(_ => t.Print("callback", f.Result));
        t.Print(await f);
        var safe = loop.CreateFuture<string>();
        loop.CallSoonThreadSafe(() => safe.SetResult("threadsafe"));
        loop.CallSoon(() => t.Print("soon"));
        t.Print(await safe);
    }

    private async IAsyncEnumerable<int> Numbers(string name, int n)
    {
        try
        {
            for (var i = 0; i < n; i++)
            {
                await Turns(1);
                yield return i;
            }
        }
        finally
        {
            await Turns(1);
            t.Print(name, "finally");
        }
    }

    private async IAsyncEnumerable<int> Hangs()
    {
        try
        {
            yield return 0;
            await Aio.Sleep(Seconds(10));
            yield return 1;
        }
        finally
        {
            t.Print("hangs no more");
        }
    }

    private async Coroutine Generators()
    {
        await foreach (var i in Numbers("whole", 2)) t.Print(i);
        await foreach (var i in Numbers("left", 5))
            if (i == 1) break;
        t.Print("after close");
        async Coroutine<List<int>> Reader(string name)
        {
            var all = new List<int>();
            await foreach (var i in Numbers(name, 2)) all.Add(i);
            return all;
        }

        t.Print((IEnumerable<object>)await Aio.Gather(Reader("a"), Reader("b")));
        async Coroutine Cancelled()
        {
            await foreach (var i in Hangs()) t.Print("c", i);
        }

        var task = Aio.CreateTask(Cancelled());
        await Turns(10);
        task.Cancel();
        await Aio.Wait([task]);
        t.Print(task.IsCancelled);
    }
}
