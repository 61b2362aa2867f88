using Quintet.Asyncio;
using Quintet.Loops;
using Quintet.Node;

namespace Quintet.Tests.Runtime.Loops;

/// <summary>What can be seen of the loops from outside: their meters and their events.</summary>
public sealed class LoopMeterTests
{
    [Fact]
    public void An_asyncio_loop_is_told_of_while_it_runs_and_not_afterwards()
    {
        double? turns = null, callbacks = null, running = null;
        var number = 0;
        async Coroutine Main()
        {
            number = EventLoop.Current.Metrics.Number;
            await Aio.Sleep(TimeSpan.Zero);
            turns = Of("Asyncio", "asyncio.turns", number);
            callbacks = Of("Asyncio", "asyncio.callbacks", number);
            running = Readings.Of("Quintet.Asyncio", "asyncio.loops");
        }

        EventLoop.Run(Main());
        Assert.True(turns > 0 && callbacks > 0 && running >= 1, $"{turns} turns, {callbacks} callbacks, {running} loops");
        Assert.Null(Of("Asyncio", "asyncio.turns", number));
    }

    [Fact]
    public void A_node_loop_is_told_of_while_it_runs_and_not_afterwards()
    {
        double? turns = null, lag = null;
        var number = 0;
        // In an immediate: a timer that is due before the first turn runs before it.
        NodeLoop.Run(() => NodeLoop.Current.SetTimeout(() => NodeLoop.Current.SetImmediate(() =>
        {
            number = NodeLoop.Current.Metrics.Number;
            turns = Of("Node", "node.turns", number);
            lag = Of("Node", "node.lag.p99", number);
        }), 1));
        Assert.True(turns > 0 && lag >= 0, $"{turns} turns, {lag} s late");
        Assert.Null(Of("Node", "node.turns", number));
    }

    [Fact]
    public void What_nobody_takes_of_an_asyncio_loop_is_written_and_what_somebody_takes_is_not()
    {
        using var log = new SourceLog(AsyncioEventSource.Log);
        var number = 0;
        async Coroutine Main()
        {
            var loop = EventLoop.Current;
            number = loop.Metrics.Number;
            loop.SetExceptionHandler(static (_, _) => { });
            loop.CallSoon(static () => throw new InvalidTimeZoneException("lost"));
            try
            {
                await Failing();
            }
            catch (InvalidTimeZoneException)
            {
                await Aio.Sleep(TimeSpan.Zero);
            }
        }

        EventLoop.Run(Main());
        var told = Assert.Single(log.Of(nameof(AsyncioEventSource.Unhandled), number));
        Assert.Contains("lost", (string)told[2]!, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_takes_of_a_node_loop_is_written_and_what_somebody_takes_is_not()
    {
        using var log = new SourceLog(NodeEventSource.Log);
        var number = 0;
        NodeLoop.Run(() =>
        {
            var loop = NodeLoop.Current;
            number = loop.Metrics.Number;
            loop.Process.UncaughtException += static _ => { };
            loop.Process.UnhandledRejection += static (_, _) => { };
            loop.Process.Warning += static _ => { };
            loop.Process.EmitWarning("careful");
            loop.SetTimeout(static () => throw new InvalidTimeZoneException("lost"), 1);
            _ = Promise.Reject<int>(new InvalidTimeZoneException("rejected"));
            _ = Promise.Reject<int>(new InvalidTimeZoneException("taken")).Catch(static _ => 0);
        });
        Assert.Contains("lost", (string)Assert.Single(log.Of(nameof(NodeEventSource.Uncaught), number))[1]!, StringComparison.Ordinal);
        Assert.Contains(
            "rejected", (string)Assert.Single(log.Of(nameof(NodeEventSource.UnhandledRejection), number))[1]!, StringComparison.Ordinal);
        Assert.Equal("careful", Assert.Single(log.Of(nameof(NodeEventSource.Warning), number))[2]);
    }

    private static async Coroutine Failing()
    {
        await Aio.Sleep(TimeSpan.Zero);
        throw new InvalidTimeZoneException("taken");
    }

    private static double? Of(string model, string name, int loop) => Readings.Of("Quintet." + model, name, ("loop", loop));
}
