using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Emitters: who is called, in which order, and what changes while they are. Rules from test-event-emitter-* and
/// test-events-*.</summary>
public sealed class EmitterSpec : NodeSpec
{
    private readonly EventEmitter _emitter = new();
    private readonly List<string> _seen = [];

    private string Seen => string.Join(' ', _seen);

    [Fact, Pins("test-event-emitter-add-listeners")]
    public void The_event_of_a_new_listener_comes_before_it_listens()
    {
        _emitter.On<string, Delegate>("newListener", (name, _) => _seen.Add(name + _emitter.ListenerCount(name)));
        _emitter.On("hello", () => { });
        _emitter.Once("foo", () => { });
        Assert.Equal("hello0 foo0", Seen);
        // A listener that is added in that event comes first.
        var other = new EventEmitter();
        void First() { }
        void Second() { }
        other.Once("newListener", () => other.On("x", Second));
        other.On("x", First);
        Assert.Equal([(Action)Second, (Action)First], other.Listeners("x"));
    }

    [Fact, Pins("test-event-emitter-check-listener-leaks", "test-event-emitter-max-listeners-warning")]
    public void One_listener_too_many_is_told_once_for_each_event()
    {
        _emitter.MaxListenersExceeded = (name, count) => _seen.Add(name + count);
        for (var i = 0; i < 10; i++) _emitter.On("many", () => { });
        Assert.Equal("", Seen);
        for (var i = 0; i < 5; i++) _emitter.On("many", () => { });
        _emitter.MaxListeners = 1;
        _emitter.On("other", () => { });
        _emitter.On("other", () => { });
        _emitter.MaxListeners = 0;
        for (var i = 0; i < 100; i++) _emitter.On("unlimited", () => { });
        Assert.Equal("many11 other2", Seen);
    }

    [Fact, Pins("test-event-emitter-max-listeners", "test-event-emitter-get-max-listeners", "test-events-getmaxlisteners")]
    public void The_limit_is_ten_and_not_negative()
    {
        Assert.Equal(10, _emitter.MaxListeners);
        _emitter.MaxListeners = 42;
        Assert.Equal(42, _emitter.MaxListeners);
        Assert.Throws<ArgumentOutOfRangeException>(() => _emitter.MaxListeners = -1);
        Assert.Equal(42, _emitter.MaxListeners);
    }

    [Fact, Pins("test-event-emitter-errors", "test-event-emitter-no-error-provided-to-error-event")]
    public void An_error_that_nobody_listens_for_is_thrown()
    {
        var error = Bad();
        Assert.Same(error, Assert.Throws<InvalidOperationException>(() => _emitter.Emit("error", error)));
        var unhandled = Assert.Throws<UnhandledErrorException>(() => _emitter.Emit("error", "Accepts a string"));
        Assert.Contains("Accepts a string", unhandled.Message);
        Assert.Throws<UnhandledErrorException>(() => _emitter.Emit("error"));
        // The near miss: another event.
        Assert.False(_emitter.Emit("other", error));
    }

    [Fact, Pins("test-event-emitter-error-monitor")]
    public void A_monitor_sees_errors_and_does_not_count_as_a_listener()
    {
        _emitter.On<Exception>(EventEmitter.ErrorMonitor, error => _seen.Add("monitor:" + error.Message));
        Assert.Throws<InvalidOperationException>(() => _emitter.Emit<Exception>("error", Bad()));
        _emitter.Once<Exception>("error", error => _seen.Add(error.Message));
        _emitter.Emit<Exception>("error", Bad());
        _emitter.On("event", () => { });
        _emitter.Emit("event");
        Assert.Equal("monitor:bad monitor:bad bad", Seen);
    }

    [Fact]
    public void A_monitor_sees_an_error_without_an_argument_and_no_other_event()
    {
        _emitter.On(EventEmitter.ErrorMonitor, () => _seen.Add("monitor"));
        Assert.Throws<UnhandledErrorException>(() => _emitter.Emit("error"));
        Assert.False(_emitter.Emit("other"));
        Assert.Equal("monitor", Seen);
    }

    [Fact, Pins("test-event-emitter-listener-count", "test-events-listener-count-with-listener")]
    public void Listeners_are_counted_by_event_and_by_listener()
    {
        void Both() { }
        _emitter.On("foo", Both);
        _emitter.Once("foo", Both);
        _emitter.On("foo", () => { });
        _emitter.On("baz", () => { });
        Assert.Equal((3, 0, 1), (_emitter.ListenerCount("foo"), _emitter.ListenerCount("bar"), _emitter.ListenerCount("baz")));
        Assert.Equal((2, 0), (_emitter.ListenerCount("foo", (Action)Both), _emitter.ListenerCount("baz", (Action)Both)));
    }

