using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

/// <summary>What the twins of asyncio programs share.</summary>
internal static class AsyncioTwin
{
    /// <summary>Time jumps, so that a twin takes no time and its order does not depend on the machine.</summary>
    internal static EventLoopOptions Virtual { get; } = new() { VirtualTime = true, HandleInterrupt = false };

    internal static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    internal static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Lets the loop's time pass without giving the loop a chance.</summary>
    internal static void Spin(TimeSpan time) => Busy.For(EventLoop.Current.Core.Clock, time);

    /// <summary>A keyword of an exception, as Python's KeyError carries it.</summary>
    internal sealed class KeyError(object key) : Exception(Transcript.Repr(key));

    internal static void Expect<TError>(Action action, Action<TError> then)
        where TError : Exception => then(Assert.ThrowsAny<TError>(action));

    internal sealed class ValueError(object value) : Exception(value.ToString())
    {
        internal string Repr { get; } = $"ValueError({Transcript.Repr(value)})";
    }
}
