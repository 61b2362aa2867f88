using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class ThreadsAndExecutors
{
    private List<object> CoroutinesFromThreads(EventLoop loop)
    {
        async Coroutine<string> Work(string value, bool fails = false)
        {
            await Aio.Sleep(Seconds(.01));
            return fails ? throw new ValueError(value) : value;
        }

        async Coroutine Hangs()
        {
            try
            {
                await Aio.Sleep(Seconds(10));
            }
            catch (CancelledError)
            {
                t.Print("hangs no more");
                throw;
            }
        }

        static async Coroutine CancelsItself()
        {
            Aio.CurrentTask!.Cancel();
            await Aio.Sleep(TimeSpan.Zero);
        }

        List<object> told = [loop.RunCoroutineThreadSafe(() => Work("result")).GetAwaiter().GetResult()];
        try
        {
            loop.RunCoroutineThreadSafe(() => Work("failed", true)).GetAwaiter().GetResult();
        }
        catch (ValueError e)
        {
            told.Add(e.Repr);
        }

        // What cancels the coroutine is the token, where Python cancels the future.
        using var source = new CancellationTokenSource();
        var hangs = loop.RunCoroutineThreadSafe(Hangs, source.Token);
        if (!hangs.Wait(TimeSpan.FromMilliseconds(20), CancellationToken.None)) told.Add("timed out");
        source.Cancel();
        told.Add(source.IsCancellationRequested);
        told.Add(Cancelled(hangs, "cancelled"));
        told.Add(Cancelled(loop.RunCoroutineThreadSafe(CancelsItself), "cancelled inside"));
        return told;
    }

    private static string Cancelled(Task task, string text)
    {
        try
        {
            task.GetAwaiter().GetResult();
            return "finished";
        }
        catch (OperationCanceledException)
        {
            return text;
        }
    }

    private void AtTheEnd()
    {
        t.Print(EventLoop.Run(LeavesWork(), Real));
        LoopTask left = null!;
        EventLoop.Run(LeavesATask(task => left = task), Real);
        t.Print(left.IsCancelled);
        var loop = new EventLoop(Real);
        using (new Timer(_ => loop.CallSoonThreadSafe(loop.Stop), null, 20, Timeout.Infinite)) loop.RunForever();
        t.Print("stopped from outside");
        loop.Dispose();
        Expect<EventLoopException>(() => loop.CallSoonThreadSafe(() => t.Print()), e => t.Print(e.Message));
    }

    private async Coroutine<string> LeavesWork()
    {
        var (opened, work) = Gate();
        _ = EventLoop.Current.RunInExecutor(() =>
        {
            work("1");
            t.Print("the work ends");
        });
        new Thread(() =>
        {
            Thread.Yield();
            opened.Set();
        }).Start();
        return "result before the work";
    }

    private async Coroutine LeavesATask(Action<LoopTask> tell)
    {
        async Coroutine Waits()
        {
            try
            {
                await Aio.ToThread(() => t.Print("in the thread"));
                await Aio.Sleep(Seconds(10));
            }
            finally
            {
                t.Print("left task ends");
            }
        }

        tell(Aio.CreateTask(Waits()));
        await Aio.Sleep(Seconds(.5));
    }
}
