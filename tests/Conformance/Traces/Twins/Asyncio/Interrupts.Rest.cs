using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class Interrupts
{
    private async Coroutine<string?> Thrice()
    {
        Interrupt();
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        catch (CancelledError)
        {
            t.Print("swallowed");
        }

        Interrupt();
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        catch (CancelledError)
        {
            t.Print("and the one of the end");
        }

        return "nobody gets it";
    }

    private async Coroutine<string?> InTimeout()
    {
        Interrupt();
        try
        {
            await Aio.Timeout(Seconds(5), async _ => await Sleeper("inner"));
        }
        catch (TimeoutException)
        {
            t.Print("never");
        }

        return null;
    }

    private async Coroutine<string?> InGroup()
    {
        Interrupt();
        try
        {
            await TaskGroup.Run(async group => _ = group.CreateTask(Sleeper("a", .01)));
        }
        finally
        {
            t.Print("group left");
        }

        return null;
    }

    private async Coroutine<string?> Shielded()
    {
        _left = Aio.CreateTask(Sleeper("shielded", .01));
        Interrupt();
        await Aio.Shield(_left);
        return null;
    }

    private async Coroutine<string?> Gathered()
    {
        Interrupt();
        await Aio.GatherOutcomes(Sleeper("x"), Sleeper("y", .005));
        return null;
    }

    private async Coroutine<string?> Raises()
    {
        async Coroutine Child()
        {
            await Aio.Sleep(TimeSpan.Zero);
            throw new KeyboardInterruptException();
        }

        var task = Aio.CreateTask(Child());
        try
        {
            await task;
        }
        catch (KeyboardInterruptException)
        {
            t.Print("never");
        }
        finally
        {
            t.Print("main ends");
        }

        return null;
    }

    private async Coroutine<string?> InCallback()
    {
        EventLoop.Current.CallSoon(() => throw new KeyboardInterruptException());
        EventLoop.Current.CallSoon(() => t.Print("the next callback"));
        await Sleeper("main");
        return null;
    }

    private async Coroutine<string?> WaitedFor()
    {
        Interrupt();
        try
        {
            await Aio.WaitFor(Sleeper("waited for", .01), Seconds(5));
        }
        catch (CancelledError)
        {
            t.Print("wait_for cancelled");
            throw;
        }

        return null;
    }

    private void OneRunner()
    {
        using (_runner = new Runner(Virtual))
        {
            RunInterrupted("first interrupted");
            t.Print(_runner.Run(NotInterrupted()));
            RunInterrupted("third interrupted");
        }
    }

    private void RunInterrupted(string then)
    {
        try
        {
            _runner.Run(Interrupted());
        }
        catch (KeyboardInterruptException)
        {
            t.Print(then);
        }
    }

    private async Coroutine Interrupted()
    {
        Interrupt();
        await Aio.Sleep(Seconds(10));
    }

    private async Coroutine<string> NotInterrupted()
    {
        await Aio.Sleep(Ms(10));
        return "second is not";
    }
}
