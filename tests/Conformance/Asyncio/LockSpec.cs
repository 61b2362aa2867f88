using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Locks and events: who comes first goes first, and a cancelled waiter takes nothing with it. Rules from test_locks.</summary>
public sealed class LockSpec : AsyncioSpec
{
    [Fact, Pins("test_locks.Lock.lock", "test_locks.Lock.lock_by_with_statement", "test_locks.Lock.context_manager",
        "test_pep492.context_manager_async_with")]
    public void A_scope_takes_the_lock_and_gives_it_back() => Run(async () =>
    {
        var mutex = new AsyncLock();
        Assert.False(mutex.IsLocked);
        using (await mutex.Acquire()) Assert.True(mutex.IsLocked);
        Assert.False(mutex.IsLocked);
        await Fails<InvalidTimeZoneException>(async () =>
        {
            using (await mutex.Acquire()) throw new InvalidTimeZoneException();
        });
        Assert.False(mutex.IsLocked);
    });

    // Three who wait are let in one by one, in the order of their coming.
    [Fact, Pins("test_locks.Lock.acquire")]
    public void Waiters_get_the_lock_in_their_order() => Run(async () =>
    {
        var mutex = new AsyncLock();
        var order = new List<int>();
        await mutex.Acquire();
        var tasks = Enumerable.Range(1, 3).Select(i => Aio.CreateTask(Enter(i))).ToArray();
        await Aio.Yield();
        Assert.Empty(order);
        mutex.Release();
        await Aio.Yield();
        Assert.Equal([1], order);
        await Aio.Yield();
        Assert.Equal([1], order);
        mutex.Release();
        await Aio.Yield();
        Assert.Equal([1, 2], order);
        mutex.Release();
        await Aio.Wait(tasks);
        Assert.Equal([1, 2, 3], order);

        async Coroutine Enter(int i)
        {
            await mutex.Acquire();
            order.Add(i);
        }
    });

    [Fact, Pins("test_locks.Lock.acquire_cancel")]
    public void A_cancelled_waiter_leaves_the_line() => Run(async () =>
    {
        var mutex = new AsyncLock();
        await mutex.Acquire();
        var task = Aio.CreateTask(mutex.Acquire());
        await Aio.Yield();
        task.Cancel();
        await Fails<CancelledError>(task);
        mutex.Release();
        Assert.False(mutex.IsLocked);
        // The near miss: with nobody in the line it can be taken at once.
        await mutex.Acquire();
        Assert.True(mutex.IsLocked);
    });

    // The first waiter is woken and cancelled in the same turn: the wake-up goes to the second.
    [Fact, Pins("test_locks.Lock.cancel_race")]
    public void A_waiter_that_is_woken_and_cancelled_passes_the_lock_on() => Run(async () =>
    {
        var mutex = new AsyncLock();
        await mutex.Acquire();
        var first = Aio.CreateTask(mutex.Acquire());
        var second = Aio.CreateTask(mutex.Acquire());
        await Aio.Yield();
        mutex.Release();
        first.Cancel();
        await Turns(3);
        Assert.True(first.IsCancelled);
        Assert.True(second.IsDone && !second.IsCancelled);
        Assert.True(mutex.IsLocked);
    });

    // Cancelled first, released after: the release must not count the cancelled one.
    [Fact, Pins("test_locks.Lock.cancel_release_race")]
    public void A_release_beside_a_cancellation_wakes_the_next() => Run(async () =>
    {
        var mutex = new AsyncLock();
        await mutex.Acquire();
        var first = Aio.CreateTask(mutex.Acquire());
        var second = Aio.CreateTask(mutex.Acquire());
        await Aio.Yield();
        first.Cancel();
        mutex.Release();
        await Fails<CancelledError>(first);
        await second;
        Assert.True(mutex.IsLocked);
        mutex.Release();
        Assert.False(mutex.IsLocked);
    });

