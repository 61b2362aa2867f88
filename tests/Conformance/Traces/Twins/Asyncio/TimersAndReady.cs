using Quintet.Asyncio;
using Quintet.Loops;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>What is ready and what is due in the same turn.</summary>
internal static class TimersAndReady
{
    [Twin("asyncio/61-timers-and-ready")]
    internal static void Parts(Transcript t) => EventLoop.Run(All(t), Virtual);

    private static async Coroutine All(Transcript t)
    {
        var loop = EventLoop.Current;
        t.Print("--", "soon_and_later");
        await SoonAndLater(t, loop);
        t.Print("--", "late_together");
        await LateTogether(t, loop);
        t.Print("--", "from_callbacks");
        await FromCallbacks(t, loop);
        t.Print("--", "sleepers");
        await Sleepers(t);
        t.Print("--", "raising");
        await Raising(t, loop);
        t.Print("--", "handles");
        await Handles(t, loop);
    }

    private static async Coroutine SoonAndLater(Transcript t, EventLoop loop)
    {
        loop.CallLater(TimeSpan.Zero, () => t.Print("later 0"));
        loop.CallLater(Seconds(-1), () => t.Print("later -1"));
        loop.CallSoon(() => t.Print("soon"));
        loop.CallAt(loop.Time - Seconds(5), () => t.Print("at, past"));
        loop.CallSoon(() => loop.CallSoon(() => t.Print("soon in soon")));
        loop.CallSoon(() => loop.CallLater(TimeSpan.Zero, () => t.Print("later in soon")));
        await CancelRaces.Turns(1);
        t.Print("main after one turn");
        await CancelRaces.Turns(3);
    }

    private static async Coroutine LateTogether(Transcript t, EventLoop loop)
    {
        TimerHandle c = null!;
        var a = loop.CallLater(Ms(10), () =>
        {
            t.Print("a");
            c.Cancel();
            loop.CallSoon(() => t.Print("soon from a"));
        });
        var b = loop.CallLater(Ms(20), () => t.Print("b"));
        c = loop.CallLater(Ms(30), () => t.Print("c, never"));
        var d = loop.CallLater(Ms(40), () => t.Print("d", a.IsCancelled, c.IsCancelled));
        b.Cancel();
        b.Cancel();
        await Aio.Sleep(Ms(200));
        t.Print(a.IsCancelled, b.IsCancelled, c.IsCancelled, d.IsCancelled);
    }

    private static async Coroutine FromCallbacks(Transcript t, EventLoop loop)
    {
        var order = new List<int>();
        var done = loop.CreateFuture<bool>();
        loop.CallLater(Ms(10), () => Again(0));
        await done;
        t.Print(order);

        void Again(int n)
        {
            order.Add(n);
            if (n < 3) loop.CallLater(Ms(10), () => Again(n + 1));
            else loop.CallSoon(() => done.SetResult(true));
        }
    }

    private static async Coroutine Sleepers(Transcript t)
    {
        await Aio.Gather(Sleeper("c", 60), Sleeper("a", 20), Sleeper("zero", 0), Sleeper("b", 40), Sleeper("below", -1000));
        t.Print(await Aio.Sleep(TimeSpan.Zero, "value"), await Aio.Sleep(Ms(10), "late value"));

        async Coroutine Sleeper(string name, double delay)
        {
            await Aio.Sleep(Ms(delay));
            t.Print(name, "awake");
            await Aio.Sleep(TimeSpan.Zero);
            t.Print(name, "one turn later");
        }
    }

    private static async Coroutine Raising(Transcript t, EventLoop loop)
    {
        var seen = new List<string>();
        loop.SetExceptionHandler((_, context) =>
            seen.Add(context.Exception is DivideByZeroException ? "ZeroDivisionError" : "IndexError"));
        loop.CallSoon(() => throw new DivideByZeroException());
        loop.CallSoon(() => t.Print("goes on"));
        loop.CallLater(Ms(10), () => throw new IndexOutOfRangeException());
        loop.CallLater(Ms(20), () => t.Print("goes on later"));
        await Aio.Sleep(Ms(50));
        t.Print(seen);
        loop.SetExceptionHandler(null);
    }

    private static async Coroutine Handles(Transcript t, EventLoop loop)
    {
        var ran = loop.CallSoon(() => t.Print("ran"));
        var never = loop.CallSoon(() => t.Print("never"));
        never.Cancel();
        await CancelRaces.Turns(1);
        ran.Cancel();
        var later = loop.CallLater(Seconds(10), () => t.Print("never"));
        t.Print(later.When > loop.Time && later.When <= loop.Time + Seconds(10.5), later.IsCancelled);
        later.Cancel();
    }
}
