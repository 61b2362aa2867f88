using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>What every channel owes its users, whatever its capacity: the language specification and runtime/chan_test.go.</summary>
public abstract class ChannelSpec(int capacity)
{
    private const int Values = 1_000;

    private Chan<int> Make() => new(capacity);

    // "Channels act as first-in-first-out queues."
    [Fact]
    public void Values_arrive_in_the_order_they_were_sent() => Runs(async () =>
    {
        var channel = Make();
        Go.Run(async () =>
        {
            for (var i = 0; i < Values; i++) await channel.SendAsync(i);
        });
        for (var i = 0; i < Values; i++) Assert.Equal(new Received<int>(i, Ok: true), await channel.ReceiveAsync());
    });

    // TestChan: "Ensure that receive from empty chan blocks."
    [Pins("runtime.TestChan")]
    [Fact]
    public void A_receive_from_an_empty_channel_waits() => Assert.Single(Deadlocks(async () => await Make().ReceiveAsync()));

    // TestChan: "Ensure that non-blocking receive does not block."
    [Pins("runtime.TestChan")]
    [Fact]
    public void A_non_blocking_receive_from_an_empty_channel_fails() => Runs(async () =>
    {
        Assert.False(Make().TryReceive(out _));
        await Go.Yield();
    });

    // TestChan: "Ensure that send to full chan blocks."
    [Pins("runtime.TestChan")]
    [Fact]
    public void A_send_to_a_full_channel_waits() => Assert.Single(Deadlocks(async () =>
    {
        var channel = Make();
        for (var i = 0; i < capacity; i++) await channel.SendAsync(i);
        await channel.SendAsync(capacity);
    }));

    // TestChan: "Ensure that non-blocking send does not block."
    [Pins("runtime.TestChan")]
    [Fact]
    public void A_non_blocking_send_to_a_full_channel_fails() => Runs(async () =>
    {
        var channel = Make();
        for (var i = 0; i < capacity; i++) Assert.True(channel.TrySend(i));
        Assert.False(channel.TrySend(capacity));
        await Go.Yield();
    });

    // "The number of elements queued in the channel buffer": len; "channel buffer capacity": cap.
    [Fact]
    public void Count_and_Capacity_are_those_of_the_buffer() => Runs(async () =>
    {
        var channel = Make();
        Assert.Equal((0, capacity), (channel.Count, channel.Capacity));
        for (var i = 0; i < capacity; i++) await channel.SendAsync(i);
        Assert.Equal(capacity, channel.Count);
    });

    // TestChan: "Ensure that we receive 0 from closed chan." / "a receive operation on a closed channel can always proceed immediately,
    // yielding the element type's zero value after any previously sent values have been received"
    [Pins("runtime.TestChan")]
    [Fact]
    public void A_closed_channel_gives_what_was_sent_and_then_zero_values() => Runs(async () =>
    {
        var channel = Make();
        for (var i = 0; i < capacity; i++) await channel.SendAsync(i + 1);
        channel.Close();
        for (var i = 0; i < capacity; i++) Assert.Equal(new Received<int>(i + 1, Ok: true), await channel.ReceiveAsync());
        for (var i = 0; i < 3; i++) Assert.Equal(default, await channel.ReceiveAsync());
        Assert.True(channel.TryReceive(out var end));
        Assert.False(end.Ok);
    });

    // TestChan: "Ensure that close unblocks receive."
    [Pins("runtime.TestChan")]
    [Fact]
    public void Close_wakes_a_receiver_that_waits() => Runs(async () =>
    {
        var channel = Make();
        var done = new Chan<bool>();
        Go.Run(async () => await done.SendAsync((await channel.ReceiveAsync()).Ok));
        await Go.Yield();
        channel.Close();
        Assert.Equal(new Received<bool>(false, true), await done.ReceiveAsync());
    });

    // "Sending to or closing a closed channel causes a run-time panic."
    [Fact]
    public void Sending_to_and_closing_a_closed_channel_panics() => Runs(async () =>
    {
        var channel = Make();
        channel.Close();
        Assert.Equal("send on closed channel", await Panics(async () => await channel.SendAsync(1)));
        Assert.Equal("send on closed channel", Assert.Throws<ChanClosedException>(() => channel.TrySend(1)).Message);
        Assert.Equal("close of closed channel", Assert.Throws<ChanClosedException>(channel.Close).Message);
    });

    // runtime/chan.go, closechan: "release all writers (they will panic)"
    [Fact]
    public void Close_makes_a_sender_that_waits_panic() => Runs(async () =>
    {
        var channel = Make();
        for (var i = 0; i < capacity; i++) await channel.SendAsync(i);
        var told = new Chan<string>();
        Go.Run(async () => await told.SendAsync(await Panics(async () => await channel.SendAsync(7))));
        await Go.Yield();
        channel.Close();
        Assert.Equal("send on closed channel", (await told.ReceiveAsync()).Value);
    });

    // "For channels, the iteration values produced are the successive values sent on the channel until the channel is closed."
    [Fact]
    public void Range_ends_when_the_channel_is_closed_and_drained() => Runs(async () =>
    {
        var channel = Make();
        Go.Run(async () =>
        {
            for (var i = 1; i <= Values; i++) await channel.SendAsync(i);
            channel.Close();
        });
        var expected = 0;
        await foreach (var value in channel) Assert.Equal(++expected, value);
        Assert.Equal(Values, expected);
    });

    // TestMultiConsumer: "pile up work, read it back, and check the sum"
    [Pins("runtime.TestMultiConsumer")]
    [Fact]
    public void Many_consumers_get_every_value_once() => Runs(async () =>
    {
        const int workers = 23;
        var input = Make();
        var output = Make();
        var group = new Chan<Unit>(workers);
        for (var i = 0; i < workers; i++)
        {
            Go.Run(async () =>
            {
                await foreach (var value in input)
                {
                    if (value % 3 == 0) await Go.Yield(); // mess with the order a bit
                    await output.SendAsync(value);
                }

                await group.SendAsync(default);
            });
        }

        var sum = 0L;
        Go.Run(async () =>
        {
            for (var i = 0; i < Values; i++) await input.SendAsync(i);
            input.Close();
            for (var i = 0; i < workers; i++) await group.ReceiveAsync();
            output.Close();
        });
        await foreach (var value in output) sum += value;
        Assert.Equal(Values * (Values - 1L) / 2, sum);
    });
}
