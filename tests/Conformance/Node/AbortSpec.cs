using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Aborting. Rules from Node's documentation of AbortController and timers/promises.</summary>
public sealed class AbortSpec
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
}
