using Quintet.Goroutines;
using static Quintet.Tests.Conformance.Goroutines.GoProgram;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>The rest of time/sleep_test.go and tick_test.go: races with the clock, very long and very short times, many timers.</summary>
public sealed class TimerEdgesSpec
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static TimeProvider Clock => GoScheduler.Current.TimeProvider;

    // Ten waits one after the other take as long as ten ticks.
    [Pins("time.TestAfterTick", "time.TestTick")]
    [Fact]
    public void Waits_one_after_the_other_add_up() => GoTest.Run(1, async () =>
    {
        var start = Clock.GetUtcNow();
        for (var i = 0; i < 10; i++) await GoTimer.After(Second).ReceiveAsync();
        Assert.Equal(10 * Second, Clock.GetUtcNow() - start);
        var ticks = new Ticker(Second).C;
        for (var i = 0; i < 10; i++) await ticks.ReceiveAsync();
        Assert.Equal(20 * Second, Clock.GetUtcNow() - start);
    });

    // The value of a tick is the time of the tick, and not that of its receipt.
    [Pins("time.TestTickTimes", "time.TestAfterTimes")]
    [Fact]
    public void A_tick_tells_when_it_was_sent() => GoTest.Run(1, async () =>
    {
        var start = Clock.GetUtcNow();
        var after = GoTimer.After(Second);
        var ticker = new Ticker(2 * Second);
        await Go.SleepAsync(3 * Second);
        Assert.Equal(Second, (await after.ReceiveAsync()).Value - start);
        Assert.Equal(2 * Second, (await ticker.C.ReceiveAsync()).Value - start);
    });

    // Timers go off while the collector runs.
    [Pins("time.TestAfterStress")]
    [Fact]
    public void Timers_fire_while_memory_is_collected() => Runs(async () =>
    {
        var group = new WaitGroup();
        for (var i = 0; i < 100; i++)
        {
            var delay = TimeSpan.FromMilliseconds(i % 10);
            group.Go(async () => await GoTimer.After(delay).ReceiveAsync());
        }

        while (group.Count > 0)
        {
            GC.Collect(0);
            await Go.Yield();
        }

        await group.WaitAsync();
    });

    // A timer whose Stop returned true does not fire, however close it came.
    [Pins("time.TestTimerStopStress", "time.TestStopResult")]
    [Fact]
    public void A_timer_fires_or_is_stopped_and_never_both() => GoTest.Explore(300, async () =>
    {
        var (fired, stopped) = (0, 0);
        var group = new WaitGroup();
        for (var i = 0; i < 8; i++)
        {
            var timer = GoTimer.AfterFunc(Second, () =>
            {
                fired++;
                return GoTask.CompletedTask;
            });
            group.Go(async () =>
            {
                await Go.SleepAsync(Second);
                if (timer.Stop()) stopped++;
            });
        }

        await group.WaitAsync();
        await Go.SleepAsync(10 * Second);
        Assert.Equal(8, fired + stopped);
    });

    // Reset tells whether the earlier setting was still to come; each setting gives one value at most.
    [Pins("time.TestResetResult")]
    [Fact]
    public void Each_setting_of_a_timer_is_received_once_or_withdrawn() => GoTest.Explore(300, async () =>
    {
        var timer = new GoTimer(Second);
        var (received, withdrawn) = (0, 0);
        var stop = new Chan<Unit>();
        var reader = new WaitGroup();
        reader.Go(async () =>
        {
            var select = new Select();
            var value = select.Receive(timer.C);
            select.Receive(stop);
            while (await select == value.Index) received++;
        });
        for (var i = 0; i < 10; i++)
        {
            await Go.SleepAsync(Second);
            if (timer.Reset(Second)) withdrawn++;
        }

        await Go.SleepAsync(5 * Second);
        stop.Close();
        await reader.WaitAsync();
        Assert.Equal(11, received + withdrawn);
    });

    // Sleeping for no time in a loop while timers go off beside it.
    [Pins("time.TestSleepZeroDeadlock")]
    [Fact]
    public void A_sleep_of_no_time_is_over_at_once() => Runs(async () =>
    {
        var done = new Chan<bool>();
        Go.Run(async () =>
        {
            for (var i = 0; i < 100; i++) await Go.SleepAsync(TimeSpan.Zero);
            await done.SendAsync(true);
        });
        for (var i = 0; i < 100; i++)
        {
            var timer = new GoTimer(TimeSpan.Zero);
            await Go.Yield();
            timer.Stop();
        }

        Assert.True((await done.ReceiveAsync()).Value);
    });

    // The longest time of all is for ever, and one before all times is now.
    [Pins("time.TestOverflowSleep", "time.TestOverflowPeriodRuntimeTimer")]
    [Theory]
    [InlineData(100)]
    [InlineData(10_000_000)]
    public void Very_long_times_do_not_overflow(int days) => Runs(async () =>
    {
        var longest = days > 1_000 ? TimeSpan.MaxValue : TimeSpan.FromDays(days);
        var never = GoTimer.AfterFunc(longest, () => throw new InvalidOperationException("fired"));
        var ticker = new Ticker(longest);
        ticker.Reset(longest);
        var (context, cancel) = GoContext.WithTimeout(GoContext.Background, longest);
        Go.Run(async () => await Go.SleepAsync(longest));
        var late = GoTimer.After(longest);
        await GoTimer.After(TimeSpan.MinValue).ReceiveAsync();
        await Go.SleepAsync(TimeSpan.FromMilliseconds(20));
        Assert.False(late.TryReceive(out _));
        Assert.False(ticker.C.TryReceive(out _));
        Assert.Null(context.Error);
        Assert.True(never.Stop());
        ticker.Stop();
        cancel();
    });

    // A timer that is moved to an earlier time fires then, whatever else is set.
    [Pins("time.TestTimerModifiedEarlier")]
    [Fact]
    public void A_timer_that_was_moved_fires_at_its_new_time() => GoTest.Run(1, async () =>
    {
        var start = Clock.GetUtcNow();
        var timer = new GoTimer(TimeSpan.MaxValue);
        GoTimer[] others = [.. Enumerable.Range(1, 5).Select(i => new GoTimer(i * 10 * Second))];
        Assert.True(timer.Reset(Second));
        Assert.Equal(Second, (await timer.C.ReceiveAsync()).Value - start);
        Assert.All(others, other => Assert.True(other.Stop()));
    });

    // Hundreds of timers are set, moved and stopped at random; each that is left fires at its last time, in their order.
    [Pins("time.TestAdjustTimers", "time.TestLongAdjustTimers")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Timers_that_are_moved_about_fire_at_their_last_times(int seed) => GoTest.Run(seed, async () =>
    {
        var random = new Random(seed);
        var start = Clock.GetUtcNow();
        var fired = new Dictionary<int, TimeSpan>();
        var due = new Dictionary<int, TimeSpan>();
        var timers = new GoTimer[200];
        for (var i = 0; i < timers.Length; i++)
        {
            var number = i;
            due[i] = TimeSpan.FromMilliseconds(random.Next(1_000, 5_000));
            timers[i] = GoTimer.AfterFunc(due[i], () =>
            {
                Assert.True(fired.TryAdd(number, Clock.GetUtcNow() - start), "fired twice");
                return GoTask.CompletedTask;
            });
        }

        for (var step = 0; step < 1_000; step++)
        {
            await Go.SleepAsync(TimeSpan.FromMilliseconds(1));
            var number = random.Next(timers.Length);
            if (fired.ContainsKey(number)) continue;
            var elapsed = Clock.GetUtcNow() - start;
            if (random.Next(3) == 0)
            {
                timers[number].Stop();
                due.Remove(number);
                continue;
            }

            var delay = TimeSpan.FromMilliseconds(random.Next(1, 4_000));
            due[number] = elapsed + delay;
            timers[number].Reset(delay);
        }

        await Go.SleepAsync(60 * Second);
        Assert.Equal(due.OrderBy(item => item.Key), fired.OrderBy(item => item.Key));
    });

    // A fast ticker beside goroutines that give way all the time, moved and stopped from several of them.
    [Pins("time.TestTickerStress", "time.TestTickerConcurrentStress")]
    [Fact]
    public void A_ticker_ticks_beside_goroutines_that_never_rest() => Runs(async () =>
    {
        var stop = false;
        var group = new WaitGroup();
        var ticker = new Ticker(TimeSpan.FromMilliseconds(1));
        for (var g = 0; g < 3; g++)
        {
            group.Go(async () =>
            {
                while (!Volatile.Read(ref stop))
                {
                    ticker.Reset(TimeSpan.FromMilliseconds(1));
                    await Go.SleepAsync(TimeSpan.FromMilliseconds(3));
                }
            });
            group.Go(async () =>
            {
                while (!Volatile.Read(ref stop)) await Go.Yield();
            });
        }

        for (var i = 0; i < 10; i++) Assert.True((await ticker.C.ReceiveAsync()).Ok);
        Volatile.Write(ref stop, true);
        await group.WaitAsync();
        ticker.Stop();
    }, maxProcs: 2);

    // Goroutines that pass each other the turn for ever do not keep a timer's function from being called, with one processor.
    [Pins("time.TestAfterFuncStarvation")]
    [Fact]
    public void The_function_of_a_timer_is_called_beside_goroutines_that_ready_each_other() => Runs(async () =>
    {
        var (there, back) = (new Chan<bool>(), new Chan<bool>());
        var stop = false;
        GoTimer.AfterFunc(TimeSpan.FromMilliseconds(1), () =>
        {
            Volatile.Write(ref stop, true);
            return GoTask.CompletedTask;
        });
        Go.Run(async () =>
        {
            await foreach (var turn in there) await back.SendAsync(turn);
        });
        while (!Volatile.Read(ref stop))
        {
            await there.SendAsync(true);
            await back.ReceiveAsync();
        }

        there.Close();
    }, maxProcs: 1);

    // Tickers that are made and stopped at once leave nothing that goes on ticking or keeps the program alive.
    [Pins("time.TestTeardown")]
    [Fact]
    public void A_ticker_that_is_stopped_at_once_never_ticks() => GoTest.Run(1, async () =>
    {
        for (var i = 0; i < 3; i++)
        {
            var ticker = new Ticker(Second);
            await ticker.C.ReceiveAsync();
            ticker.Stop();
            await Go.SleepAsync(10 * Second);
            Assert.False(ticker.C.TryReceive(out _));
        }
    });
}
