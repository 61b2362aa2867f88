using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Goroutines;

/// <summary>Package time: sleep_test.go, tick_test.go; the rules of Go 1.23. In virtual time, so exact.</summary>
public sealed class TimeSpec
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static TimeProvider Clock => GoScheduler.Current.TimeProvider;

    // TestSleep, TestAfter
    [Pins("time.TestSleep", "time.TestAfter")]
    [Fact]
    public void Sleep_and_After_take_their_time() => GoTest.Run(1, async () =>
    {
        var start = Clock.GetUtcNow();
        await Go.SleepAsync(Second);
        Assert.Equal(Second, Clock.GetUtcNow() - start);
        var (at, ok) = await GoTimer.After(Second).ReceiveAsync();
        Assert.True(ok);
        Assert.Equal(2 * Second, at - start);
        await Go.SleepAsync(-Second);
        Assert.Equal(2 * Second, Clock.GetUtcNow() - start);
    });

    // TestAfterQueuing: timers fire in the order of their times, whatever the order of their making
    [Pins("time.TestAfterQueuing")]
    [Fact]
    public void Timers_fire_in_the_order_of_their_times() => GoTest.Explore(50, async () =>
    {
        int[] slots = [5, 3, 6, 6, 6, 1, 1, 2, 7, 9, 4, 8, 0];
        var result = new Chan<int>(slots.Length);
        foreach (var slot in slots)
        {
            Go.Run(async () =>
            {
                await GoTimer.After(slot * Second).ReceiveAsync();
                await result.SendAsync(slot);
            });
        }

        List<int> fired = [];
        for (var i = 0; i < slots.Length; i++) fired.Add((await result.ReceiveAsync()).Value);
        Assert.Equal(slots.Order(), fired);
    });

    // TestAfterFunc
    [Pins("time.TestAfterFunc")]
    [Fact]
    public void AfterFunc_starts_a_goroutine_again_and_again() => GoTest.Run(1, async () =>
    {
        var left = 10;
        var done = new Chan<bool>();
        GoTimer.AfterFunc(TimeSpan.Zero, Next);
        Assert.True((await done.ReceiveAsync()).Value);

        async GoTask Next()
        {
            if (--left >= 0) GoTimer.AfterFunc(Second, Next);
            else await done.SendAsync(true);
        }
    });

    // TestAfterStop: "Stop was called on an unfired timer: true; on a stopped or fired one: false"
    [Pins("time.TestAfterStop")]
    [Fact]
    public void Stop_tells_whether_it_was_in_time() => GoTest.Run(1, async () =>
    {
        var stopped = GoTimer.AfterFunc(Second, () => throw new InvalidOperationException("fired"));
        Assert.True(stopped.Stop());
        Assert.False(stopped.Stop());
        var fired = new WaitGroup();
        fired.Add(1);
        var timer = GoTimer.AfterFunc(Second, async () =>
        {
            fired.Done();
            await GoTask.CompletedTask;
        });
        await fired.WaitAsync();
        Assert.False(timer.Stop());
        await Go.SleepAsync(10 * Second);
    });

    // TestReset
    [Pins("time.TestReset")]
    [Fact]
    public void Reset_moves_the_time() => GoTest.Run(1, async () =>
    {
        var start = Clock.GetUtcNow();
        var timer = new GoTimer(2 * Second);
        await Go.SleepAsync(Second);
        Assert.True(timer.Reset(2 * Second));
        Assert.Equal(3 * Second, (await timer.C.ReceiveAsync()).Value - start);
        Assert.False(timer.Reset(Second));
        Assert.Equal(4 * Second, (await timer.C.ReceiveAsync()).Value - start);
    });

    // Go 1.23: "no stale values prepared before [Stop or Reset] will be sent or received after the call"
    [Fact]
    public void No_stale_value_is_received_after_Stop_or_Reset() => GoTest.Run(1, async () =>
    {
        var start = Clock.GetUtcNow();
        var timer = new GoTimer(Second);
        await Go.SleepAsync(2 * Second);
        Assert.True(timer.Stop()); // fired, and nobody had received it
        Assert.False(timer.C.TryReceive(out _));

        timer.Reset(Second);
        await Go.SleepAsync(2 * Second);
        Assert.True(timer.Reset(Second));
        Assert.Equal(5 * Second, (await timer.C.ReceiveAsync()).Value - start);
    });

    // TestChan: "cap(tim.C) must be 0 … len(tim.C) must be 0", before and after it fired
    [Pins("time.TestChan")]
    [Fact]
    public void The_channel_of_a_timer_looks_unbuffered() => GoTest.Run(1, async () =>
    {
        var timer = new GoTimer(Second);
        Assert.Equal((0, 0), (timer.C.Count, timer.C.Capacity));
        await Go.SleepAsync(2 * Second);
        Assert.Equal((0, 0), (timer.C.Count, timer.C.Capacity));
        Assert.True(timer.C.TryReceive(out _));
        Assert.False(timer.C.TryReceive(out _));
    });

    // TestTicker
    [Pins("time.TestTicker")]
    [Fact]
    public void A_ticker_ticks_and_can_be_reset_and_stopped() => GoTest.Run(1, async () =>
    {
        var start = Clock.GetUtcNow();
        var ticker = new Ticker(Second);
        for (var i = 1; i <= 5; i++) Assert.Equal(i * Second, (await ticker.C.ReceiveAsync()).Value - start);
        ticker.Reset(2 * Second);
        for (var i = 1; i <= 5; i++) Assert.Equal((5 + (2 * i)) * Second, (await ticker.C.ReceiveAsync()).Value - start);
        ticker.Stop();
        await Go.SleepAsync(100 * Second);
        Assert.False(ticker.C.TryReceive(out _));
    });

    // "The ticker will adjust the time interval or drop ticks to make up for slow receivers."
    [Fact]
    public void Ticks_that_nobody_takes_are_dropped() => GoTest.Run(1, async () =>
    {
        var ticker = new Ticker(Second);
        await Go.SleepAsync(10.5 * Second);
        Assert.True(ticker.C.TryReceive(out _));
        Assert.False(ticker.C.TryReceive(out _));
        ticker.Stop();
    });

    // TestNewTickerLtZeroDuration, TestTickerResetLtZeroDuration
    [Pins("time.TestNewTickerLtZeroDuration", "time.TestTickerResetLtZeroDuration")]
    [Fact]
    public void A_ticker_needs_a_positive_period()
    {
        Assert.StartsWith("non-positive interval for NewTicker",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Ticker(TimeSpan.Zero)).Message);
        var ticker = new Ticker(Second);
        Assert.StartsWith("non-positive interval for Ticker.Reset",
            Assert.Throws<ArgumentOutOfRangeException>(() => ticker.Reset(-Second)).Message);
        ticker.Stop();
    }

    // A pending timer is no deadlock (runtime/proc.go, checkdead: "there are timers")
    [Fact]
    public void A_pending_timer_is_no_deadlock() =>
        GoProgram.Runs(async () => await GoTimer.After(TimeSpan.FromMilliseconds(50)).ReceiveAsync());

    // TestTimerFairness: "goroutines that keep a channel busy must not keep a timer from firing"
    [Pins("runtime.TestTimerFairness")]
    [Fact]
    public void A_timer_fires_although_goroutines_hog_the_processor() => GoProgram.Runs(async () =>
    {
        var busy = new Chan<Unit>();
        for (var g = 0; g < 2; g++)
        {
            Go.Run(async () =>
            {
                while (true) await busy.SendAsync(default);
            });
        }

        var select = new Select();
        select.Receive(busy);
        var over = select.Receive(GoTimer.After(TimeSpan.FromMilliseconds(20)));
        while (await select != over.Index)
        {
        }
    }, maxProcs: 1);
}
