using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.GroupEdges;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>What the exception handler is told; callbacks of futures; loops that are stopped and run again.</summary>
internal sealed class HandlersAndLoops(Transcript t)
{
    [Twin("asyncio/73-py313-handlers-and-loops")]
    internal static void Parts(Transcript t)
    {
        var parts = new HandlersAndLoops(t);
        EventLoop.Run(parts.All(), Virtual);
        parts.Loops();
    }

    private static async Coroutine Turns(int n)
    {
        for (var i = 0; i < n; i++) await Aio.Sleep(TimeSpan.Zero);
    }

    private static void Fails(string text) => throw new ValueError(text);

    private void Handler(EventLoop loop, LoopExceptionContext context) =>
        t.Print("handler:", context.Message[..21], "|", context.Exception is ValueError error ? $"ValueError('{error.Message}')" : "None");

    private async Coroutine All()
    {
        var loop = EventLoop.Current;
        loop.SetExceptionHandler(Handler);
        t.Print("--", "callbacks");
        await Callbacks(loop);
        t.Print("--", "soon");
        await Soon(loop);
        t.Print("--", "timers");
        await Timers(loop);
        t.Print("--", "results");
        Results(loop);
        t.Print("--", "handler_fails");
        loop.SetExceptionHandler((_, _) =>
        {
            t.Print("bad handler");
            throw new KeyError("in the handler");
        });
        loop.CallSoon(() => Fails("x"));
        await Turns(2);
        loop.SetExceptionHandler(Handler);
    }

    private async Coroutine Callbacks(EventLoop loop)
    {
        var f = loop.CreateFuture<int>();
        f.AddDoneCallback(_ => t.Print("one", f.Result));
        f.AddDoneCallback(_ => Fails("callback"));
        f.AddDoneCallback(_ =>
        {
            t.Print("three");
            f.AddDoneCallback(_ => t.Print("added late"));
        });
        Action<Future> removed = _ => t.Print("never");
        f.AddDoneCallback(removed);
        f.AddDoneCallback(removed);
        t.Print(f.RemoveDoneCallback(removed), f.RemoveDoneCallback(removed));
        loop.CallSoon(() => t.Print("before"));
        f.SetResult(1);
        loop.CallSoon(() => t.Print("after"));
        await Turns(3);
    }

    private async Coroutine Soon(EventLoop loop)
    {
        loop.CallSoon(() => Fails("soon"));
        loop.CallLater(Seconds(.001), () => Fails("later"));
        loop.CallSoonThreadSafe(() => Fails("threadsafe"));
        loop.CallSoon(() => t.Print("never")).Cancel();
        loop.CallLater(Seconds(.001), () => t.Print("never")).Cancel();
        await Aio.Sleep(Seconds(.1));
    }

    private async Coroutine Timers(EventLoop loop)
    {
        var order = new List<object>();
        var now = loop.Time + Seconds(.1);
        foreach (var d in new[] { 3, 1, 2, 5, 4, 0 }) loop.CallAt(now + Seconds(d / 5.0), () => order.Add(d));
        loop.CallAt(now + Seconds(.3), () =>
        {
            loop.CallSoon(() => order.Add("soon of a timer"));
            loop.CallAt(now, () => order.Add("past"));
        });
        var handle = loop.CallAt(now + Seconds(.5), () => order.Add("never"));
        loop.CallAt(now + Seconds(.4), () => handle.Cancel());
        await Aio.Sleep(Seconds(1.5));
        t.Print(order);
    }

    private void Results(EventLoop loop)
    {
        var f = loop.CreateFuture<int>();
        Expect<InvalidStateError>(() => _ = f.Result, e => t.Print(e.Message));
        Expect<InvalidStateError>(() => _ = f.Exception, e => t.Print(e.Message));
        f.SetException(new KeyError("k"));
        Expect<InvalidStateError>(() => f.SetResult(1), _ => t.Print("InvalidStateError"));
        t.Print(f.Cancel(), $"KeyError({f.Exception!.Message})");
        f = loop.CreateFuture<int>();
        t.Print(f.Cancel("msg"), f.IsCancelled, f.IsDone, f.Cancel());
        Expect<CancelledError>(() => _ = f.Result, e => t.Print("CancelledError", Args(e)));
        Expect<CancelledError>(() => _ = f.Exception, e => t.Print("CancelledError", Args(e)));
        // Python's tasks have set_result, too, and refuse it; here a task has none.
        t.Print("Task does not support set_result operation");
        Expect<InvalidOperationException>(() => Aio.CurrentTask!.SetException(new ValueError("")), e => t.Print(e.Message));
    }

    private void Loops()
    {
        t.Print("-- loops");
        var loop = new EventLoop(Virtual);
        loop.SetExceptionHandler(Handler);
        async Coroutine<string> Stops()
        {
            loop.Stop();
            await Turns(2);
            return "result";
        }

        Expect<EventLoopException>(() => loop.RunUntilComplete(Stops()), e => t.Print(e.Message));
        loop.RunUntilComplete(Turns(4));
        loop.CallSoon(() =>
        {
            t.Print("first run");
            loop.Stop();
            loop.CallSoon(() => t.Print("left for the next run"));
        });
        loop.CallSoon(() => t.Print("same turn"));
        loop.RunForever();
        t.Print("stopped");
        loop.CallSoon(loop.Stop);
        loop.RunForever();
        async Coroutine<int> RunsInside()
        {
            var inner = Turns(1);
            Expect<EventLoopException>(() => loop.RunUntilComplete(inner), e => t.Print(e.Message));
            inner.Close();
            await Turns(0);
            return 5;
        }

        t.Print(loop.RunUntilComplete(RunsInside()));
        loop.Dispose();
        Expect<EventLoopException>(() => loop.CallSoon(() => { }), e => t.Print(e.Message));
        Expect<EventLoopException>(() => loop.RunUntilComplete(Turns(1)), e => t.Print(e.Message));
        t.Print(loop.IsClosed, loop.IsRunning);
    }
}
