using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>
/// The select statement: the language specification, test/chan/{select,select2,select3,select4,select6,select7,doubleselect,nonblock}.go
/// and
/// runtime/chan_test.go.
/// </summary>
public sealed partial class SelectSpec
{
    // select3.go: "sending/receiving to/from a nil channel blocks"
    [Pins("test/chan/select3.go")]
    [Fact]
    public void Sends_to_and_receives_from_the_nil_channel_wait_for_ever()
    {
        Deadlocks(async () => await Chan<int>.Nil.SendAsync(7));
        Deadlocks(async () => await Chan<int>.Nil.ReceiveAsync());
    }

    // select3.go: "sending/receiving to/from a nil channel inside a select is never selected"
    [Pins("test/chan/select3.go")]
    [Fact]
    public void A_nil_channel_is_never_selected() => Runs(async () =>
    {
        var select = new Select();
        select.Send(Chan<int>.Nil, 7);
        select.Receive<int>(null);
        var otherwise = select.Default();
        for (var i = 0; i < 100; i++) Assert.Equal(otherwise, await select);
    });

    // select3.go: "sending to a closed channel panics" (in a select too)
    [Pins("test/chan/select3.go")]
    [Fact]
    public void A_selected_send_to_a_closed_channel_panics() => Runs(async () =>
    {
        var closed = new Chan<int>();
        closed.Close();
        var select = new Select();
        select.Send(closed, 7);
        Assert.Equal("send on closed channel", await Panics(async () => await select));
        select.Default();
        Assert.Equal("send on closed channel", await Panics(async () => await select));
    });

    // select3.go: "receiving from a closed channel never blocks"
    [Pins("test/chan/select3.go")]
    [Fact]
    public void A_receive_from_a_closed_channel_is_always_ready() => Runs(async () =>
    {
        var closed = new Chan<int>();
        closed.Close();
        var select = new Select();
        var received = select.Receive(closed);
        select.Default();
        for (var i = 0; i < 10; i++) Assert.Equal((received.Index, 0, false), (await select, received.Value, received.Ok));
    });

    // select3.go: "empty selects always block"; "a select statement with no cases blocks forever"
    [Pins("test/chan/select3.go")]
    [Fact]
    public void An_empty_select_waits_for_ever() => Deadlocks(async () => await new Select());

    // select3.go: "selects with only nil channels always block"
    [Pins("test/chan/select3.go")]
    [Fact]
    public void A_select_of_nil_channels_waits_for_ever() => Deadlocks(async () =>
    {
        var select = new Select();
        select.Receive(Chan<int>.Nil);
        select.Send(Chan<int>.Nil, 7);
        await select;
    });

    // select3.go: "selects with non-ready non-nil channels always block"
    [Pins("test/chan/select3.go")]
    [Fact]
    public void A_select_of_channels_that_are_not_ready_waits_for_ever() => Assert.Single(Deadlocks(async () =>
    {
        var select = new Select();
        select.Receive(new Chan<int>());
        await select;
    }));

    // select3.go: "selects with default cases don't block"
    [Pins("test/chan/select3.go")]
    [Fact]
    public void A_select_with_only_a_default_chooses_it() => Runs(async () =>
    {
        var select = new Select();
        var otherwise = select.Default();
        Assert.Equal(otherwise, await select);
    });

    // select3.go: "selects with ready channels don't block", buffered both ways
    [Pins("test/chan/select3.go")]
    [Fact]
    public void A_select_with_a_ready_channel_proceeds() => Runs(async () =>
    {
        var channel = new Chan<int>(5);
        var select = new Select();
        var sent = select.Send(channel, 7);
        Assert.Equal(sent.Index, await select);
        var other = new Select();
        var received = other.Receive(channel);
        Assert.Equal((received.Index, 7), (await other, received.Value));
    });

    // select3.go: "selects with closed channels behave like ordinary operations"; "sending to self: select sees itself" must block
    [Pins("test/chan/select3.go")]
    [Fact]
    public void A_select_does_not_receive_what_it_sends_itself() => Deadlocks(async () =>
    {
        var channel = new Chan<int>();
        var select = new Select();
        select.Receive(channel);
        select.Send(channel, 7);
        await select;
    });

    // TestSelectFairness: four cases, two of them always ready; "make sure that both are chosen about equally often"
    [Pins("runtime.TestSelectFairness")]
    [Fact]
    public void Ready_cases_are_chosen_with_equal_chance() => Runs(async () =>
    {
        const int trials = 10_000;
        var (one, two) = (new Chan<byte>(trials + 1), new Chan<byte>(trials + 1));
        for (var i = 0; i < trials + 1; i++)
        {
            await one.SendAsync(1);
            await two.SendAsync(2);
        }

        var select = new Select();
        var first = select.Receive(one);
        var second = select.Receive(two);
        select.Receive(new Chan<byte>());
        select.Receive(new Chan<byte>());
        var counts = new int[4];
        for (var i = 0; i < trials; i++) counts[await select]++;

        // The bound of the original: ten standard deviations around a half.
        Assert.InRange(counts[first.Index] / (double)trials, 0.45, 0.55);
        Assert.Equal(trials, counts[first.Index] + counts[second.Index]);
    });

    // TestPseudoRandomSend: "both send branches must be taken"
    [Pins("runtime.TestPseudoRandomSend")]
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Both_sends_on_one_channel_are_taken(int capacity) => Runs(async () =>
    {
        const int count = 100;
        var channel = new Chan<int>(capacity);
        var zeros = 0;
        var done = new WaitGroup();
        done.Go(async () =>
        {
            for (var i = 0; i < count; i++)
            {
                await Go.Yield();
                if ((await channel.ReceiveAsync()).Value == 0) zeros++;
            }
        });
        var select = new Select();
        select.Send(channel, 0);
        select.Send(channel, 1);
        for (var i = 0; i < count; i++) await select;
        await done.WaitAsync();
        Assert.InRange(zeros, 10, 90);
    });

    // TestSelfSelect: two goroutines select send and receive on the same channel; nobody receives their own value
    [Pins("runtime.TestSelfSelect")]
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void Two_selects_exchange_values_and_nobody_meets_themselves(int capacity) => Runs(async () =>
    {
        var channel = new Chan<int>(capacity);
        var group = new WaitGroup();
        for (var p = 0; p < 2; p++)
        {
            var self = p;
            group.Go(async () =>
            {
                var select = new Select();
                select.Send(channel, self);
                var received = select.Receive(channel);
                for (var i = 0; i < 1_000; i++)
                {
                    if (await select == received.Index && capacity == 0) Assert.NotEqual(self, received.Value);
                }
            });
        }

        await group.WaitAsync();
    });
}
