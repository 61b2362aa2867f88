using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Barriers: filling, draining, resetting, breaking. Rules from test_locks.</summary>
public sealed class BarrierSpec : AsyncioSpec
{
    private const int N = 5;

    [Fact, Pins("test_locks.Barrier.barrier_parties")]
    public void A_barrier_is_for_at_least_one()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AsyncBarrier(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AsyncBarrier(-4));
        Assert.Equal(N, new AsyncBarrier(N).Parties);
    }

    // Each gets another number, and all numbers are given.
    [Fact, Pins("test_locks.Barrier.context_manager")]
    public void Each_who_comes_gets_a_number() => Run(async () =>
    {
        var barrier = new AsyncBarrier(3);
        var numbers = await Aio.Gather(barrier.Wait(), barrier.Wait(), barrier.Wait());
        Assert.Equal([0, 1, 2], numbers.Order());
        AssertFresh(barrier);
    });

    [Fact, Pins("test_locks.Barrier.filling_one_task", "test_locks.Barrier.filling_one_task_twice")]
    public void A_barrier_for_one_holds_nobody() => Run(async () =>
    {
        var barrier = new AsyncBarrier(1);
        Assert.Equal(0, await barrier.Wait());
        var first = Aio.CreateTask(barrier.Wait());
        await Aio.Yield();
        Assert.Equal(0, barrier.Waiting);
        var second = Aio.CreateTask(barrier.Wait());
        await Aio.Yield();
        Assert.Equal((0, 0), (first.Result, second.Result));
        AssertFresh(barrier);
    });

    [Fact, Pins("test_locks.Barrier.filling_task_by_task")]
    public void It_counts_who_waits() => Run(async () =>
    {
        var barrier = new AsyncBarrier(3);
        var first = Aio.CreateTask(barrier.Wait());
        await Aio.Yield();
        Assert.Equal(1, barrier.Waiting);
        var second = Aio.CreateTask(barrier.Wait());
        await Aio.Yield();
        Assert.Equal(2, barrier.Waiting);
        var third = Aio.CreateTask(barrier.Wait());
        await Aio.Wait([first, second, third]);
        AssertFresh(barrier);
    });

    [Fact, Pins("test_locks.Barrier.filling_tasks_wait_twice", "test_locks.Barrier.filling_tasks_check_return_value")]
    public void The_same_tasks_may_meet_twice() => Run(async () =>
    {
        var barrier = new AsyncBarrier(N);
        var log = new List<int>();
        var numbers = await Aio.Gather([.. Enumerable.Range(0, N).Select(_ => Twice())]);
        Assert.Equal(Enumerable.Repeat(1, N).Concat(Enumerable.Repeat(2, N)), log);
        Assert.Equal(Enumerable.Range(0, N), numbers.Order());
        AssertFresh(barrier);

        async Coroutine<int> Twice()
        {
            await barrier.Wait();
            log.Add(1);
            var number = await barrier.Wait();
            log.Add(2);
            return number;
        }
    });

    // While it drains nobody counts as waiting, and who comes waits for the next filling.
    [Fact, Pins("test_locks.Barrier.draining_state", "test_locks.Barrier.blocking_tasks_while_draining")]
    public void Who_comes_while_it_drains_waits_for_the_next_filling() => Run(async () =>
    {
        const int again = 2;
        var barrier = new AsyncBarrier(N);
        var others = new AsyncBarrier(N - again);
        var left = again;
        var passedOthers = 0;
        await Aio.Gather([.. Enumerable.Range(0, N).Select(_ => Go())]);
        Assert.Equal(N - again, passedOthers);

        async Coroutine<int> Go()
        {
            await barrier.Wait();
            if (left > 0) left--;
            else
            {
                await others.Wait();
                passedOthers++;
            }

            return await barrier.Wait();
        }
    });

    [Fact, Pins("test_locks.Barrier.filling_tasks_cancel_one")]
    public void A_cancelled_one_is_replaced_by_the_next() => Run(async () =>
    {
        var barrier = new AsyncBarrier(3);
        var first = Aio.CreateTask(barrier.Wait());
        var second = Aio.CreateTask(barrier.Wait());
        await Aio.Yield();
        Assert.Equal(2, barrier.Waiting);
        first.Cancel();
        await Aio.Yield();
        Assert.Equal(1, barrier.Waiting);
        await Fails<CancelledError>(first);
        var third = Aio.CreateTask(barrier.Wait());
        await Aio.Yield();
        Assert.Equal(2, barrier.Waiting);
        Assert.False(second.IsDone);
        var fourth = Aio.CreateTask(barrier.Wait());
        await Aio.Gather<int>(second, third, fourth);
        AssertFresh(barrier);
    });

    [Fact, Pins("test_locks.Barrier.reset_barrier")]
    public void A_reset_of_an_empty_barrier_changes_nothing() => Run(async () =>
    {
        var barrier = new AsyncBarrier(1);
        await barrier.Reset();
        AssertFresh(barrier);
        Assert.Equal(0, await barrier.Wait());
    });

    [Fact, Pins("test_locks.Barrier.reset_barrier_while_tasks_waiting")]
    public void A_reset_sends_the_waiting_ones_away() => Run(async () =>
    {
        var barrier = new AsyncBarrier(N);
        var tasks = Start(N - 1, barrier.Wait);
        await Aio.Yield();
        await barrier.Reset();
        foreach (var task in tasks) await Fails<BrokenBarrierException>(task);
        AssertFresh(barrier);
        // The near miss: it is not broken for those who come now.
        await Aio.Gather<int>(Start(N, barrier.Wait));
    });

    // Reset by one that has left while others have not: those who are still inside get the error.
    [Fact, Pins("test_locks.Barrier.reset_barrier_when_tasks_half_draining", "test_locks.Barrier.reset_barrier_while_tasks_draining")]
    public void A_reset_while_it_drains_breaks_it_for_those_still_inside() => Run(async () =>
    {
        var barrier = new AsyncBarrier(N);
        var passed = 0;
        var broken = 0;
        await Aio.Gather([.. Enumerable.Range(0, N).Select(_ => Go())]);
        Assert.Equal(N, passed + broken);
        Assert.InRange(broken, 1, N - 2);
        AssertFresh(barrier);

        async Coroutine<int> Go()
        {
            try
            {
                await barrier.Wait();
            }
            catch (BrokenBarrierException)
            {
                return broken++;
            }

            if (++passed == N / 2 + 1) await barrier.Reset();
            return 0;
        }
    });

    [Fact, Pins("test_locks.Barrier.reset_barrier_when_tasks_half_draining_half_blocking")]
    public void A_reset_does_not_break_it_for_those_who_wait_outside() => Run(async () =>
    {
        var barrier = new AsyncBarrier(N);
        var count = 0;
        var inside = 0;
        var outside = 0;
        await Aio.Gather([.. Enumerable.Range(0, N).Select(_ => Go())]);
        Assert.Equal(N / 2, inside);
        Assert.Equal(0, outside);
        AssertFresh(barrier);

        async Coroutine<int> Go()
        {
            try
            {
                await barrier.Wait();
            }
            catch (BrokenBarrierException)
            {
                inside++;
                return await barrier.Wait();
            }

            if (++count > N / 2)
            {
                await barrier.Reset();
                return await barrier.Wait();
            }

            try
            {
                return await barrier.Wait();
            }
            catch (BrokenBarrierException)
            {
                return outside++;
            }
        }
    });

    [Fact, Pins("test_locks.Barrier.reset_barrier_while_tasks_waiting_and_waiting_again")]
    public void Those_who_were_sent_away_may_come_again() => Run(async () =>
    {
        var barrier = new AsyncBarrier(N);
        var sentAway = 0;
        var passed = 0;
        var tasks = Start(N - 1, async () =>
        {
            await Fails<BrokenBarrierException>(async () => await barrier.Wait());
            sentAway++;
            passed++;
            return await barrier.Wait();
        });
        await Aio.Yield();
        await barrier.Reset();
        var last = Aio.CreateTask(barrier.Wait());
        await Aio.Gather<int>([.. tasks, last]);
        Assert.Equal((N - 1, N - 1), (sentAway, passed));
        AssertFresh(barrier);
    });

    [Fact, Pins("test_locks.Barrier.abort_barrier")]
    public void An_aborted_barrier_is_broken_for_all() => Run(async () =>
    {
        var barrier = new AsyncBarrier(N);
        var tasks = Start(N - 1, barrier.Wait);
        await Aio.Yield();
        await barrier.Abort();
        foreach (var task in tasks) await Fails<BrokenBarrierException>(task);
        Assert.True(barrier.IsBroken);
        await Fails<BrokenBarrierException>(async () => await barrier.Wait());
        Assert.Equal(0, barrier.Waiting);
    });

    [Fact, Pins("test_locks.Barrier.abort_barrier_when_tasks_half_draining_half_blocking")]
    public void An_abort_while_it_drains_breaks_it_for_those_who_wait_outside_too() => Run(async () =>
    {
        var barrier = new AsyncBarrier(N);
        var count = 0;
        var inside = 0;
        var outside = 0;
        await Aio.Gather([.. Enumerable.Range(0, N).Select(_ => Go())]);
        Assert.True(barrier.IsBroken);
        Assert.Equal((N / 2, N / 2), (inside, outside));
        Assert.Equal(0, barrier.Waiting);

        async Coroutine<int> Go()
        {
            try
            {
                await barrier.Wait();
            }
            catch (BrokenBarrierException)
            {
                return inside++;
            }

            if (++count > N / 2)
            {
                await barrier.Abort();
                return 0;
            }

            try
            {
                return await barrier.Wait();
            }
            catch (BrokenBarrierException)
            {
                return outside++;
            }
        }
    });

    [Fact, Pins("test_locks.Barrier.abort_barrier_when_exception", "test_locks.Barrier.abort_barrier_when_exception_then_resetting")]
    public void A_reset_mends_an_aborted_barrier() => Run(async () =>
    {
        var barrier = new AsyncBarrier(2);
        var first = Aio.CreateTask(barrier.Wait());
        await Aio.Yield();
        await barrier.Abort();
        await Fails<BrokenBarrierException>(first);
        Assert.True(barrier.IsBroken);
        await barrier.Reset();
        AssertFresh(barrier);
        await Aio.Gather(barrier.Wait(), barrier.Wait());
    });

    private static LoopTask<int>[] Start(int count, Func<Coroutine<int>> body) =>
        [.. Enumerable.Range(0, count).Select(_ => Aio.CreateTask(body()))];

    private static void AssertFresh(AsyncBarrier barrier)
    {
        Assert.Equal(0, barrier.Waiting);
        Assert.False(barrier.IsBroken);
    }
}