    [Fact, Pins("test-event-emitter-listeners", "test-event-emitter-listeners-side-effects")]
    public void The_list_of_listeners_is_a_copy_and_asking_for_it_changes_nothing()
    {
        void First() { }
        void Second() { }
        Assert.Empty(_emitter.Listeners("foo"));
        Assert.Empty(_emitter.EventNames);
        _emitter.Once("foo", First);
        var copy = _emitter.Listeners("foo");
        _emitter.On("foo", Second);
        Assert.Equal([(Action)First], copy);
        Assert.Equal([(Action)First, (Action)Second], _emitter.Listeners("foo"));
        _emitter.RemoveAllListeners("foo");
        Assert.Empty(_emitter.Listeners("foo"));
    }

    [Fact, Pins("test-event-emitter-modify-in-emit")]
    public void Listeners_that_come_or_go_during_an_emit_count_from_the_next_one()
    {
        void Second()
        {
            _seen.Add("2");
            _emitter.Off("foo", Second);
        }

        void Third()
        {
            _seen.Add("3");
            _emitter.Off("foo", Third);
        }

        void First()
        {
            _seen.Add("1");
            _emitter.On("foo", Second);
            _emitter.On("foo", Third);
            _emitter.Off("foo", First);
        }

        _emitter.On("foo", First);
        _emitter.Emit("foo");
        Assert.Equal("1", Seen);
        _emitter.Emit("foo");
        Assert.Equal("1 2 3", Seen);
        Assert.False(_emitter.Emit("foo"));
        // The other way round: those that are gone are still called by the emit that runs.
        _emitter.On("foo", Second);
        _emitter.On("foo", Third);
        _emitter.Emit("foo");
        Assert.Equal(("1 2 3 2 3", 0), (Seen, _emitter.ListenerCount("foo")));
    }

    [Fact, Pins("test-event-emitter-once")]
    public void A_listener_for_once_is_gone_when_it_is_called_and_can_be_taken_back()
    {
        _emitter.Once("e", () =>
        {
            _seen.Add("a");
            _emitter.Emit("e");
        });
        _emitter.Once("e", () => _seen.Add("b"));
        void Never() => _seen.Add("never");
        _emitter.Once("e", Never);
        _emitter.Off("e", Never);
        _emitter.Emit("e");
        _emitter.Emit("e");
        Assert.Equal("a b", Seen);
    }

    [Fact, Pins("test-event-emitter-prepend", "test-stream-events-prepend")]
    public void One_that_is_prepended_comes_first_the_last_before_all()
    {
        _emitter.On("foo", () => _seen.Add("3"));
        _emitter.PrependListener("foo", () => _seen.Add("2"));
        _emitter.PrependOnceListener("foo", () => _seen.Add("1"));
        _emitter.Emit("foo");
        _emitter.Emit("foo");
        Assert.Equal("1 2 3 2 3", Seen);
    }

    [Fact, Pins("test-event-emitter-remove-all-listeners")]
    public void Removing_all_tells_each_the_last_first_and_those_that_listen_for_it_at_the_end()
    {
        _emitter.On("foo", () => { });
        _emitter.On("bar", () => { });
        _emitter.On("bar", () => { });
        _emitter.On<string, Delegate>("removeListener", (name, _) => _seen.Add(name + _emitter.ListenerCount(name)));
        _emitter.RemoveAllListeners("bar");
        Assert.Equal("bar1 bar0", Seen);
        _emitter.RemoveAllListeners("none");
        _emitter.RemoveAllListeners();
        Assert.Equal("bar1 bar0 foo0", Seen);
        Assert.Empty(_emitter.EventNames);
    }

    [Fact, Pins("test-event-emitter-remove-listeners")]
    public void The_event_of_a_removed_listener_comes_when_it_is_gone_and_only_for_one_that_was_there()
    {
        void First() { }
        void Second() => _seen.Add("never");
        _emitter.On("hello", First);
        _emitter.On<string, Delegate>("removeListener", (name, listener) =>
        {
            _seen.Add(name + _emitter.ListenerCount(name));
            if (!listener.Equals((Action)First)) return;
            _emitter.Off("quux", Second);
            _emitter.Emit("quux");
        });
        _emitter.Off("hello", Second);
        Assert.Equal("", Seen);
        _emitter.On("quux", First);
        _emitter.On("quux", Second);
        _emitter.Off("quux", First);
        Assert.Equal("quux1 quux0", Seen);
        // Of two equal ones the later goes.
        var order = new EventEmitter();
        order.On("x", First).On("x", Second).On("x", First).Off("x", First);
        Assert.Equal([(Action)First, (Action)Second], order.Listeners("x"));
    }

