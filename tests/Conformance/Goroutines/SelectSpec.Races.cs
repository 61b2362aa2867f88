using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>Selects that race with each other, with closing and with plain operations.</summary>
public sealed partial class SelectSpec
{
    // TestSelectStress: four channels, plain senders and receivers beside selects over all four
    [Pins("runtime.TestSelectStress")]
    [Fact]
    public void Selects_over_four_channels_beside_plain_operations_lose_nothing() => Runs(async () =>
    {
        const int count = 2_000;
        Chan<int>[] channels = [new(), new(), new(2), new(3)];
        var received = 0L;
        var group = new WaitGroup();
        foreach (var channel in channels)
        {
            group.Go(async () =>
            {
                for (var i = 1; i <= count; i++) await channel.SendAsync(i);
            });
            group.Go(async () =>
            {
                for (var i = 0; i < count; i++) Interlocked.Add(ref received, (await channel.ReceiveAsync()).Value);
            });
        }

        group.Go(async () =>
        {
            var select = new Select();
            var cases = channels.Select(channel => select.Send(channel, 1)).ToArray();
            var left = channels.Select(_ => count).ToArray();
            while (cases.Any(item => item.Target is not null))
            {
                var chosen = await select;
                cases[chosen].Value++;
                if (--left[chosen] == 0) cases[chosen].Target = null;
            }
        });
        group.Go(async () =>
        {
            var select = new Select();
            var cases = channels.Select(channel => select.Receive(channel)).ToArray();
            var left = channels.Select(_ => count).ToArray();
            while (cases.Any(item => item.Source is not null))
            {
                var chosen = await select;
                Interlocked.Add(ref received, cases[chosen].Value);
                if (--left[chosen] == 0) cases[chosen].Source = null;
            }
        });
        await group.WaitAsync();
        Assert.Equal(2L * channels.Length * count * (count + 1) / 2, received);
    });

    // TestSelectDuplicateChannel: "This test makes sure we can queue a G on the same channel multiple times."
    [Pins("runtime.TestSelectDuplicateChannel")]
    [Fact]
    public void The_same_channel_twice_in_a_select_leaves_other_waiters_intact() => Runs(async () =>
    {
        var (c, d, e) = (new Chan<int>(), new Chan<int>(), new Chan<int>());
        Go.Run(async () =>
        {
            var select = new Select();
            select.Receive(d);
            select.Receive(c);
            select.Receive(c);
            await select;
            await e.SendAsync(9);
        });
        await Go.SleepAsync(TimeSpan.FromMilliseconds(1)); // let it queue itself before the next one
        Go.Run(async () => await c.ReceiveAsync());
        await Go.SleepAsync(TimeSpan.FromMilliseconds(1));
        await d.SendAsync(7); // wakes the select
        await e.ReceiveAsync();
        await c.SendAsync(8); // wakes the second goroutine
    });

    // TestNonblockSelectRace: "verify that a select with default does not miss a ready channel while another one is closed"
    [Pins("runtime.TestNonblockSelectRace")]
    [Theory]
    [InlineData(5_000)]
    public void A_default_is_not_chosen_while_one_of_two_channels_is_ready(int rounds) => Runs(async () =>
    {
        for (var i = 0; i < rounds; i++)
        {
            var (c1, c2) = (new Chan<int>(1), new Chan<int>(1));
            var done = new Chan<bool>(1);
            await c1.SendAsync(1);
            Go.Run(async () =>
            {
                var select = new Select();
                select.Receive(c1);
                select.Receive(c2);
                var otherwise = select.Default();
                await done.SendAsync(await select != otherwise);
            });
            await c2.SendAsync(1);
            var first = new Select();
            first.Receive(c1);
            first.Default();
            await first;
            Assert.True((await done.ReceiveAsync()).Value, "the select missed a channel that was ready");
        }
    });

    // TestNonblockSelectRace2: the same with close instead of a send
    [Pins("runtime.TestNonblockSelectRace2")]
    [Theory]
    [InlineData(5_000)]
    public void A_default_is_not_chosen_while_a_channel_is_being_closed(int rounds) => Runs(async () =>
    {
        for (var i = 0; i < rounds; i++)
        {
            var (c1, c2) = (new Chan<int>(1), new Chan<int>());
            var done = new Chan<bool>(1);
            await c1.SendAsync(1);
            Go.Run(async () =>
            {
                var select = new Select();
                select.Receive(c1);
                select.Receive(c2);
                var otherwise = select.Default();
                await done.SendAsync(await select != otherwise);
            });
            c2.Close();
            var first = new Select();
            first.Receive(c1);
            first.Default();
            await first;
            Assert.True((await done.ReceiveAsync()).Value, "the select missed a channel that was ready");
        }
    });

