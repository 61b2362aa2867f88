using System.Runtime.CompilerServices;
using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>Synchronous code on goroutines and channels from any thread: what waits without await hands its processor over.</summary>
public sealed class BlockingTests
{
    [Fact]
    public void Synchronous_bodies_play_ping_pong_on_one_processor() => Run(async () =>
    {
        var (there, back) = (new Chan<int>(), new Chan<int>());
        Go.Run(() =>
        {
            for (var i = 0; i < 100; i++) back.Send(there.Receive().Value + 1);
        });
        var done = new Chan<int>();
        Go.Run(() =>
        {
            var ball = 0;
            for (var i = 0; i < 100; i++)
            {
                there.Send(ball);
                ball = back.Receive().Value;
            }

            done.Send(ball);
        });
        Assert.Equal(100, (await done.ReceiveAsync()).Value);
    });

    [Fact]
    public void Thousands_of_blocked_receivers_do_not_hold_the_one_processor() => Run(async () =>
    {
        const int receivers = 2_000;
        var (channel, results) = (new Chan<int>(), new Chan<int>());
        for (var i = 0; i < receivers; i++) Go.Run(() => results.Send(channel.Receive().Value));
        Go.Run(async () =>
        {
            for (var i = 0; i < receivers; i++) await channel.SendAsync(i);
        });
        var sum = 0;
        for (var i = 0; i < receivers; i++) sum += (await results.ReceiveAsync()).Value;
        Assert.Equal(receivers * (receivers - 1) / 2, sum);
    });

    [Fact]
    public void Threads_outside_of_any_scheduler_send_receive_select_and_wait() => Limited.Run(() =>
    {
        var (numbers, squares) = (new Chan<int>(), new Chan<int>());
        var group = new WaitGroup();
        group.Add(1);
        var worker = new Thread(() =>
        {
            var select = new Select();
            var number = select.Receive(numbers);
            while (select.Wait() == number.Index && number.Ok) squares.Send(number.Value * number.Value);
            group.Done();
        });
        worker.Start();
        for (var i = 0; i < 100; i++)
        {
            numbers.Send(i);
            Assert.Equal(i * i, squares.Receive().Value);
        }

        numbers.Close();
        group.Wait();
        worker.Join();
    });

    [Fact]
    public void Synchronous_code_waits_for_groups_and_semaphores() => Run(async () =>
    {
        var (semaphore, done) = (new GoSemaphore(2), new Chan<string>());
        var (ended, end) = GoContext.WithCancel(GoContext.Background);
        await semaphore.AcquireAsync(GoContext.Background, 2);
        Go.Run(() =>
        {
            semaphore.Acquire(GoContext.Background);
            done.Send("granted");
            semaphore.Release();
            var group = new ErrGroup();
            group.Go(async () =>
            {
                await Go.Yield();
                throw new FormatException();
            });
            Assert.Throws<FormatException>(group.Wait);
            Assert.Throws<ContextCanceledException>(() => semaphore.Acquire(ended, 3)); // more than there is: waits for the end only
            done.Send("ended");
        });
        for (var i = 0; i < 5; i++) await Go.Yield();
        Assert.False(done.TryReceive(out _));
        semaphore.Release(2);
        Assert.Equal("granted", (await done.ReceiveAsync()).Value);
        for (var i = 0; i < 5; i++) await Go.Yield();
        end();
        Assert.Equal("ended", (await done.ReceiveAsync()).Value);
        Assert.True(semaphore.TryAcquire(2));
    });

