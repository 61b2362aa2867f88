using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>Clocks whose calls come late, early or not at all: what Go's time promises holds by the time and not by the call.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OneTick = new(1);

    // time.Sleep: "pauses the current goroutine for at least the duration d". Half a tick early is early.
    [Fact]
    public void Nobody_is_woken_before_the_time() => OnHandClock(async clock =>
    {
        var woken = 0;
        Go.Run(async () =>
        {
            await Go.SleepAsync(Second);
            woken++;
        });
        var select = new Select();
        select.After(Second);
        Go.Run(async () =>
        {
            await select;
            woken++;
        });
        await Settle();
        clock.Now += TimeSpan.TicksPerSecond - 1;
        clock.CallAll();
        await Settle();
        Assert.Equal(0, woken);
        clock.Now++;
        clock.CallAll();
        await Settle();
        Assert.Equal(2, woken);
    });

    // Periods that are no binary fractions of a second: what is lost of one is lost of each.
    [Theory]
    [InlineData(290)]
    [InlineData(70)]
    [InlineData(1)]
    public void Ticks_come_at_multiples_of_their_period(int milliseconds) => GoTest.Run(1, async () =>
    {
        var period = TimeSpan.FromMilliseconds(milliseconds);
        var start = GoScheduler.Current.TimeProvider.GetUtcNow();
        var ticker = new Ticker(period);
        for (var i = 1; i <= 100; i++) Assert.Equal(start + (i * period), (await ticker.C.ReceiveAsync()).Value);
        ticker.Stop();
    });

    // time.Ticker: "the ticker will adjust the time interval": a late call does not put off the ticks after it.
    [Fact]
    public void Lateness_of_ticks_does_not_add_up() => OnHandClock(async clock =>
    {
        var ticks = new Ticker(Second).C;
        for (var i = 1; i <= 10; i++)
        {
            clock.Now = (i * TimeSpan.TicksPerSecond) + (TimeSpan.TicksPerSecond / 3);
            clock.CallAll();
            Assert.True(ticks.TryReceive(out _), $"tick {i}");
            Assert.InRange(clock.NextCall, (2 * Second / 3) - OneTick, (2 * Second / 3) + OneTick);
        }

        clock.Now += 5 * TimeSpan.TicksPerSecond; // nobody looked for five periods: one tick, and the next one in its place again
        clock.CallAll();
        Assert.True(ticks.TryReceive(out _));
        Assert.False(ticks.TryReceive(out _));
        Assert.InRange(clock.NextCall, (2 * Second / 3) - OneTick, (2 * Second / 3) + OneTick);
        await GoTask.CompletedTask;
    });

    // Go 1.23 looks at the time whenever somebody looks at a timer's channel: what is due is there, whether the clock has called or not.
    [Fact]
    public void A_value_that_is_due_is_there_before_the_clock_calls() => OnHandClock(async clock =>
    {
        var (timer, ticker) = (new GoTimer(Second), new Ticker(Second));
        var select = new Select();
        var due = select.Receive(timer.C).Index;
        var none = select.Default();
        clock.Now += TimeSpan.TicksPerSecond - 1;
        Assert.Equal(none, await select);
        Assert.False(timer.C.TryReceive(out _));
        Assert.False(ticker.C.TryReceive(out _));
        clock.Now++;
        Assert.Equal(due, await select);
        Assert.False(timer.Stop());
        Assert.True(ticker.C.TryReceive(out _));
        Assert.False(ticker.C.TryReceive(out _));
    });

    [Fact]
    public void A_timer_that_is_due_and_was_not_looked_at_can_be_stopped() => OnHandClock(async clock =>
    {
        var timer = new GoTimer(Second);
        clock.Now += 2 * TimeSpan.TicksPerSecond;
        Assert.True(timer.Stop());
        Assert.False(timer.C.TryReceive(out _));
        Assert.True(new GoTimer(Second).Reset(Second));
        await GoTask.CompletedTask;
    });

    private static async GoTask Settle()
    {
        for (var i = 0; i < 50; i++) await Go.Yield();
    }

    private static void OnHandClock(Func<HandClock, GoTask> body, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var clock = new HandClock();
        var options = new GoSchedulerOptions { MaxProcs = 1, TimeProvider = clock, TimeSlice = Timeout.InfiniteTimeSpan };
        LimitedRun.Run(() => body(clock), options, test);
    }

    /// <summary>Time passes, and timers call, when a test says so; all set timers call, whether it is their time or not.</summary>
    private sealed class HandClock : TimeProvider
    {
        private readonly List<HandTimer> _timers = [];

        internal long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        /// <summary>The delay that a timer was set to last.</summary>
        internal TimeSpan NextCall { get; private set; }

        public override long GetTimestamp() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new HandTimer(this, callback, state);
            lock (_timers) _timers.Add(timer);
            return timer;
        }

        internal void CallAll()
        {
            HandTimer[] timers;
            lock (_timers) timers = [.. _timers];
            foreach (var timer in timers) timer.CallIfSet();
        }

        private sealed class HandTimer(HandClock clock, TimerCallback callback, object? state) : ITimer
        {
            private bool _set;

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                _set = dueTime != Timeout.InfiniteTimeSpan;
                if (_set) clock.NextCall = dueTime;
                return true;
            }

            public void Dispose() => _set = false;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }

            internal void CallIfSet()
            {
                if (!_set) return;
                _set = false;
                callback(state);
            }
        }
    }
}