    // doubleselect.go: "Test the situation in which two cases of a select can both end up running."
    [Pins("test/chan/doubleselect.go")]
    [Theory]
    [InlineData(20_000)]
    public void Two_cases_of_one_select_never_both_run(int rounds) => Runs(async () =>
    {
        Chan<int>[] channels = [new(), new(), new(), new()];
        var done = new Chan<bool>();
        var merged = new Chan<int>();
        Go.Run(async () =>
        {
            var select = new Select();
            var cases = channels.Select(channel => select.Send(channel, 0)).ToArray();
            for (var i = 0; i < rounds; i++)
            {
                foreach (var item in cases) item.Value = i;
                await select;
            }

            foreach (var channel in channels) channel.Close();
        });
        foreach (var channel in channels)
        {
            Go.Run(async () =>
            {
                await foreach (var value in channel) await merged.SendAsync(value);
                await done.SendAsync(true);
            });
        }

        Go.Run(async () =>
        {
            for (var i = 0; i < channels.Length; i++) await done.ReceiveAsync();
            merged.Close();
        });
        var seen = new HashSet<int>();
        await foreach (var value in merged) Assert.True(seen.Add(value), $"{value} was sent twice");
        Assert.Equal(rounds, seen.Count);
    });

    // select6.go: "a losing case, last in the wait queue, must be removed without corrupting the queue"
    [Pins("test/chan/select6.go")]
    [Fact]
    public void A_losing_case_at_the_end_of_a_queue_is_removed_cleanly() => Runs(async () =>
    {
        var (c1, c2) = (new Chan<bool>(), new Chan<bool>());
        var (c3, c4) = (new Chan<bool>(), new Chan<bool>());
        Go.Run(async () => await c1.ReceiveAsync());
        Go.Run(async () =>
        {
            var select = new Select();
            select.Receive(c1);
            select.Receive(c2);
            Assert.Equal(1, await select);
            await c3.SendAsync(true);
        });
        Go.Run(async () => await c2.SendAsync(true));
        await c3.ReceiveAsync();
        Go.Run(async () =>
        {
            await c1.ReceiveAsync();
            await c4.SendAsync(true);
        });
        await c1.SendAsync(true);
        await c1.SendAsync(true);
        await c4.ReceiveAsync();
    });

    // select7.go: receives whose value is discarded, with and without ok
    [Pins("test/chan/select7.go")]
    [Fact]
    public void Discarded_values_are_received_all_the_same() => Runs(async () =>
    {
        foreach (var sender in new Func<Chan<int>, GoTask>[] { Plain, Selected })
        {
            var channel = new Chan<int>();
            Go.Run(sender, channel);
            var select = new Select();
            select.Receive(channel);
            Assert.Equal(0, await select);
            await channel.ReceiveAsync();
        }

        static async GoTask Plain(Chan<int> channel)
        {
            for (var i = 0; i < 2; i++) await channel.SendAsync(i);
        }

        static async GoTask Selected(Chan<int> channel)
        {
            var select = new Select();
            select.Send(channel, 1);
            for (var i = 0; i < 2; i++) await select;
        }
    });

    // select2.go: "Test that selects do not consume undue memory."
    [Pins("test/chan/select2.go")]
    [Fact]
    public void A_round_of_a_select_allocates_nothing() => Runs(async () =>
    {
        var (a, b) = (new Chan<int>(1), new Chan<int>(1));
        var select = new Select();
        select.Receive(a);
        select.Receive(b);
        Go.LockThread(); // allocations are counted by thread

        // Code that the compiler has not optimised yet may box: it takes as many batches as it takes, but then a whole one is free.
        var allocated = long.MaxValue;
        for (var batch = 0; batch < 2_000 && allocated > 0; batch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
            {
                a.TrySend(i);
                await select;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }, maxProcs: 1, slices: false); // to give way from a thread of one's own starts another thread, which allocates

    // nonblock.go: default on every operation, before and after a partner waits
    [Pins("test/chan/nonblock.go")]
    [Fact]
    public void Non_blocking_operations_succeed_exactly_when_a_partner_waits() => Runs(async () =>
    {
        var channel = new Chan<string>();
        Assert.False(channel.TryReceive(out _));
        Assert.False(channel.TrySend("nobody"));
        var got = new Chan<string>(1);
        Go.Run(async () => got.TrySend((await channel.ReceiveAsync()).Value));
        while (!channel.TrySend("taken")) await Go.Yield();
        Assert.Equal("taken", (await got.ReceiveAsync()).Value);
        Go.Run(async () => await channel.SendAsync("given"));
        Received<string> received;
        while (!channel.TryReceive(out received)) await Go.Yield();
        Assert.Equal(new Received<string>("given", true), received);
    }, maxProcs: 1);

    // "For all the cases in the statement, the channel operands … are evaluated exactly once, in source order" (select5.go)
    [Pins("test/chan/select5.go")]
    [Fact]
    public void Operands_are_evaluated_once_and_in_order() => Runs(async () =>
    {
        List<string> order = [];
        await Select
            .Case(Note("c1", new Chan<int>()), _ => order.Add("received"))
            .Case(Note("c2", new Chan<int>(1)), Note("v2", 2), () => order.Add("sent"))
            .Case(Note("c3", new Chan<int>()), (_, _) => order.Add("received"));
        Assert.Equal(["c1", "c2", "v2", "c3", "sent"], order);

        T Note<T>(string name, T value)
        {
            order.Add(name);
            return value;
        }
    });
}
