using System.Runtime.CompilerServices;
using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>The programs of test/ and test/chan that use channels as programs do, and the rest of runtime/chan_test.go.</summary>
public sealed class ChannelProgramsSpec
{
    private static readonly int[] Primes =
        [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97];

    // A goroutine's turn comes with its predecessor's word, so the values of the common channel are taken in the order of the chain.
    [Pins("test/chan/fifo.go")]
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void A_chain_of_receivers_gets_the_values_in_the_order_of_its_links(int capacity) => Runs(async () =>
    {
        const int n = 10;
        var values = new Chan<int>(capacity);
        var first = new Chan<int>();
        var before = first;
        for (var i = 0; i < n; i++)
        {
            var after = new Chan<int>();
            Go.Run(Link(i, values, before, after));
            before = after;
        }

        Go.Run(async () => await first.SendAsync(0));
        for (var i = 0; i < n; i++) await values.SendAsync(i);
        Assert.Equal(1, (await before.ReceiveAsync()).Value);

        static async GoTask Link(int value, Chan<int> values, Chan<int> before, Chan<int> after)
        {
            await before.ReceiveAsync();
            Assert.Equal(value, (await values.ReceiveAsync()).Value);
            await after.SendAsync(1);
        }
    });

    // One counter is sent to two channels and counts what was received from two: each case has its effect once, nil disables a case.
    [Pins("test/chan/select.go")]
    [Fact]
    public void Nil_takes_the_cases_of_a_select_away_one_by_one() => Runs(async () =>
    {
        var (a, b) = (new Chan<int>(1), new Chan<int>(1));
        var (sent, shift) = (0, 0);
        var select = new Select();
        var toA = select.Send(a, 0);
        var toB = select.Send(b, 0);
        var fromA = select.Receive(a);
        var fromB = select.Receive(b);
        List<int> received = [];
        while (received.Count < 20)
        {
            toA.Target = sent < 20 && (shift & 1) == 0 ? a : null;
            toB.Target = sent < 20 && (shift & 1) != 0 ? b : null;
            (toA.Value, toB.Value) = (sent, sent);
            fromA.Source = a;
            fromB.Source = b;
            var chosen = await select;
            if (chosen == toA.Index || chosen == toB.Index)
            {
                sent++;
                shift++;
            }
            else
            {
                received.Add(chosen == fromA.Index ? fromA.Value : fromB.Value);
            }
        }

        Assert.Equal(20, sent);
        Assert.Equal(Enumerable.Range(0, 20), received.Order());
    });

    // The receiving side's destination is used when its case was chosen and not otherwise.
    [Pins("test/chan/select4.go")]
    [Fact]
    public void A_case_that_is_not_chosen_has_no_effect() => Runs(async () =>
    {
        var (ready, silent) = (new Chan<int>(1), new Chan<int>());
        await ready.SendAsync(42);
        List<int> got = [];
        await Select.Case(silent, _ => Assert.Fail("nobody sent")).Case(ready, got.Add);
        Assert.Equal([42], got);
    });

    // len, cap, and the sizes that make refuses.
    [Pins("test/chancap.go")]
    [Fact]
    public void Count_grows_with_what_is_queued_and_Capacity_stays() => Runs(async () =>
    {
        var channel = new Chan<int>(10);
        Assert.Equal((0, 10), (channel.Count, channel.Capacity));
        for (var i = 0; i < 3; i++) await channel.SendAsync(i);
        Assert.Equal((3, 10), (channel.Count, channel.Capacity));
        Assert.Equal((0, 0), (new Chan<int>().Count, new Chan<int>().Capacity));
        foreach (var size in new[] { -1, int.MinValue })
        {
            Assert.StartsWith("makechan: size out of range", Assert.Throws<ArgumentOutOfRangeException>(() => new Chan<int>(size)).Message);
        }
    });