    [Fact]
    public void A_thread_and_a_goroutine_share_a_mutex() => Run(async () =>
    {
        var mutex = new GoMutex();
        var total = 0;
        var group = new WaitGroup();
        group.Add(1);
        var thread = new Thread(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                mutex.Lock();
                total++;
                mutex.Unlock();
            }

            group.Done();
        });
        thread.Start();
        group.Go(async () =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                await mutex.LockAsync();
                total++;
                mutex.Unlock();
            }
        });

        // Another thread will end the wait, which the scheduler cannot know: a pending timer keeps it from seeing a deadlock.
        var patience = new GoTimer(TimeSpan.FromMinutes(5));
        await group.WaitAsync();
        patience.Stop();
        Assert.Equal(2_000, total);
    });

    [Fact]
    public void Blocking_code_hands_the_processor_over_at_once() => Run(async () =>
    {
        using var gate = new ManualResetEventSlim();
        var done = new Chan<bool>();
        Go.Run(() => done.Send(Go.Blocking(() => gate.Wait(TimeSpan.FromMinutes(1)))));
        await Go.Yield();
        gate.Set(); // reached although the only processor's goroutine waits for it
        Assert.True((await done.ReceiveAsync()).Value);
    });

    // Without Go.Blocking the monitor takes the processor away.
    [Fact]
    public void A_body_that_blocks_its_thread_is_left_behind_by_the_monitor() => Run(async () =>
    {
        using var gate = new ManualResetEventSlim();
        var done = new Chan<bool>();
        Go.Run(() => done.Send(gate.Wait(TimeSpan.FromMinutes(1))));
        await Go.Yield();
        gate.Set();
        Assert.True((await done.ReceiveAsync()).Value);
        Assert.True(GoScheduler.Current.RetakeCount > 0);
    });

    // One processor is not mutual exclusion: what was retaken runs on.
    [Fact]
    public void A_goroutine_whose_processor_was_retaken_runs_beside_the_next_one() => Run(async () =>
    {
        var (seen, answered) = (false, false);
        Go.Run(() =>
        {
            while (!Volatile.Read(ref seen))
            {
            }

            Volatile.Write(ref answered, true);
        });
        await Go.Yield();
        Volatile.Write(ref seen, true);

        // This one never gives way: only a goroutine that runs at the same moment can answer.
        while (!Volatile.Read(ref answered))
        {
        }
    });

    [Fact]
    public void After_many_hogs_the_scheduler_has_as_many_processors_as_before()
    {
        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 2 });
        LimitedRun.Run(scheduler, async () =>
        {
            var group = new WaitGroup();
            for (var i = 0; i < 6; i++)
            {
                group.Go(async () =>
                {
                    var until = Environment.TickCount64 + 30;
                    while (Environment.TickCount64 < until)
                    {
                    }

                    await Go.Yield();
                });
            }

            await group.WaitAsync();
        });
        SpinWait.SpinUntil(() => scheduler.IsIdle, TimeSpan.FromSeconds(30));
        Assert.True(scheduler.IsIdle, "processors were lost or made up");
        Assert.Equal(2, scheduler.Processors.Count(processor => processor is { Busy: false, Detached: false }) - scheduler.SpareCount);
    }

    [Fact]
    public void MaxProcs_can_grow_and_shrink_while_goroutines_run() => Run(async () =>
    {
        var stop = false;
        var group = new WaitGroup();
        for (var g = 0; g < 4; g++)
        {
            group.Go(async () =>
            {
                while (!Volatile.Read(ref stop)) await Go.Yield();
            });
        }

        foreach (var procs in new[] { 4, 1, 8, 2, 1 })
        {
            Go.MaxProcs = procs;
            for (var i = 0; i < 20; i++) await Go.Yield();
        }

        Volatile.Write(ref stop, true);
        await group.WaitAsync();
        Assert.Equal(1, Go.MaxProcs);
        Assert.Throws<ArgumentOutOfRangeException>(() => Go.MaxProcs = 0);
    });

    [Fact]
    public void Threads_that_are_blocked_when_the_scheduler_ends_leave_by_their_finally_blocks()
    {
        const int blocked = 50;
        var left = 0;
        using var scheduler = new GoScheduler(new GoSchedulerOptions { MaxProcs = 2 });
        LimitedRun.Run(scheduler, async () =>
        {
            var waiting = new WaitGroup();
            var never = new Chan<int>();
            for (var i = 0; i < blocked; i++)
            {
                waiting.Add(1);
                Go.Run(() =>
                {
                    try
                    {
                        waiting.Done();
                        never.Receive();
                    }
                    finally
                    {
                        Interlocked.Increment(ref left);
                    }
                });
            }

            Go.Run(() =>
            {
                Go.LockThread();
                never.Receive();
            });
            await waiting.WaitAsync();
        });
        Assert.Equal(0, left);
        Assert.True(scheduler.ThreadCount >= blocked);
        scheduler.Dispose();
        Assert.True(SpinWait.SpinUntil(() => scheduler.ThreadCount == 0, TimeSpan.FromSeconds(30)), "threads stay");
        Assert.Equal(blocked, left);
    }

    [Fact]
    public void A_thread_that_leaves_from_inside_of_an_initialiser_does_not_panic()
    {
        var panics = 0;
        using var scheduler =
            new GoScheduler(new GoSchedulerOptions { MaxProcs = 2, UnhandledException = _ => Interlocked.Increment(ref panics) });
        Assert.Throws<GoDeadlockException>(() => LimitedRun.Run(scheduler, async () =>
        {
            Go.Run(() => _ = WaitsForEver.Value);
            await new Chan<int>().ReceiveAsync();
        }));
        scheduler.Dispose();
        Assert.True(SpinWait.SpinUntil(() => scheduler.ThreadCount == 0, TimeSpan.FromSeconds(30)), "threads stay");
        Assert.Equal(0, panics);
    }

    private static void Run(Func<GoTask> main, [CallerMemberName] string test = "") =>
        LimitedRun.Run(main, new GoSchedulerOptions { MaxProcs = 1 }, test);

    private static class WaitsForEver
    {
        internal static int Value { get; } = new Chan<int>().Receive().Value;
    }
}
