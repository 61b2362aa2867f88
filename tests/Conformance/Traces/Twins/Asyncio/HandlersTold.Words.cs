using System.Runtime.CompilerServices;
using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class HandlersTold
{
    private static string Tuple(string type, Exception error, int? consumed = null) =>
        $"('{type}', '{error.Message}', {Transcript.Repr(consumed)})";

    private static async Coroutine<string> Caught<T>(Coroutine<T> coroutine)
    {
        try
        {
            return Transcript.Repr(await coroutine);
        }
        catch (LimitOverrunException e)
        {
            return Tuple("LimitOverrunError", e, e.Consumed);
        }
        catch (BrokenBarrierException e)
        {
            return Tuple("BrokenBarrierError", e);
        }
        catch (EventLoopException e)
        {
            return Tuple("RuntimeError", e);
        }
    }

    private async Coroutine Words()
    {
        var reader = new AsyncStreamReader(limit: 8);
        reader.FeedData("0123456789\nabc"u8);
        t.Print(await Caught(reader.ReadUntil("\n"u8.ToArray())));
        t.Print(await reader.ReadExactly(10), await Caught(reader.ReadUntil("\n"u8.ToArray())));
        reader.FeedData("defghijklm"u8);
        t.Print(await Caught(reader.ReadUntil("--"u8.ToArray())));
        await BrokenBarriers();
        await Scopes();
    }

    private async Coroutine BrokenBarriers()
    {
        var barrier = new AsyncBarrier(2);
        var waiting = Aio.CreateTask(Caught(barrier.Wait()));
        await Turns(1);
        await barrier.Abort();
        t.Print(await waiting, await Caught(barrier.Wait()));
        await barrier.Reset();
        waiting = Aio.CreateTask(Caught(barrier.Wait()));
        await Turns(1);
        await barrier.Reset();
        t.Print(await waiting);
    }

    private async Coroutine Scopes()
    {
        static async Coroutine<int> Reschedules(AsyncTimeout scope)
        {
            scope.Reschedule(null);
            return 0;
        }

        AsyncTimeout finished = null!, expired = null!;
        await Aio.Timeout(null, async scope => finished = scope);
        t.Print(await Caught(Reschedules(finished)));
        try
        {
            await Aio.Timeout(TimeSpan.Zero, async scope =>
            {
                expired = scope;
                try
                {
                    await Aio.Sleep(Seconds(9));
                }
                finally
                {
                    t.Print(await Caught(Reschedules(scope)));
                }
            });
        }
        catch (TimeoutException)
        {
            t.Print(await Caught(Reschedules(expired)));
        }
    }

    private async Coroutine Values()
    {
        var loop = EventLoop.Current;
        var seen = new AsyncLocal<string>();
        loop.SetExceptionHandler((_, _) => t.Print("handler sees", seen.Value));
        seen.Value = "maker";
        void Fails(string where)
        {
            t.Print(where, seen.Value);
            seen.Value = where;
            throw new ValueError(where);
        }

        loop.CallSoon(() => Fails("soon"));
        var future = loop.CreateFuture<bool>();
        future.AddDoneCallback(_ => Fails("done"));
        seen.Value = "after";
        future.SetResult(true);
        Start(async () => Fails("task"));
        await Turns(2);
        Collect();
        await Turns(1);
        loop.CallLater(Ms(10), () => Fails("later"));
        await Aio.Sleep(Ms(50));
        loop.CallExceptionHandler(new("mine", null, null));
        t.Print(seen.Value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Start(Func<Coroutine> body) => Aio.CreateTask(body());

    private async Coroutine LeftBehind()
    {
        EventLoop.Current.SetExceptionHandler(Told);
        async IAsyncEnumerable<string> Items(string name, Exception error)
        {
            try
            {
                yield return name;
            }
            finally
            {
                await Aio.Yield();
                t.Print("closed", name);
                Throw(error);
            }
        }

        var items = EventLoop.Current.Watch(Items("one", new KeyError("one")).GetAsyncEnumerator());
        await items.MoveNextAsync();
        t.Print(items.Current);
        _ = Aio.CreateTask(Stays());
        await Turns(1);
    }

    private static async Coroutine Stays()
    {
        try
        {
            await Aio.Sleep(Seconds(99));
        }
        finally
        {
            Throw(new ValueError("left"));
        }
    }

    private static void Throw(Exception error) => throw error;
}
