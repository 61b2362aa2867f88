using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>What the specifications of asyncio share: a loop whose time jumps, so that no test waits and none depends on the
/// machine.</summary>
public abstract class AsyncioSpec
{
    protected static EventLoopOptions Virtual { get; } = new() { VirtualTime = true, HandleInterrupt = false };

    protected static EventLoopOptions Real { get; } = new() { HandleInterrupt = false };

    protected static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Runs a body that uses nothing but the loop; a hang fails.</summary>
    protected static void Run(Func<Coroutine> body) => Bounded.Run(() => EventLoop.Run(body(), Virtual));

    /// <summary>Runs a body that uses sockets, processes or signals; a hang fails after a minute.</summary>
    protected static void RunReal(Func<Coroutine> body) => Bounded.Run(() => EventLoop.Run(Within(body), Real));

    /// <summary>Runs the other ready calls, <paramref name="turns"/> times.</summary>
    protected static async Coroutine Turns(int turns)
    {
        for (var i = 0; i < turns; i++) await Aio.Yield();
    }

    /// <summary>Counts the turns from now on.</summary>
    protected static Func<int> CountTurns()
    {
        var loop = EventLoop.Current;
        var turns = 0;
        loop.CallSoon(Count);
        return () => turns;

        void Count()
        {
            // Not for ever: a loop that is never idle would not let virtual time go on.
            if (++turns < 100) loop.CallSoon(Count);
        }
    }

    /// <summary>Awaits a body that is to fail.</summary>
    protected static async Coroutine<TError> Fails<TError>(Func<Coroutine> body)
        where TError : Exception
    {
        try
        {
            await body();
        }
        catch (Exception error)
        {
            return Assert.IsType<TError>(error, exactMatch: false);
        }

        throw new Xunit.Sdk.XunitException($"{typeof(TError).Name} was expected, and nothing was thrown.");
    }

    /// <summary>Awaits a future or task that is to fail.</summary>
    protected static Coroutine<TError> Fails<TError>(Future future)
        where TError : Exception => Fails<TError>(async () => await future);

    private static async Coroutine Within(Func<Coroutine> body) => await Aio.WaitFor(body(), Seconds(60));
}
