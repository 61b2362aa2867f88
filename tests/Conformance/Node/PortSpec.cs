using Quintet.Node;

namespace Quintet.Tests.Conformance.Node;

/// <summary>Message ports and broadcast channels. Rules from test-worker-message-port-* and test-worker-broadcastchannel.</summary>
public sealed class PortSpec : NodeSpec
{
    [Fact, Pins("test-worker-message-channel", "test-worker-message-port")]
    public void Messages_come_in_their_order_each_with_its_ticks() =>
        Assert.Equal("1 tick1 2 tick2 closed", TraceReal(log => _ = Exchange(log)));

    // The end that nobody listens to holds nothing: without something else that does, the loop is over before it is told.
    [Fact, Pins("test-worker-message-channel")]
    public void Both_ends_are_told_of_the_close_while_something_holds_the_loop() =>
        Assert.Equal("1 tick1 2 tick2 closed closed", TraceReal(log =>
        {
            var held = NodeLoop.Current.SetTimeout(() => { }, 60_000);
            Exchange(log).On("close", held.Close);
        }));

    [Fact, Pins("test-worker-message-port-close")]
    public void A_closed_port_may_be_used_without_harm() => Assert.Equal("closed", TraceReal(log =>
    {
        static void Nothing() { }
        var channel = new MessageChannel();
        channel.Port1.Close(() => log("closed"));
        channel.Port1.On("message", Nothing);
        channel.Port1.Off("message", Nothing);
        channel.Port2.On("message", Nothing);
        channel.Port2.Off("message", Nothing);
        channel.Port1.PostMessage("lost");
        var other = new MessageChannel();
        other.Port1.On("message", () => log("never"));
        other.Port2.Close();
        other.Port2.PostMessage("lost");
    }));

    [Fact, Pins("test-worker-message-port-close-while-receiving")]
    public void What_had_come_before_the_close_is_still_told() => Assert.Equal("foo bar", TraceReal(log =>
    {
        var channel = new MessageChannel();
        channel.Port1.On<string>("message", m =>
        {
            log(m);
            channel.Port1.Close();
        });
        channel.Port2.PostMessage("foo");
        channel.Port2.PostMessage("bar");
    }));

    [Fact, Pins("test-worker-message-port-receive-message")]
    public void A_message_can_be_taken_without_an_event() => Assert.Equal("", TraceReal(log =>
    {
        var channel = new MessageChannel();
        Assert.False(channel.Port2.TryReceive<string>(out _));
        channel.Port1.PostMessage("one");
        channel.Port1.PostMessage("two");
        Assert.True(channel.Port2.TryReceive<string>(out var message) && message == "one");
        Assert.True(channel.Port2.TryReceive<string>(out message) && message == "two");
        Assert.False(channel.Port2.TryReceive<string>(out _));
        channel.Port2.On("message", () => log("never"));
        channel.Port1.PostMessage("three");
        Assert.True(channel.Port2.TryReceive<string>(out message) && message == "three");
        channel.Port1.Close();
    }));

    [Fact, Pins("test-worker-message-port-infinite-message-loop")]
    public void Messages_without_end_do_not_starve_the_timers() => Assert.Equal("timer", TraceReal(log =>
    {
        var channel = new MessageChannel();
        var count = 0;
        channel.Port1.On("message", () =>
        {
            if (count++ == 0)
            {
                After(0, () =>
                {
                    log("timer");
                    channel.Port1.Close();
                });
            }

            channel.Port2.PostMessage(0);
        });
        channel.Port2.PostMessage(0);
    }));

    [Fact, Pins("test-worker-message-port-transfer-self", "test-worker-message-port-transfer-duplicate",
        "test-worker-message-port-transfer-closed")]
    public void What_cannot_be_handed_over_takes_nothing_from_the_sender() => Assert.Equal("2", TraceReal(log =>
    {
        var channel = new MessageChannel();
        var other = new MessageChannel();
        var closed = new MessageChannel();
        closed.Port1.Close();
        void Refused(string words, params object[] transfer) => Assert.Contains(
            words, Assert.Throws<DataCloneException>(() => channel.Port1.PostMessage<string?>(null, transfer)).Message);
        Refused("source port", channel.Port1);
        Refused("duplicate MessagePort", other.Port1, other.Port1);
        Refused("already detached", other.Port1, closed.Port1);
        // The other end is closed a turn later: until then it can be handed over.
        closed.Port2.On("close", () => Refused("already detached", closed.Port2));
        Assert.Throws<DataCloneException>(() => channel.Port1.PostMessage(other.Port1));
        channel.Port2.On<int>("message", n =>
        {
            log(n.ToString());
            channel.Port2.Close();
        });
        channel.Port1.PostMessage(2);
        other.Port1.Close();
    }));

    [Fact, Pins("test-worker-message-port-transfer-target")]
    public void A_port_that_is_sent_to_itself_is_lost_with_a_warning() => Assert.Equal("Warning", TraceReal(log =>
    {
        Loop.Process.Warning += w => log(w.Name);
        var channel = new MessageChannel();
        channel.Port2.On("message", () => log("never"));
        channel.Port2.PostMessage<string?>(null, channel.Port1);
    }));