    // One waiter cancelled while another, earlier one has been woken but has not run.
    [Fact, Pins("test_locks.Lock.finished_waiter_cancelled")]
    public void A_woken_waiter_is_not_overtaken_by_the_cancellation_of_another() => Run(async () =>
    {
        var mutex = new AsyncLock();
        await mutex.Acquire();
        var first = Aio.CreateTask(mutex.Acquire());
        var second = Aio.CreateTask(mutex.Acquire());
        await Aio.Yield();
        mutex.Release();
        second.Cancel();
        await Turns(2);
        Assert.True(first.IsDone && !first.IsCancelled);
        Assert.True(second.IsCancelled);
        Assert.True(mutex.IsLocked);
    });

    [Fact, Pins("test_locks.Lock.release_not_acquired")]
    public void A_release_without_a_taker_is_an_error()
    {
        var mutex = new AsyncLock();
        Assert.Throws<EventLoopException>(mutex.Release);
    }

    [Fact, Pins("test_locks.Lock.release_no_waiters")]
    public void A_release_without_waiters_leaves_it_free() => Run(async () =>
    {
        var mutex = new AsyncLock();
        await mutex.Acquire();
        mutex.Release();
        Assert.False(mutex.IsLocked);
        Assert.Throws<EventLoopException>(mutex.Release);
    });

    // Who comes after a release but before the woken waiter runs stands behind it.
    [Fact]
    public void Nobody_overtakes_a_woken_waiter() => Run(async () =>
    {
        var mutex = new AsyncLock();
        var order = new List<string>();
        await mutex.Acquire();
        var waiter = Aio.CreateTask(Enter("waiter"));
        await Aio.Yield();
        mutex.Release();
        var late = Aio.CreateTask(Enter("late"));
        await Aio.Wait([waiter, late]);
        Assert.Equal(["waiter", "late"], order);

        async Coroutine Enter(string name)
        {
            using (await mutex.Acquire()) order.Add(name);
        }
    });

    [Fact, Pins("test_locks.Event.wait")]
    public void A_set_event_wakes_all_in_their_order() => Run(async () =>
    {
        var flag = new AsyncEvent();
        var order = new List<int>();
        var tasks = Enumerable.Range(1, 3).Select(i => Aio.CreateTask(Wait(i))).ToArray();
        await Turns(2);
        Assert.Empty(order);
        flag.Set();
        Assert.Empty(order);
        await Aio.Wait(tasks);
        Assert.Equal([1, 2, 3], order);

        async Coroutine Wait(int i)
        {
            await flag.Wait();
            order.Add(i);
        }
    });

    // A wait for what is so already is no switch.
    [Fact, Pins("test_locks.Event.wait_on_set")]
    public void A_wait_for_a_set_event_goes_on_at_once() => Run(async () =>
    {
        var flag = new AsyncEvent();
        flag.Set();
        var others = 0;
        EventLoop.Current.CallSoon(() => others++);
        await flag.Wait();
        Assert.Equal(0, others);
    });

    [Fact, Pins("test_locks.Event.wait_cancel")]
    public void A_cancelled_wait_leaves_the_event() => Run(async () =>
    {
        var flag = new AsyncEvent();
        var wait = Aio.CreateTask(flag.Wait());
        await Aio.Yield();
        wait.Cancel();
        await Fails<CancelledError>(wait);
        flag.Set();
        await flag.Wait();
    });

    [Fact, Pins("test_locks.Event.clear")]
    public void A_cleared_event_holds_again() => Run(async () =>
    {
        var flag = new AsyncEvent();
        flag.Set();
        Assert.True(flag.IsSet);
        flag.Clear();
        Assert.False(flag.IsSet);
        var wait = Aio.CreateTask(flag.Wait());
        await Turns(3);
        Assert.False(wait.IsDone);
        flag.Set();
        await wait;
    });

    // Lowered at once after it was raised: who waited goes on, who comes then waits.
    [Fact, Pins("test_locks.Event.clear_with_waiters")]
    public void Who_waited_at_the_set_goes_on_although_it_was_cleared() => Run(async () =>
    {
        var flag = new AsyncEvent();
        var before = Aio.CreateTask(flag.Wait());
        await Aio.Yield();
        flag.Set();
        flag.Clear();
        var after = Aio.CreateTask(flag.Wait());
        await before;
        await Turns(2);
        Assert.False(after.IsDone);
        flag.Set();
        flag.Set();
        await after;
    });
}
