using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>
/// Channels, select and cancellation in many interleavings. Conservation: what went in came out, once, in the order of its sender.
/// QUINTET_STRESS=1 runs enough seeds for more than a million distinct schedules.
/// </summary>
public sealed class ExplorationTests(ITestOutputHelper output)
{
    private static readonly int Seeds = Stress.Of(200_000, 600);

    private static readonly int FirstSeed = Stress.IsOn ? Random.Shared.Next() : 1;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Two_senders_and_two_receivers_lose_nothing(int capacity) => Explore(async () =>
    {
        var channel = new Chan<int>(capacity);
        var ledger = new Ledger();
        var senders = new WaitGroup();
        for (var s = 0; s < 2; s++) senders.Go(Send(channel, s, ledger));
        var receivers = new WaitGroup();
        for (var r = 0; r < 2; r++) receivers.Go(Receive(channel, ledger));
        await senders.WaitAsync();
        channel.Close();
        await receivers.WaitAsync();
        ledger.AssertBalanced();
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Selects_on_both_sides_lose_nothing(int capacity) => Explore(async () =>
    {
        var (left, right) = (new Chan<int>(capacity), new Chan<int>(capacity));
        var ledger = new Ledger();
        var senders = new WaitGroup();
        for (var s = 0; s < 2; s++) senders.Go(SelectSend(left, right, s, ledger));
        var receivers = new WaitGroup();
        for (var r = 0; r < 2; r++) receivers.Go(SelectReceive(left, right, ledger));
        await senders.WaitAsync();
        left.Close();
        right.Close();
        await receivers.WaitAsync();
        ledger.AssertBalanced();
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_cancelled_receive_takes_no_value(int capacity) => Explore(async () =>
    {
        var channel = new Chan<int>(capacity);
        var ledger = new Ledger();
        using var stop = new CancellationTokenSource();
        var group = new WaitGroup();
        group.Go(Send(channel, 0, ledger));
        group.Go(async () =>
        {
            try
            {
                while (true) ledger.Received((await channel.ReceiveAsync(stop.Token)).Value);
            }
            catch (OperationCanceledException)
            {
            }
        });
        group.Go(async () =>
        {
            await Go.Yield();
            stop.Cancel();
        });
        for (var i = 0; i < Ledger.Each; i++)
        {
            // Receives what the cancelled one left, as long as there is a sender.
            if (ledger.AllReceived) break;
            var select = new Select();
            var value = select.Receive(channel);
            var idle = select.After(TimeSpan.FromSeconds(1));
            if (await select == idle) break;
            ledger.Received(value.Value);
        }

        await group.WaitAsync();
        ledger.AssertBalanced(senders: 1);
    });

    [Fact]
    public void A_mutex_excludes_and_everybody_gets_it() => Explore(async () =>
    {
        var mutex = new GoMutex();
        var (inside, turns) = (0, 0);
        var group = new WaitGroup();
        for (var g = 0; g < 3; g++)
        {
            group.Go(async () =>
            {
                for (var i = 0; i < 3; i++)
                {
                    await mutex.LockAsync();
                    Assert.Equal(1, ++inside);
                    await Go.Yield();
                    inside--;
                    turns++;
                    mutex.Unlock();
                }
            });
        }

        await group.WaitAsync();
        Assert.Equal(9, turns);
        Assert.False(mutex.IsLocked);
    });

    [Fact]
    public void Readers_and_writers_exclude_each_other() => Explore(async () =>
    {
        var mutex = new GoRWMutex();
        var (readers, writers) = (0, 0);
        var group = new WaitGroup();
        for (var g = 0; g < 2; g++)
        {
            group.Go(async () =>
            {
                await mutex.RLockAsync();
                readers++;
                await Go.Yield();
                Assert.Equal(0, writers);
                readers--;
                mutex.RUnlock();
            });
            group.Go(async () =>
            {
                await mutex.LockAsync();
                writers++;
                await Go.Yield();
                Assert.Equal((0, 1), (readers, writers));
                writers--;
                mutex.Unlock();
            });
        }

        await group.WaitAsync();
    });

    // The kit itself: trio's test_scheduler_determinism.
    [Fact]
    public void Equal_seeds_give_equal_schedules_and_different_seeds_differ()
    {
        var first = Enumerable.Range(1, 20).Select(Order).ToArray();
        var second = Enumerable.Range(1, 20).Select(Order).ToArray();
        Assert.Equal(first, second);
        Assert.True(first.Distinct().Count() > 10, string.Join(' ', first));
    }

    [Fact]
    public void A_failure_names_its_seed_and_fails_again_with_it()
    {
        Func<GoTask> racy = async () =>
        {
            var total = 0;
            var group = new WaitGroup();
            for (var g = 0; g < 2; g++)
            {
                group.Go(async () =>
                {
                    var read = total;
                    await Go.Yield();
                    total = read + 1;
                });
            }

            await group.WaitAsync();
            Assert.Equal(2, total);
        };
        var failure = Assert.Throws<GoScheduleException>(() => GoTest.Explore(100, racy));
        Assert.Throws<GoScheduleException>(() => GoTest.Run(failure.Seed, racy));
    }

    [Fact]
    public void Virtual_time_moves_only_when_nobody_can_run() => GoTest.Run(1, async () =>
    {
        var start = GoScheduler.Current.TimeProvider.GetUtcNow();
        await Go.SleepAsync(TimeSpan.FromHours(24));
        Assert.Equal(TimeSpan.FromHours(24), GoScheduler.Current.TimeProvider.GetUtcNow() - start);
    });

    [Fact]
    public void Idle_means_that_everybody_else_waits() => Explore(async () =>
    {
        var channel = new Chan<int>();
        var reached = 0;
        for (var g = 0; g < 3; g++)
        {
            Go.Run(async () =>
            {
                await Go.Yield();
                reached++;
                await channel.ReceiveAsync();
            });
        }

        await GoTest.IdleAsync();
        Assert.Equal(3, reached);
    });

    [Fact]
    public void A_deadlock_is_a_failure_of_the_run() =>
        Assert.IsType<GoDeadlockException>(
            Assert.Throws<GoScheduleException>(() => GoTest.Run(1, async () => await new Chan<int>().ReceiveAsync())).InnerException);

    [Fact]
    public void Waiting_for_something_outside_is_refused() =>
        Assert.IsType<NotSupportedException>(
            Assert.Throws<GoScheduleException>(() => GoTest.Run(1, async () => await new TaskCompletionSource().Task)).InnerException);

    private static string Order(int seed)
    {
        List<int> order = [];
        GoTest.Run(seed, async () =>
        {
            var group = new WaitGroup();
            for (var g = 0; g < 5; g++)
            {
                var number = g;
                group.Go(async () =>
                {
                    await Go.Yield();
                    order.Add(number);
                });
            }

            await group.WaitAsync();
        });
        return string.Concat(order);
    }

    private static Func<GoTask> Send(Chan<int> channel, int sender, Ledger ledger) => async () =>
    {
        for (var i = 0; i < Ledger.Each; i++) await channel.SendAsync(ledger.Sent(sender, i));
    };

    private static Func<GoTask> Receive(Chan<int> channel, Ledger ledger) => async () =>
    {
        await foreach (var value in channel) ledger.Received(value);
    };

    private static Func<GoTask> SelectSend(Chan<int> left, Chan<int> right, int sender, Ledger ledger) => async () =>
    {
        var select = new Select();
        var (toLeft, toRight) = (select.Send(left, 0), select.Send(right, 0));
        for (var i = 0; i < Ledger.Each; i++)
        {
            toLeft.Value = toRight.Value = ledger.Sent(sender, i);
            await select;
        }
    };

    private static Func<GoTask> SelectReceive(Chan<int> left, Chan<int> right, Ledger ledger) => async () =>
    {
        var select = new Select();
        var (fromLeft, fromRight) = (select.Receive(left), select.Receive(right));
        while (fromLeft.Source is not null || fromRight.Source is not null)
        {
            var chosen = await select == fromLeft.Index ? fromLeft : fromRight;
            if (chosen.Ok) ledger.Received(chosen.Value);
            else chosen.Source = null;
        }
    };

    private void Explore(Func<GoTask> body)
    {
        var explored = GoTest.Explore(Seeds, body, FirstSeed);
        output.WriteLine($"seeds {FirstSeed}..{FirstSeed + Seeds - 1}: {explored.Distinct} distinct schedules");

        // A small body has no more schedules, however many seeds there are.
        Assert.True(explored.Distinct > Math.Min(Seeds / 50, 60), $"{explored.Distinct} distinct of {Seeds}");
    }

    /// <summary>What was sent and what was received, by sender.</summary>
    private sealed class Ledger
    {
        internal const int Each = 4;

        private readonly HashSet<int> _received = [];
        private int _sent;

        internal bool AllReceived => _received.Count == Each;

        internal int Sent(int sender, int number)
        {
            _sent++;
            return (sender * 1_000) + number;
        }

        internal void Received(int value) => Assert.True(_received.Add(value), $"{value} was received twice");

        internal void AssertBalanced(int senders = 2)
        {
            Assert.Equal(senders * Each, _sent);
            Assert.Equal(_sent, _received.Count);
        }
    }
}