    [Fact, Pins("test-worker-message-port-message-port-transferring")]
    public void A_port_that_was_handed_over_brings_what_waited_in_it() => Assert.Equal("early late", TraceReal(log =>
    {
        var carrier = new MessageChannel();
        var channel = new MessageChannel();
        channel.Port1.PostMessage("early");
        carrier.Port2.On<MessagePort>("message", port =>
        {
            Assert.NotSame(channel.Port2, port);
            port.On<string>("message", m =>
            {
                log(m);
                if (m != "late") return;
                port.Close();
                carrier.Port2.Close();
            });
            channel.Port1.PostMessage("late");
        });
        carrier.Port1.PostMessage(channel.Port2, channel.Port2);
    }));

    [Fact, Pins("test-worker-message-port-arraybuffer")]
    public void Bytes_are_copied_unless_they_are_handed_over() => Assert.Equal("False True", TraceReal(log =>
    {
        var channel = new MessageChannel();
        var bytes = new byte[] { 1, 2, 3 };
        var count = 0;
        channel.Port2.On<byte[]>("message", got =>
        {
            Assert.Equal([1, 2, 3], got);
            log(ReferenceEquals(got, bytes).ToString());
            if (++count == 2) channel.Port1.Close();
        });
        channel.Port1.PostMessage(bytes);
        channel.Port1.PostMessage(bytes, bytes);
    }));

    [Fact, Pins("test-worker-messageport-hasref", "test-messageport-hasref")]
    public void A_port_holds_its_loop_while_somebody_listens() => Assert.Equal("False True False True", TraceReal(log =>
    {
        static void Nothing() { }
        var port = new MessageChannel().Port1;
        log(port.HasRef.ToString());
        port.On("message", Nothing);
        log(port.HasRef.ToString());
        port.Unref();
        log(port.HasRef.ToString());
        port.Ref();
        log(port.HasRef.ToString());
        port.Close();
    }));

    [Fact, Pins("test-worker-message-not-serializable", "test-worker-message-type-unknown")]
    public void Copies_keep_cycles_and_shared_parts_and_refuse_functions() => TraceReal(_ =>
    {
        var knot = new Knot { Name = "a" };
        knot.Other = knot;
        var copy = StructuredClone.Of(knot);
        Assert.NotSame(knot, copy);
        Assert.Same(copy, copy.Other);
        Assert.Throws<DataCloneException>(() => StructuredClone.Of<object>(() => { }));
    });

    [Fact, Pins("test-worker-broadcastchannel")]
    public void A_broadcast_goes_to_all_others_of_the_name() => Assert.Equal("1:hello 3:hello", TraceReal(log =>
    {
        var name = "channel" + Guid.NewGuid();
        var first = new BroadcastChannel(name);
        var second = new BroadcastChannel(name);
        var third = new BroadcastChannel(name);
        var foreign = new BroadcastChannel(name + "x");
        Assert.Equal(name, first.Name);
        first.On<string>("message", m =>
        {
            log("1:" + m);
            first.Close();
            second.Close();
            foreign.Close();
        });
        third.On<string>("message", m =>
        {
            log("3:" + m);
            third.Close();
        });
        second.On("message", () => log("never"));
        foreign.On("message", () => log("never"));
        second.PostMessage("hello");
    }));

    [Fact, Pins("test-worker-broadcastchannel")]
    public void A_closed_channel_refuses_and_hears_nothing() => Assert.Equal("end", TraceReal(log =>
    {
        var name = "closed" + Guid.NewGuid();
        var closed = new BroadcastChannel(name);
        var open = new BroadcastChannel(name);
        closed.On("message", () => log("never"));
        open.PostMessage("x");
        closed.Close();
        closed.Close();
        Assert.Throws<InvalidOperationException>(() => closed.PostMessage("x"));
        open.Unref();
        log("end");
    }));

    [Fact, Pins("test-worker-broadcastchannel")]
    public void A_broadcast_reaches_a_worker_and_back()
    {
        // They come through two ports, of which nobody says who is read first.
        Assert.Equal(["ping", "pong"], TraceReal(Broadcast).Split(' ').Order());
    }

    private static void Broadcast(Action<string> log)
    {
        var name = "workers" + Guid.NewGuid();
        var channel = new BroadcastChannel(name);
        channel.On<string>("message", m =>
        {
            log(m);
            channel.Close();
        });
        var w = Worker.Start(name, copy =>
        {
            var inside = new BroadcastChannel(copy);
            inside.On<string>("message", m =>
            {
                Worker.ParentPort!.PostMessage(m);
                inside.PostMessage("pong");
                inside.Close();
            });
            Worker.ParentPort!.PostMessage("ready");
        });
        w.On<string>("message", m =>
        {
            if (m == "ready") channel.PostMessage("ping");
            else log(m);
        });
    }

    public sealed class Knot
    {
        public string? Name { get; set; }

        public Knot? Other { get; set; }
    }

    /// <returns>The end that only sends.</returns>
    private static MessagePort Exchange(Action<string> log)
    {
        var channel = new MessageChannel();
        channel.Port2.On<int>("message", n =>
        {
            log(n.ToString());
            Tick(() => log("tick" + n));
            if (n == 2) channel.Port2.Close();
        });
        channel.Port1.On("close", () => log("closed"));
        channel.Port2.On("close", () => log("closed"));
        channel.Port1.PostMessage(1);
        channel.Port1.PostMessage(2);
        return channel.Port1;
    }
}
