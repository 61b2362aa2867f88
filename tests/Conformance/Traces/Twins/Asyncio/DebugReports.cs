using System.Runtime.CompilerServices;
using Quintet.Asyncio;
using Quintet.Loops;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class DebugReports(Transcript t)
{
    [Twin("asyncio/84-py313-debug-reports")]
    internal static void Reports(Transcript t) => EventLoop.Run(new DebugReports(t).Main(), Virtual with { Debug = true });

    private static EventLoop Loop => EventLoop.Current;

    private async Coroutine Main()
    {
        Loop.SetExceptionHandler(Told);
        Loop.Log = message => t.Print("LOG", message.StartsWith("Executing <") ? "slow" : message);
        t.Print(Loop.Debug);
        await Step("tasks_forgotten", TasksForgotten);
        await Step("futures_forgotten", FuturesForgotten);
        await Step("who_retrieves", WhoRetrieves);
        await Step("shielded", Shielded);
        await Step("grouped", Grouped);
        await Step("callbacks_that_raise", CallbacksThatRaise);
        await Step("slow_ones", SlowOnes);
        await Step("from_another_thread", FromAnotherThread);
        await Step("never_awaited", NeverAwaited);
    }

    private async Coroutine Step(string name, Func<Coroutine> step)
    {
        t.Print("---", name);
        await step();
        await Turns(2);
    }

    private void Told(EventLoop loop, LoopExceptionContext context)
    {
        var message = context.Message.StartsWith("Exception in callback") ? "Exception in callback" : context.Message;
        t.Print("told", message, context.Exception!.GetType().Name, context.Exception.Message);
    }

    private static async Coroutine Fails(string text, int turns = 0)
    {
        await Turns(turns);
        throw new ValueError(text);
    }

    private static async Coroutine Turns(int n)
    {
        for (var i = 0; i < n; i++) await Aio.Yield();
    }

    private static async Coroutine Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        await Turns(2);
    }

    private static async Coroutine<string> Caught<TError>(Func<Coroutine> body)
        where TError : Exception
    {
        try
        {
            await body();
        }
        catch (TError e)
        {
            return e.Message;
        }

        return "nothing";
    }

    // What forgets stands in methods of its own: nothing of it may be left on the stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(string text, bool cancels)
    {
        var task = Aio.CreateTask(Fails(text));
        if (cancels) task.Cancel();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ForgetFuture(string how)
    {
        var f = Loop.CreateFuture<int>();
        if (how == "cancelled") f.Cancel();
        else f.SetException(new ValueError(how));
        if (how == "looked at") t.Print(f.Exception!.GetType().Name);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ForgetCalledBack(string text, bool looks)
    {
        var task = Aio.CreateTask(Fails(text));
        task.AddDoneCallback(x =>
        {
            if (looks) t.Print("done", x.Exception!.Message);
            else t.Print("done");
        });
    }

    private async Coroutine TasksForgotten()
    {
        Forget("a task", cancels: false);
        await Turns(3);
        await Collect();
        t.Print("--");
        Forget("cancelled", cancels: true);
        await Turns(3);
        await Collect();
        t.Print("after the cancelled");
    }

    private async Coroutine FuturesForgotten()
    {
        ForgetFuture("a future");
        await Collect();
        ForgetFuture("looked at");
        await Collect();
        ForgetFuture("cancelled");
        await Collect();
        t.Print("after the others");
    }

    private static async Coroutine WaitFor(string text) => await Aio.Wait([Aio.CreateTask(Fails(text))]);

    private async Coroutine WhoRetrieves()
    {
        await WaitFor("waited for");
        await Collect();
        t.Print("wait does not");
        await Aio.GatherOutcomes(Fails("gathered"));
        await Collect();
        t.Print("gather does");
        t.Print("caught", await Caught<ValueError>(async () => await Aio.Gather(Fails("first"), Fails("second", 1))));
        await Turns(3);
        await Collect();
        t.Print("gather does for the second");
        ForgetCalledBack("called back", looks: true);
        await Turns(3);
        await Collect();
        t.Print("a callback that looks does");
        ForgetCalledBack("called back blindly", looks: false);
        await Turns(3);
        await Collect();
        t.Print("one that does not look does not");
    }

    private async Coroutine Shielded()
    {
        await CancelShielded();
        await Turns(5);
        await Collect();
        t.Print("the shield has told");
    }

    private async Coroutine CancelShielded()
    {
        async Coroutine Waits() => await Aio.Shield(Fails("shielded", 3));
        var task = Aio.CreateTask(Waits());
        await Turns(2);
        task.Cancel();
        try
        {
            await task;
        }
        catch (CancelledError)
        {
            t.Print("cancelled");
        }
    }

    private async Coroutine Grouped()
    {
        try
        {
            await TaskGroup.Run(async g =>
            {
                _ = g.CreateTask(Fails("one"));
                _ = g.CreateTask(Fails("two"));
            });
        }
        catch (AggregateException e)
        {
            t.Print(e.InnerExceptions.Select(x => x.Message));
        }

        await Collect();
        t.Print("caught", await Caught<ValueError>(() => Aio.WaitFor(Fails("in time"), Seconds(1))));
        await Collect();
        t.Print("nothing is told");
    }
}
