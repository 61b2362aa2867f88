using System.Runtime.CompilerServices;
using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Aborting. Rules from Node's documentation of AbortController and timers/promises.</summary>
public sealed class AbortSpec : NodeSpec
{
    // "If the signal is aborted, the Promise is rejected with an AbortError", and the timer no longer holds the loop.
    [Fact]
    public void An_aborted_delay_is_rejected_and_holds_nothing()
    {
        var loop = new NodeLoop(new NodeLoopOptions { VirtualTime = true });
        var events = new List<string>();
        var controller = new AbortController();
        loop.Start(() =>
        {
            loop.Delay(60_000, controller.Signal).Then(_ => events.Add("done"), error => events.Add(error.GetType().Name));
            // The near miss: the same delay without the signal.
            loop.Delay(20).Then(_ => events.Add("other done"));
            loop.SetTimeout(() => controller.Abort(), 10);
            loop.Process.Exit += _ => events.Add("exit");
        });
        Assert.Equal(["AbortError", "other done", "exit"], events);
    }

    // "The abort event is emitted once": a second abort changes nothing.
    [Fact]
    public void A_signal_is_aborted_once_and_keeps_its_first_reason()
    {
        var controller = new AbortController();
        var calls = 0;
        controller.Signal.AddListener(() => calls++);
        var first = new InvalidOperationException("first");
        controller.Abort(first);
        controller.Abort();
        Assert.Equal(1, calls);
        Assert.Same(first, controller.Signal.Reason);
        Assert.True(controller.Signal.Token.IsCancellationRequested);
    }

    [Fact, Pins("test-abortcontroller")]
    public void Listeners_are_called_in_their_order_and_not_for_a_signal_that_was_aborted_already() => Assert.Equal("a b", Trace(log =>
    {
        var controller = new AbortController();
        controller.Signal.AddListener(() => log("a"));
        controller.Signal.AddListener(() => log("b"));
        controller.Abort();
        controller.Signal.AddListener(() => log("never"));
        var aborted = AbortSignal.Aborted(Bad("given"));
        Assert.Equal("given", Assert.Throws<InvalidOperationException>(aborted.ThrowIfAborted).Message);
        Assert.IsType<AbortError>(AbortSignal.Aborted().Reason);
        new AbortController().Signal.ThrowIfAborted();
    }));

    [Fact, Pins("test-eventtarget")]
    public void A_listener_that_throws_is_uncaught_in_a_tick_and_does_not_stop_the_others() => Assert.Equal(
        "second after uncaught:bad",
        Trace(log =>
    {
        Loop.Process.UncaughtException += e => log("uncaught:" + e.Message);
        var controller = new AbortController();
        void Once() => log("second");
        controller.Signal.AddListener(() => throw Bad());
        controller.Signal.AddListener(Once);
        controller.Signal.AddListener(Once);
        controller.Abort();
        log("after");
    }));

    [Fact, Pins("test-abortsignal-any")]
    public void Any_is_aborted_with_the_first_for_its_reason_after_its_listeners() => Assert.Equal("source any first", Trace(log =>
    {
        var a = new AbortController();
        var b = new AbortController();
        var any = AbortSignal.Any(a.Signal, b.Signal);
        any.AddListener(() => log("any"));
        b.Signal.AddListener(() => log("source"));
        b.Abort(Bad("first"));
        a.Abort(Bad("second"));
        log(any.Reason!.Message);
        Assert.False(AbortSignal.Any().IsAborted);
        Assert.Same(b.Signal.Reason, AbortSignal.Any(b.Signal, a.Signal).Reason);
        Assert.True(AbortSignal.Any(any, new AbortController().Signal).IsAborted);
    }));

    [Fact, Pins("test-abortcontroller")]
    public void A_timeout_aborts_and_does_not_hold_the_loop() => Assert.Equal("TimeoutException end", Trace(log =>
    {
        var signal = AbortSignal.Timeout(10);
        signal.AddListener(() => log(signal.Reason!.GetType().Name));
        AbortSignal.Timeout(60_000).AddListener(() => log("never"));
        After(20, () => log("end"));
    }));

    // A source knows its dependents weakly; one with a listener, or whose token was given away, is held and hears of the abort.
    [Theory, Pins("test-abortsignal-any")]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_source_holds_only_those_dependents_that_somebody_listens_to(bool listens, bool takesToken)
    {
        var source = new AbortController();
        var heard = 0;
        var dependents = Make(source.Signal, () => Interlocked.Increment(ref heard), listens, takesToken);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(listens || takesToken ? 100 : 0, dependents.Count(static one => one.TryGetTarget(out _)));
        source.Abort();
        Assert.Equal(listens || takesToken ? 100 : 0, heard);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference<AbortSignal>> Make(AbortSignal source, Action heard, bool listens, bool takesToken)
    {
        var all = new List<WeakReference<AbortSignal>>();
        for (var i = 0; i < 100; i++)
        {
            var any = AbortSignal.Any(source, new AbortController().Signal);
            if (listens) any.AddListener(heard);
            if (takesToken) any.Token.Register(heard);
            // A listener that was taken back is none.
            any.AddListener(Nothing);
            any.RemoveListener(Nothing);
            all.Add(new(any));
        }

        return all;
    }

    private static void Nothing() { }
}
