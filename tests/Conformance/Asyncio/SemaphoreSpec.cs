using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Semaphores: places are given in the order of coming, and none is lost. Rules from test_locks.</summary>
public sealed class SemaphoreSpec : AsyncioSpec
{
    [Fact, Pins("test_locks.Semaphore.initial_value_zero")]
    public void Without_places_the_first_waits() => Run(async () =>
    {
        var places = new AsyncSemaphore(0);
        Assert.True(places.IsLocked);
        var task = Aio.CreateTask(places.Acquire());
        await Turns(2);
        Assert.False(task.IsDone);
        places.Release();
        await task;
    });

    [Fact, Pins("test_locks.Semaphore.semaphore")]
    public void One_place_is_taken_and_given_back() => Run(async () =>
    {
        var places = new AsyncSemaphore();
        using (await places.Acquire()) Assert.True(places.IsLocked);
        Assert.False(places.IsLocked);
    });

    [Fact, Pins("test_locks.Semaphore.semaphore_value")]
    public void A_negative_number_of_places_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AsyncSemaphore(-1));

    // Three places, five who come: two wait, and each release lets one in.
    [Fact, Pins("test_locks.Semaphore.acquire")]
    public void Each_release_lets_the_next_in() => Run(async () =>
    {
        var places = new AsyncSemaphore(3);
        var order = new List<int>();
        var tasks = Enumerable.Range(1, 6).Select(i => Aio.CreateTask(Enter(i))).ToArray();
        await Aio.Yield();
        Assert.Equal([1, 2, 3], order);
        places.Release();
        places.Release();
        await Aio.Yield();
        Assert.Equal([1, 2, 3, 4, 5], order);
        Assert.True(places.IsLocked);
        places.Release();
        await Aio.Wait(tasks);
        Assert.Equal([1, 2, 3, 4, 5, 6], order);

        async Coroutine Enter(int i)
        {
            await places.Acquire();
            order.Add(i);
        }
    });

    [Fact, Pins("test_locks.Semaphore.acquire_cancel")]
    public void A_cancelled_waiter_takes_no_place() => Run(async () =>
    {
        var places = new AsyncSemaphore();
        await places.Acquire();
        var task = Aio.CreateTask(places.Acquire());
        await Aio.Yield();
        task.Cancel();
        await Fails<CancelledError>(task);
        places.Release();
        Assert.False(places.IsLocked);
    });

    // Cancelled after the release promised the place and before it ran: the place goes to the next.
    [Fact, Pins("test_locks.Semaphore.acquire_cancel_before_awoken")]
    public void A_promised_place_of_a_cancelled_waiter_goes_on() => Run(async () =>
    {
        var places = new AsyncSemaphore(0);
        var tasks = Enumerable.Range(0, 4).Select(_ => Aio.CreateTask(places.Acquire())).ToArray();
        await Aio.Yield();
        places.Release();
        tasks[0].Cancel();
        tasks[1].Cancel();
        await Turns(3);
        Assert.True(tasks[0].IsCancelled);
        Assert.True(tasks[1].IsCancelled);
        Assert.True(tasks[2].IsDone && !tasks[2].IsCancelled);
        Assert.False(tasks[3].IsDone);
        tasks[3].Cancel();
    });

    // A woken waiter is cancelled while a second one waits and a third comes: nobody hangs.
    [Fact, Pins("test_locks.Semaphore.acquire_hang")]
    public void A_cancelled_woken_waiter_does_not_hang_the_next() => Run(async () =>
    {
        var places = new AsyncSemaphore(0);
        var first = Aio.CreateTask(places.Acquire());
        var second = Aio.CreateTask(places.Acquire());
        await Aio.Yield();
        places.Release();
        first.Cancel();
        await Turns(2);
        Assert.True(first.IsCancelled);
        await second;
        Assert.True(places.IsLocked);
    });

    [Fact, Pins("test_locks.Semaphore.acquire_no_hang")]
    public void A_waiter_cancelled_before_the_release_does_not_hang_the_next() => Run(async () =>
    {
        var places = new AsyncSemaphore(1);
        var log = new List<string>();
        var first = Aio.CreateTask(Hold("1"));
        var second = Aio.CreateTask(Hold("2"));
        await Aio.Yield();
        second.Cancel();
        await Fails<CancelledError>(second);
        await first;
        Assert.Equal(["1"], log);
        Assert.False(places.IsLocked);
        // Nobody is left in the line.
        await places.Acquire();

        async Coroutine Hold(string name)
        {
            using (await places.Acquire())
            {
                log.Add(name);
                await Turns(3);
            }
        }
    });

    [Fact, Pins("test_locks.Semaphore.release_not_acquired")]
    public void A_bounded_semaphore_takes_no_place_that_it_did_not_give()
    {
        var bounded = new BoundedAsyncSemaphore(1);
        Assert.Throws<ArgumentException>(bounded.Release);
        // The near miss: one without a bound grows.
        var places = new AsyncSemaphore(1);
        places.Release();
        Assert.False(places.IsLocked);
    }

    [Fact, Pins("test_locks.Semaphore.release_no_waiters")]
    public void A_release_without_waiters_frees_the_place() => Run(async () =>
    {
        var places = new AsyncSemaphore();
        await places.Acquire();
        Assert.True(places.IsLocked);
        places.Release();
        Assert.False(places.IsLocked);
    });

    // Taken, released with somebody waiting, and wanted again in the same breath: the one who waited is first.
    [Fact, Pins("test_locks.Semaphore.acquire_fifo_order")]
    public void Who_releases_and_comes_again_stands_behind() => Run(async () =>
    {
        var places = new AsyncSemaphore(1);
        var result = new List<string>();
        var tasks = new[] { Aio.CreateTask(Twice("c1")), Aio.CreateTask(Twice("c2")), Aio.CreateTask(Twice("c3")) };
        await Aio.Wait(tasks);
        Assert.Equal(["c1_1", "c2_1", "c3_1", "c1_2", "c2_2", "c3_2"], result);

        async Coroutine Twice(string tag)
        {
            await places.Acquire();
            result.Add(tag + "_1");
            await Aio.Sleep(Seconds(0.01));
            places.Release();
            await places.Acquire();
            result.Add(tag + "_2");
            await Aio.Sleep(Seconds(0.01));
            places.Release();
        }
    });

    [Fact, Pins("test_locks.Semaphore.acquire_fifo_order_2")]
    public void A_release_and_a_take_in_one_breath_wait_for_the_woken_one() => Run(async () =>
    {
        var places = new AsyncSemaphore(1);
        var result = new List<int>();
        await places.Acquire();
        var first = Aio.CreateTask(One(1));
        var second = Aio.CreateTask(One(2));
        await Aio.Yield();
        places.Release();
        var third = Aio.CreateTask(One(3));
        await Aio.Wait([first, second, third]);
        Assert.Equal([1, 2, 3], result);

        async Coroutine One(int n)
        {
            using (await places.Acquire())
            {
                result.Add(n);
                await Aio.Yield();
            }
        }
    });

    // A cancelled one in the middle of the line does not change the order of the others.
    [Fact, Pins("test_locks.Semaphore.acquire_fifo_order_3", "test_locks.Semaphore.acquire_fifo_order_4")]
    public void The_order_survives_a_cancellation() => Run(async () =>
    {
        var places = new AsyncSemaphore(0);
        var result = new List<int>();
        var tasks = Enumerable.Range(1, 4).Select(i => Aio.CreateTask(One(i))).ToArray();
        await Aio.Yield();
        tasks[1].Cancel();
        places.Release();
        places.Release();
        places.Release();
        await Aio.Wait(tasks);
        Assert.Equal([1, 3, 4], result);

        async Coroutine One(int n)
        {
            await places.Acquire();
            result.Add(n);
        }
    });

    // A free place is not free while somebody is on the way to it.
    [Fact]
    public void A_promised_place_counts_as_taken() => Run(async () =>
    {
        var places = new AsyncSemaphore(0);
        var waiter = Aio.CreateTask(places.Acquire());
        await Aio.Yield();
        Assert.True(places.IsLocked);
        places.Release();
        Assert.True(places.IsLocked);
        await waiter;
        places.Release();
        Assert.False(places.IsLocked);
    });
}