    [Fact, Pins("test-event-emitter-special-event-names", "test-event-emitter-method-names")]
    public void Every_name_is_a_name()
    {
        foreach (var name in new[] { "__proto__", "toString", "", "newListener2" }) _emitter.On<string>(name, _seen.Add);
        Assert.Equal(["__proto__", "toString", "", "newListener2"], _emitter.EventNames);
        foreach (var name in _emitter.EventNames.ToArray()) Assert.True(_emitter.Emit(name, "<" + name + ">"));
        Assert.Equal("<__proto__> <toString> <> <newListener2>", Seen);
    }

    [Fact, Pins("test-event-emitter-num-args")]
    public void A_listener_may_take_fewer_arguments_than_come_and_not_more()
    {
        _emitter.On("x", () => _seen.Add("none"));
        _emitter.On<int>("x", a => _seen.Add($"{a}"));
        _emitter.On<int, string>("y", (a, b) => _seen.Add($"{a}{b}"));
        _emitter.On<int>("y", a => _seen.Add($"{a}"));
        _emitter.On("y", () => _seen.Add("none"));
        _emitter.Emit("x", 1);
        _emitter.Emit("y", 2, "b");
        Assert.Equal("none 1 2b 2 none", Seen);
        Assert.Throws<InvalidCastException>(() => _emitter.Emit("y", 3));
    }

    [Fact, Pins("test-event-emitter-invalid-listener")]
    public void Without_a_listener_nothing_is_added()
    {
        Assert.Throws<ArgumentNullException>(() => _emitter.On("foo", (Action)null!));
        Assert.Throws<ArgumentNullException>(() => _emitter.Once("foo", (Action<int>)null!));
        Assert.Throws<ArgumentNullException>(() => _emitter.Off("foo", null!));
        Assert.Empty(_emitter.EventNames);
    }

    [Fact, Pins("test-events-list")]
    public void The_names_are_those_with_listeners_in_the_order_in_which_they_came()
    {
        void Listener() { }
        _emitter.On("foo", Listener);
        _emitter.On("bar", Listener);
        Assert.Equal(["foo", "bar"], _emitter.EventNames);
        _emitter.Off("foo", Listener);
        _emitter.On("foo", Listener);
        Assert.Equal(2, _emitter.EventNames.Count);
        _emitter.Off("bar", Listener);
        Assert.Equal(["foo"], _emitter.EventNames);
    }

    [Fact, Pins("test-events-uncaught-exception-stack")]
    public void An_error_thrown_by_an_emit_is_an_uncaught_exception_of_its_callback() => Assert.Equal("bad", Trace(log =>
    {
        Loop.Process.UncaughtException += e => log(e.Message);
        Immediate(() => new EventEmitter().Emit<Exception>("error", Bad()));
    }));

    [Fact, Pins("test-event-emitter-subclass")]
    public void A_derived_emitter_needs_nothing_more()
    {
        var derived = new Derived();
        derived.On("x", () => _seen.Add("x"));
        derived.Raise();
        Assert.Equal("x", Seen);
    }

    // Not one of Node's: the last event is kept at hand, and whatever changes the listeners must forget it.
    [Fact]
    public void Repeated_emits_see_every_change()
    {
        void A() => _seen.Add("a");
        _emitter.On("x", A);
        _emitter.Emit("x");
        _emitter.Once("x", () => _seen.Add("b"));
        _emitter.Emit("x");
        _emitter.Emit("x");
        _emitter.Off("x", A);
        Assert.False(_emitter.Emit("x"));
        _emitter.On("x", A);
        Assert.True(_emitter.Emit("x"));
        _emitter.RemoveAllListeners();
        Assert.False(_emitter.Emit("x"));
        Assert.Equal("a a b a a", Seen);
    }

    [Fact, Pins("test-event-capture-rejections")]
    public void A_captured_rejection_is_an_error_event_each_time() => Assert.Equal("after error:kaboom1 error:kaboom2", Trace(log =>
    {
        var emitter = new EventEmitter { CaptureRejections = true };
        foreach (var n in new[] { 1, 2 })
        {
            emitter.On("something", async () =>
            {
                await Promise.Resolve();
                throw Bad("kaboom" + n);
            });
        }

        emitter.On<Exception>("error", e => log("error:" + e.Message));
        emitter.Emit("something");
        log("after");
    }));

    // The near miss: the same without the option.
    [Fact]
    public void A_rejection_that_is_not_captured_is_unhandled() => Assert.Equal("unhandled:kaboom", Trace(log =>
    {
        Loop.Process.UnhandledRejection += (e, _) => log("unhandled:" + e.Message);
        var emitter = new EventEmitter();
        emitter.On("something", async () =>
        {
            await Promise.Resolve();
            throw Bad("kaboom");
        });
        emitter.On<Exception>("error", _ => log("never"));
        emitter.Emit("something");
    }));

    private sealed class Derived : EventEmitter
    {
        internal void Raise() => Emit("x");
    }
}
