using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.GroupEdges;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>
/// Interrupts of a runner. They are given to it as the signal would give them: a signal reaches all runners of a process that handle it,
/// those of other tests too.
/// </summary>
internal sealed partial class Interrupts(Transcript t)
{
    private Runner _runner = null!;
    private LoopTask? _left;

    [Twin("asyncio/76-interrupts")]
    internal static void Parts(Transcript t) => new Interrupts(t).All();

    private static LoopTask Me => Aio.CurrentTask!;

    private void All()
    {
        Run("plain", Plain);
        Run("cleaning", Cleaning);
        Run("swallows", Swallows);
        Run("forgives", Forgives);
        Run("cancelled too", CancelledToo);
        Run("fails", Fails);
        Run("twice", Twice);
        Run("thrice", Thrice);
        Run("timeout", InTimeout);
        Run("group", InGroup);
        Run("shielded", Shielded);
        Run("gathered", Gathered);
        Run("raised by a task", Raises);
        Run("raised by a callback", InCallback);
        Run("wait_for", WaitedFor);
        t.Print("-- one runner");
        OneRunner();
    }

    private void Run(string name, Func<Coroutine<string?>> main)
    {
        t.Print("--", name);
        try
        {
            string? result;
            using (_runner = new Runner(Virtual)) result = _runner.Run(main());
            t.Print("result", result);
        }
        catch (ValueError e)
        {
            t.Print("ValueError", e.Message);
        }
        catch (Exception e) when (e is KeyboardInterruptException or CancelledError)
        {
            t.Print(e is CancelledError ? "CancelledError" : "KeyboardInterrupt", "");
        }
    }

    /// <summary>Interrupts the runner in ten milliseconds.</summary>
    private void Interrupt()
    {
        var runner = _runner;
        EventLoop.Current.CallLater(Ms(10), () => runner.Interrupt());
    }

    private async Coroutine Sleeper(string name, double cleans = 0, bool again = false)
    {
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        catch (CancelledError e)
        {
            t.Print(name, "cancelled", Args(e));
            if (again) Interrupt();
            throw;
        }
        finally
        {
            if (cleans > 0) await Clean(name, cleans);
            t.Print(name, "finally");
        }
    }

    private async Coroutine Clean(string name, double seconds)
    {
        try
        {
            await Aio.Sleep(Seconds(seconds));
        }
        catch (CancelledError)
        {
            t.Print(name, "cancelled again");
            throw;
        }
    }

    private async Coroutine<string?> Plain()
    {
        _left = Aio.CreateTask(Sleeper("left"));
        Interrupt();
        await Sleeper("main");
        return null;
    }

    private async Coroutine<string?> Cleaning()
    {
        Interrupt();
        await Sleeper("main", .01);
        return null;
    }

    private async Coroutine<string?> Swallows()
    {
        Interrupt();
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        catch (CancelledError)
        {
            t.Print("swallowed", Me.Cancelling);
        }

        await Aio.Sleep(TimeSpan.Zero);
        return "done";
    }

    private async Coroutine<string?> Forgives()
    {
        Interrupt();
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        catch (CancelledError)
        {
            t.Print("uncancel", Me.Uncancel());
            throw;
        }

        return null;
    }

    private async Coroutine<string?> CancelledToo()
    {
        var me = Me;
        EventLoop.Current.CallSoon(() => me.Cancel("mine"));
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        catch (CancelledError e)
        {
            t.Print("first", Args(e));
        }

        Interrupt();
        await Aio.Sleep(Seconds(10));
        return null;
    }

    private async Coroutine<string?> Fails()
    {
        Interrupt();
        try
        {
            await Aio.Sleep(Seconds(10));
        }
        catch (CancelledError)
        {
            throw new ValueError("instead");
        }

        return null;
    }

    private async Coroutine<string?> Twice()
    {
        Interrupt();
        await Sleeper("main", 10, again: true);
        return null;
    }
}
