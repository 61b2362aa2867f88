using System.Runtime.CompilerServices;
using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>Ways in which a wake-up could get lost, each arranged on purpose.</summary>
public sealed class LostWakeTests
{
    // Whoever lost its processor while it computed gives back a detached one when it blocks: that, too, may be the moment in which the last
    // one falls asleep.
    [Fact]
    public void A_body_that_was_retaken_and_then_waits_for_ever_is_seen_as_a_deadlock() =>
        Assert.Throws<GoDeadlockException>(() => Run(async () =>
        {
            Go.Run(() =>
            {
                SpinUntilRetaken();
                new Chan<int>().Receive();
            });
            await Go.Yield();
            await new Chan<int>().ReceiveAsync();
        }));

    [Fact]
    public void What_a_retaken_body_made_ready_runs_when_it_blocks() => Run(async () =>
    {
        var (wake, answer, done) = (new Chan<int>(), new Chan<int>(), new Chan<int>());
        Go.Run(async () => await answer.SendAsync((await wake.ReceiveAsync()).Value));
        Go.Run(() =>
        {
            SpinUntilRetaken();

            // As when the retake comes between the look at this number and the write of run-next.
            Processor.Current!.EagerWakes = 0;
            wake.Send(7);
            done.Send(answer.Receive().Value);
        });
        await Go.Yield();
        Assert.Equal(7, (await done.ReceiveAsync()).Value);
    });

    // Half of a ring is stolen, the thieves block their threads, and nobody is left who would have looked for the other half: the holder
    // of the ring computes on, and waits for those who lie in it.
    [Fact]
    public void What_lies_in_a_retaken_ring_runs_when_its_thieves_block() => Run(async () =>
    {
        const int Count = 8;
        var (never, done) = (new Chan<int>(), new Chan<bool>(1));
        var begun = 0;
        Go.Run(() =>
        {
            for (var i = 0; i < Count; i++)
            {
                Go.Run(() =>
                {
                    Interlocked.Increment(ref begun);
                    never.Receive();
                });
            }

            done.Send(SpinWait.SpinUntil(() => Volatile.Read(ref begun) == Count, TimeSpan.FromSeconds(30)));
        });
        Assert.True((await done.ReceiveAsync()).Value, $"{begun} of {Count} have begun.");
        never.Close();
    });

    // Between the hands of the monitor and the queue a goroutine is runnable, though no processor holds it: that is no deadlock.
    [Fact]
    public void What_is_being_rescued_is_not_asleep() => Run(async () =>
    {
        var (scheduler, ended) = (GoScheduler.Current, false);
        var rescuers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref ended))
                foreach (var processor in scheduler.Processors) scheduler.Rescue(processor);
        })).ToArray();
        foreach (var rescuer in rescuers) rescuer.Start();
        try
        {
            var (there, back) = (new Chan<int>(), new Chan<int>());
            Go.Run(async () =>
            {
                await foreach (var value in there) await back.SendAsync(value);
            });
            for (var round = 0; round < 50_000; round++)
            {
                await there.SendAsync(round);
                Assert.Equal(round, (await back.ReceiveAsync()).Value);
            }
        }
        finally
        {
            Volatile.Write(ref ended, true);
        }
    });

    [Fact]
    public void An_alarm_that_rings_too_early_rings_again() => LimitedRun.Run(async () =>
    {
        await Go.SleepAsync(TimeSpan.FromMilliseconds(20));
        var select = new Select();
        var late = select.After(TimeSpan.FromMilliseconds(20));
        select.Receive(new Chan<int>());
        for (var round = 0; round < 3; round++) Assert.Equal(late, await select);
    }, new GoSchedulerOptions { TimeProvider = new HastyClock() });

    // The mode ends with the last waiter, also when that is a thread, which is handed the mutex without competing.
    [Fact]
    public void Starvation_ends_when_a_thread_was_the_last_to_wait()
    {
        var clock = new SteppedClock();
        LimitedRun.Run(async () =>
        {
            var mutex = new GoMutex();
            var group = new WaitGroup();
            mutex.Lock();
            group.Go(async () =>
            {
                await mutex.LockAsync();
                mutex.Unlock();
            });
            await Go.Yield();
            mutex.Unlock();
            Assert.True(mutex.TryLock(), "The woken goroutine has not run yet.");
            group.Go(async () =>
            {
                await GoTask.CompletedTask;
                Go.Run(() =>
                {
                    mutex.Lock();
                    mutex.Unlock();
                });
            });
            clock.Now += TimeSpan.TicksPerSecond;
            while (Go.GoroutineCount > 3 || !mutex.IsStarving) await Go.Yield();
            mutex.Unlock();
            await group.WaitAsync();
            while (Go.GoroutineCount > 1) await Go.Yield();
            Assert.False(mutex.IsLocked);
            Assert.False(mutex.IsStarving);
        }, new GoSchedulerOptions { MaxProcs = 1, TimeProvider = clock, TimeSlice = Timeout.InfiniteTimeSpan });
    }

    // The near miss of BlockingTests' retaken goroutine: with no end to its slice a goroutine has its processor to itself.
    [Fact]
    public void Without_slices_one_processor_is_mutual_exclusion() => LimitedRun.Run(async () =>
    {
        var (inside, overlapped) = (0, false);
        var group = new WaitGroup();
        for (var g = 0; g < 2; g++)
        {
            group.Go(async () =>
            {
                overlapped |= ++inside > 1;
                for (var until = Environment.TickCount64 + 40; Environment.TickCount64 < until;) Thread.SpinWait(100);
                overlapped |= --inside > 0;
                await Go.Yield();
            });
        }

        await group.WaitAsync();
        Assert.False(overlapped);
        Assert.Equal(0, GoScheduler.Current.RetakeCount);
    }, new GoSchedulerOptions { MaxProcs = 1, TimeSlice = Timeout.InfiniteTimeSpan });

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void A_slice_is_positive_or_infinite(int milliseconds) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new GoScheduler(new GoSchedulerOptions { TimeSlice = TimeSpan.FromMilliseconds(milliseconds) }));

    /// <summary>Until the processor has been replaced and its replacement has run out of work.</summary>
    private static void SpinUntilRetaken()
    {
        var processor = Processor.Current!;
        while (!processor.Detached || !processor.Scheduler.HasIdleProcessor) Thread.SpinWait(100);
    }

    private static void Run(Func<GoTask> main, [CallerMemberName] string test = "") =>
        LimitedRun.Run(main, new GoSchedulerOptions { MaxProcs = 1 }, test);

    /// <summary>Its timers ring as soon as they are set, and a moment before they are due.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new HastyTimer(base.CreateTimer(callback, state, dueTime, period));

        private sealed class HastyTimer(ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) =>
                timer.Change(dueTime == Timeout.InfiniteTimeSpan ? dueTime : dueTime / 2, period);

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }

    private sealed class SteppedClock : TimeProvider
    {
        internal long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