    // Each way of receiving tells the same about values and the end; no way of sending gets past it.
    [Pins("test/closedchan.go")]
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Every_form_of_receive_sees_the_end_of_a_closed_channel(int capacity) => Runs(async () =>
    {
        var channel = new Chan<int>(capacity);
        for (var i = 0; i < capacity; i++) await channel.SendAsync(i + 1);
        channel.Close();
        for (var i = 0; i < capacity; i++) Assert.Equal(new Received<int>(i + 1, true), channel.Receive());
        var select = new Select();
        var chosen = select.Receive(channel);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(default, await channel.ReceiveAsync());
            Assert.Equal(default, channel.Receive());
            Assert.True(channel.TryReceive(out var tried) && tried == default);
            Assert.Equal((chosen.Index, 0, false), (await select, chosen.Value, chosen.Ok));
        }

        Assert.Throws<ChanClosedException>(() => channel.Send(1));
        Assert.Throws<ChanClosedException>(() => channel.TrySend(1));
        var send = new Select();
        send.Send(channel, 1);
        Assert.Equal("send on closed channel", await Panics(async () => await send));
    });

    // The channel expression of a range is evaluated once, and the loop ends with the channel.
    [Pins("test/range.go")]
    [Fact]
    public void A_range_evaluates_its_channel_once() => Runs(async () =>
    {
        var asked = 0;
        List<int> seen = [];
        await foreach (var value in Source()) seen.Add(value);
        Assert.Equal((1, 26), (asked, seen.Count));
        Assert.Equal(Enumerable.Range('a', 26), seen);

        Chan<int> Source()
        {
            asked++;
            var letters = new Chan<int>();
            Go.Run(async () =>
            {
                for (var letter = 'a'; letter <= 'z'; letter++) await letters.SendAsync(letter);
                letters.Close();
            });
            return letters;
        }
    });

    // Ten producers of their own numbers and one consumer over one channel: nothing lost, nothing twice, each producer's order kept.
    [Pins("test/ken/chan.go", "test/ken/chan1.go")]
    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void Each_producer_s_values_arrive_once_and_in_its_order(int capacity) => Runs(async () =>
    {
        const int producers = 10;
        const int each = 200;
        var channel = new Chan<(int Producer, int Number)>(capacity);
        for (var p = 0; p < producers; p++) Go.Run(Produce(p));
        var next = new int[producers];
        for (var i = 0; i < producers * each; i++)
        {
            var (producer, number) = (await channel.ReceiveAsync()).Value;
            Assert.Equal(next[producer]++, number);
        }

        Assert.All(next, count => Assert.Equal(each, count));

        async GoTask Produce(int producer)
        {
            for (var i = 0; i < each; i++) await channel.SendAsync((producer, i));
        }
    });

    // Multiples of the primes found so far are merged in a heap of channels; what is missing among them is prime.
    [Pins("test/chan/sieve2.go")]
    [Fact]
    public void The_sieve_that_merges_multiples_finds_the_primes() => Runs(async () =>
    {
        var heads = new PriorityQueue<Chan<int>, int>();
        List<int> found = [];
        for (var candidate = 2; found.Count < Primes.Length; candidate++)
        {
            var composite = false;
            while (heads.TryPeek(out var multiples, out var head) && head <= candidate)
            {
                composite |= head == candidate;
                heads.DequeueEnqueue(multiples, (await multiples.ReceiveAsync()).Value);
            }

            if (composite) continue;
            found.Add(candidate);
            var own = new Chan<int>(10);
            Go.Run(Multiples(candidate, own));
            heads.Enqueue(own, (await own.ReceiveAsync()).Value);
        }

        Assert.Equal(Primes, found);

        static async GoTask Multiples(int prime, ISendChan<int> target)
        {
            for (var multiple = prime * prime; ; multiple += prime) await target.SendAsync(multiple);
        }
    });

    // A receive that does not block must succeed on a channel that has a value or is closed, whatever another goroutine does to it.
    [Pins("runtime.TestNonblockRecvRace")]
    [Fact]
    public void A_non_blocking_receive_beside_a_close_gets_the_value_or_the_end() => Runs(async () =>
    {
        for (var i = 0; i < 5_000; i++)
        {
            var channel = new Chan<int>(1);
            var missed = new Chan<bool>(1);
            await channel.SendAsync(1);
            Go.Run(async () => await missed.SendAsync(!channel.TryReceive(out _)));
            channel.Close();
            await channel.ReceiveAsync();
            Assert.False((await missed.ReceiveAsync()).Value);
        }
    });

    // Values of any type pass through a channel of their base, by plain sends and by selects.
    [Pins("runtime.TestChanSendInterface")]
    [Fact]
    public void Values_of_many_types_pass_through_a_channel_of_objects() => Runs(async () =>
    {
        var channel = new Chan<object>(3);
        await channel.SendAsync(1);
        await Select.Case(channel, "two").Default(() => Assert.Fail("there was room"));
        await Select.Case(channel, (3, 3)).Case(channel, (3, 3));
        channel.Close();
        List<object> got = [];
        await foreach (var value in channel) got.Add(value);
        Assert.Equal([1, "two", (3, 3)], got);
    });

    // What only a channel, a parked sender or a waiting select knows is kept from the collector.
    [Pins("runtime.TestChanSendBarrier", "runtime.TestChanSendSelectBarrier")]
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void What_only_a_channel_knows_is_not_collected(int capacity) => Runs(async () =>
    {
        var channel = new Chan<byte[]>(capacity);
        Send(channel);
        Go.Run(async () =>
        {
            var select = new Select();
            select.Send(channel, [9]);
            await select;
        });
        for (var i = 0; i < 5; i++)
        {
            await Go.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        var sum = 0;
        for (var i = 0; i < 5; i++) sum += (await channel.ReceiveAsync()).Value[0];
        Assert.Equal(1 + 2 + 3 + 4 + 9, sum);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Send(Chan<byte[]> channel)
        {
            foreach (var value in new byte[][] { [1], [2], [3], [4] }) Go.Run(async () => await channel.SendAsync(value));
        }
    });

    // A select that was woken by one channel leaves nothing behind in the queues of the others.
    [Pins("test/fixedbugs/issue9110.go")]
    [Fact]
    public void Selects_leave_no_waiters_behind_on_channels_that_stay_silent() => Runs(async () =>
    {
        var silent = new Chan<int>();
        var busy = new Chan<int>();
        Go.Run(async () =>
        {
            while (true) await busy.SendAsync(1);
        });
        var used = new List<WeakReference>();
        await Rounds();
        for (var i = 0; i < 10; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(used.Count(select => select.IsAlive), 0, 2); // the last one may still be in a frame that is to be used again
        GC.KeepAlive(silent);

        async GoTask Rounds()
        {
            for (var i = 0; i < 1_000; i++)
            {
                var select = new Select();
                used.Add(new WeakReference(select));
                select.Receive(silent);
                var received = select.Receive(busy);
                Assert.Equal(received.Index, await select);
            }
        }
    }, maxProcs: 1);
}
