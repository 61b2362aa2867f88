using System.Runtime.InteropServices;
using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Signals as callbacks of the loop. Rules from CPython's test_events and test_runners.</summary>
/// <remarks>The signals that are sent here do nothing by default, so that a broken handler fails a test and does not end the run.</remarks>
public sealed class SignalSpec : AsyncioSpec
{
    private const int WindowChangedNumber = 28;
    private const PosixSignal WindowChanged = (PosixSignal)WindowChangedNumber;

    // The handler is a callback of the loop: on its thread, with the values of who asked for it.
    [Fact]
    public void A_signal_calls_its_handler_on_the_loop() => RunReal(async () =>
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        var loop = EventLoop.Current;
        var thread = Environment.CurrentManagedThreadId;
        var value = new AsyncLocal<string> { Value = "maker" };
        var seen = loop.CreateFuture<(int Thread, string? Value)>();
        loop.AddSignalHandler(WindowChanged, () => seen.SetResult((Environment.CurrentManagedThreadId, value.Value)));
        value.Value = "later";
        await Send();
        Assert.Equal((thread, "maker"), await seen);
        Assert.True(loop.RemoveSignalHandler(WindowChanged));
        // The near miss: there is nothing to take away any more.
        Assert.False(loop.RemoveSignalHandler(WindowChanged));
    });

    [Fact]
    public void A_second_handler_replaces_the_first() => RunReal(async () =>
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        var loop = EventLoop.Current;
        var calls = new List<string>();
        var seen = new AsyncEvent();
        loop.AddSignalHandler(WindowChanged, () => calls.Add("first"));
        loop.AddSignalHandler(WindowChanged, () =>
        {
            calls.Add("second");
            seen.Set();
        });
        await Send();
        await seen.Wait();
        Assert.Equal(["second"], calls);
    });

    // A handler that throws is told to the exception handler like any callback.
    [Fact]
    public void A_handler_that_throws_is_told() => RunReal(async () =>
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        var loop = EventLoop.Current;
        var told = loop.CreateFuture<Exception?>();
        loop.SetExceptionHandler((_, context) => told.SetResult(context.Exception));
        loop.AddSignalHandler(WindowChanged, () => throw new InvalidTimeZoneException());
        await Send();
        Assert.IsType<InvalidTimeZoneException>(await told);
    });

    [Fact]
    public void A_signal_that_nobody_can_catch_is_refused() => RunReal(async () =>
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signal.");
        var loop = EventLoop.Current;
        Assert.ThrowsAny<Exception>(() => loop.AddSignalHandler((PosixSignal)9, () => { }));
        Assert.False(loop.RemoveSignalHandler((PosixSignal)9));
        await Aio.Yield();
    });

    [Fact]
    public void A_closed_loop_takes_no_handler()
    {
        var loop = new EventLoop(Virtual);
        loop.Dispose();
        Assert.Throws<EventLoopException>(() => loop.AddSignalHandler(WindowChanged, () => { }));
    }

    private static async Coroutine Send() =>
        Assert.Equal(0, await (await Aio.StartShell($"kill -{WindowChangedNumber} {Environment.ProcessId}")).Wait());
}
