using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Events as promises and sequences. Rules from test-events-once and test-events-on-async-iterator.</summary>
public sealed class EventHelperSpec : NodeSpec
{
    [Fact, Pins("test-events-once")]
    public void A_promise_of_an_event_leaves_no_listeners() => Assert.Equal("42 0 0", TraceAsync(async log =>
    {
        var emitter = new EventEmitter();
        Tick(() => emitter.Emit("x", 42));
        log((await EventEmitter.Once<int>(emitter, "x")).ToString());
        log(emitter.ListenerCount("x").ToString());
        log(emitter.ListenerCount("error").ToString());
    }));

    [Fact, Pins("test-events-once")]
    public void An_error_rejects_it_unless_the_error_is_what_is_waited_for() => Assert.Equal("kaboom 0 kaboom", TraceAsync(async log =>
    {
        var emitter = new EventEmitter();
        Tick(() => emitter.Emit<Exception>("error", Bad("kaboom")));
        log((await Fails<InvalidOperationException>(() => EventEmitter.Once<int>(emitter, "x"))).Message);
        log(emitter.ListenerCount("x").ToString());
        Tick(() => emitter.Emit<Exception>("error", Bad("kaboom")));
        log((await EventEmitter.Once<Exception>(emitter, "error")).Message);
    }));

    [Fact, Pins("test-events-once")]
    public void A_signal_rejects_it_before_and_after_and_does_nothing_when_the_event_has_come() => Assert.Equal(
        "AbortError AbortError 0 1",
        TraceAsync(async log =>
        {
            var emitter = new EventEmitter();
            log((await Fails<AbortError>(() => EventEmitter.Once<int>(emitter, "x", AbortSignal.Aborted()))).GetType().Name);
            var controller = new AbortController();
            Tick(() => controller.Abort());
            log((await Fails<AbortError>(() => EventEmitter.Once<int>(emitter, "x", controller.Signal))).GetType().Name);
            log(emitter.ListenerCount("x").ToString());
            var other = new AbortController();
            Tick(() =>
            {
                emitter.Emit("x", 1);
                other.Abort();
            });
            log((await EventEmitter.Once<int>(emitter, "x", other.Signal)).ToString());
        }));

    [Fact, Pins("test-events-on-async-iterator")]
    public void Events_wait_until_they_are_asked_for() => Assert.Equal("1 2 0 0", TraceAsync(async log =>
    {
        var emitter = new EventEmitter();
        Tick(() =>
        {
            emitter.Emit("foo", 1);
            emitter.Emit("bar", 24);
            emitter.Emit("foo", 2);
        });
        await foreach (var value in EventEmitter.Iterate<int>(emitter, "foo"))
        {
            log(value.ToString());
            if (value == 2) break;
        }

        log(emitter.ListenerCount("foo").ToString());
        log(emitter.ListenerCount("error").ToString());
    }));

    [Fact, Pins("test-events-on-async-iterator")]
    public void An_error_comes_after_the_events_that_wait() => Assert.Equal("42 kaboom 0", TraceAsync(async log =>
    {
        var emitter = new EventEmitter();
        Tick(() =>
        {
            emitter.Emit("foo", 42);
            emitter.Emit<Exception>("error", Bad("kaboom"));
        });
        var error = await Fails<InvalidOperationException>(async () =>
        {
            await foreach (var value in EventEmitter.Iterate<int>(emitter, "foo")) log(value.ToString());
        });
        log(error.Message);
        log(emitter.ListenerCount("foo").ToString());
    }));

    [Fact, Pins("test-events-on-async-iterator")]
    public void It_ends_with_a_close_event_or_a_signal() => Assert.Equal("1 closed 2 AbortError", TraceAsync(async log =>
    {
        var emitter = new EventEmitter();
        Tick(() =>
        {
            emitter.Emit("foo", 1);
            emitter.Emit("close");
            emitter.Emit("foo", 9);
        });
        await foreach (var value in EventEmitter.Iterate<int>(emitter, "foo", close: ["close"])) log(value.ToString());
        log("closed");
        var controller = new AbortController();
        Tick(() =>
        {
            emitter.Emit("foo", 2);
            Immediate(() => controller.Abort());
        });
        await Fails<AbortError>(async () =>
        {
            await foreach (var value in EventEmitter.Iterate<int>(emitter, "foo", controller.Signal)) log(value.ToString());
        });
        log("AbortError");
        await Fails<AbortError>(async () =>
        {
            await foreach (var value in EventEmitter.Iterate<int>(emitter, "foo", AbortSignal.Aborted())) log("never");
        });
    }));

    // Who waits for an event waits for the loop: its time may jump, also where an ordinary sequence stands between.
    [Theory]
    [InlineData(false, "1 emitted left")]
    [InlineData(true, "emitted 1 left")]
    public void Time_jumps_to_the_timer_that_emits(bool wrapped, string expected) => Assert.Equal(expected, TraceAsync(async log =>
    {
        var emitter = new EventEmitter();
        After(1_000_000, () =>
        {
            emitter.Emit("foo", 1);
            Tick(() => Micro(() => log("emitted")));
        });
        var events = EventEmitter.Iterate<int>(emitter, "foo");
        await foreach (var value in wrapped ? Wrap(events) : events)
        {
            log(value.ToString());
            break;
        }

        log("left");
    }));

    // In Node a pending step holds nothing: the loop ends. The near miss is held by a timer until the event comes.
    [Theory]
    [InlineData(false, "exit")]
    [InlineData(true, "1 exit")]
    public void A_sequence_of_events_does_not_hold_the_loop(bool emits, string expected) => Assert.Equal(expected,
        TraceRealAsync(async log =>
    {
        var emitter = new EventEmitter();
        Loop.Process.Exit += _ => log("exit");
        if (emits) After(1, () => emitter.Emit("foo", 1));
        await foreach (var value in EventEmitter.Iterate<int>(emitter, "foo")) log(value.ToString());
    }));

    private static async IAsyncEnumerable<int> Wrap(IAsyncEnumerable<int> events)
    {
        await foreach (var value in events) yield return value;
    }
}
