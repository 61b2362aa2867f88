using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Conditions: the lock is always held again when a wait ends, and no notification is lost. Rules from test_locks.</summary>
public sealed class ConditionSpec : AsyncioSpec
{
    // Notified two of three: two go on, in their order; the third with the next notification.
    [Fact, Pins("test_locks.Condition.wait", "test_locks.Condition.notify")]
    public void A_notification_wakes_as_many_as_it_says() => Run(async () =>
    {
        var condition = new AsyncCondition();
        var order = new List<int>();
        var tasks = Start(condition, 3, order);
        await Turns(2);
        Assert.Empty(order);
        using (await condition.Acquire()) condition.Notify(2);
        await Turns(5);
        Assert.Equal([1, 2], order);
        using (await condition.Acquire()) condition.Notify(2048);
        await Aio.Wait(tasks);
        Assert.Equal([1, 2, 3], order);
        Assert.False(condition.IsLocked);
    });

    [Fact, Pins("test_locks.Condition.notify_all")]
    public void All_are_notified() => Run(async () =>
    {
        var condition = new AsyncCondition();
        var order = new List<int>();
        var tasks = Start(condition, 4, order);
        await Turns(2);
        using (await condition.Acquire()) condition.NotifyAll();
        await Aio.Wait(tasks);
        Assert.Equal([1, 2, 3, 4], order);
    });

    [Fact, Pins("test_locks.Condition.wait_cancel")]
    public void A_cancelled_wait_has_the_lock_again_and_is_no_waiter() => Run(async () =>
    {
        var condition = new AsyncCondition();
        await condition.Acquire();
        var wait = Aio.CreateTask(condition.Wait());
        await Aio.Yield();
        Assert.False(condition.IsLocked);
        wait.Cancel();
        await Fails<CancelledError>(wait);
        Assert.True(condition.IsLocked);
        condition.Notify();
        condition.Release();
    });

    // Cancelled while somebody else has the lock: it ends only when it has the lock again.
    [Fact, Pins("test_locks.Condition.wait_cancel_contested")]
    public void A_cancelled_wait_waits_for_the_lock() => Run(async () =>
    {
        var condition = new AsyncCondition();
        await condition.Acquire();
        var wait = Aio.CreateTask(condition.Wait());
        await Aio.Yield();
        await condition.Acquire();
        wait.Cancel();
        await Turns(5);
        Assert.False(wait.IsDone);
        condition.Release();
        await Fails<CancelledError>(wait);
        Assert.True(condition.IsLocked);
    });

    // Cancelled twice while it takes the lock again: still it takes it.
    [Fact, Pins("test_locks.Condition.wait_cancel_after_notify")]
    public void A_wait_cancelled_after_its_notification_takes_the_lock_first() => Run(async () =>
    {
        var condition = new AsyncCondition();
        var cancelled = false;
        var task = Aio.CreateTask(Waits());
        await Aio.Yield();
        await condition.Acquire();
        condition.Notify();
        await Aio.Yield();
        task.Cancel();
        await Aio.Yield();
        task.Cancel();
        await Aio.Yield();
        Assert.False(cancelled);
        condition.Release();
        await Turns(3);
        Assert.True(cancelled);

        async Coroutine Waits()
        {
            using (await condition.Acquire())
            {
                try
                {
                    await condition.Wait();
                }
                catch (CancelledError)
                {
                    Assert.True(condition.IsLocked);
                    cancelled = true;
                }
            }
        }
    });

    [Fact, Pins("test_locks.Condition.wait_unacquired", "test_locks.Condition.notify_unacquired",
        "test_locks.Condition.notify_all_unacquired")]
    public void Without_the_lock_nothing_is_allowed() => Run(async () =>
    {
        var condition = new AsyncCondition();
        await Fails<EventLoopException>(condition.Wait);
        Assert.Throws<EventLoopException>(() => condition.Notify());
        Assert.Throws<EventLoopException>(condition.NotifyAll);
        Assert.Throws<EventLoopException>(condition.Release);
    });

    [Fact, Pins("test_locks.Condition.wait_for")]
    public void Waiting_for_a_predicate_goes_on_when_it_holds() => Run(async () =>
    {
        var condition = new AsyncCondition();
        var ready = false;
        var looks = 0;
        var task = Aio.CreateTask(Waits());
        await Aio.Yield();
        Assert.Equal(1, looks);
        using (await condition.Acquire()) condition.Notify();
        await Turns(2);
        Assert.Equal(2, looks);
        Assert.False(task.IsDone);
        ready = true;
        using (await condition.Acquire()) condition.Notify();
        await task;
        Assert.Equal(3, looks);

        async Coroutine Waits()
        {
            using (await condition.Acquire())
                await condition.WaitFor(() =>
                {
                    looks++;
                    return ready;
                });
        }
    });

    [Fact, Pins("test_locks.Condition.wait_for_unacquired")]
    public void A_predicate_that_holds_needs_no_lock() => Run(async () =>
    {
        var condition = new AsyncCondition();
        await condition.WaitFor(() => true);
        await Fails<EventLoopException>(() => condition.WaitFor(() => false));
    });

    [Fact, Pins("test_locks.Condition.context_manager", "test_locks.Condition.explicit_lock")]
    public void A_condition_may_stand_on_a_lock_that_is_there() => Run(async () =>
    {
        var mutex = new AsyncLock();
        var condition = new AsyncCondition(mutex);
        using (await condition.Acquire()) Assert.True(mutex.IsLocked);
        Assert.False(condition.IsLocked);
        using (await mutex.Acquire()) Assert.True(condition.IsLocked);
        Assert.False(mutex.IsLocked);
    });

    [Fact, Pins("test_locks.Condition.timeout_in_block")]
    public void A_wait_that_takes_too_long_has_the_lock_again() => Run(async () =>
    {
        var condition = new AsyncCondition();
        using (await condition.Acquire())
        {
            await Fails<TimeoutException>(() => Aio.WaitFor(condition.Wait(), Seconds(0.5)));
            Assert.True(condition.IsLocked);
        }

        Assert.False(condition.IsLocked);
    });

    // The cancellation comes out as the same object that went in, message and all.
    [Theory, Pins("test_locks.Condition.cancelled_error_wakeup", "test_locks.Condition.cancelled_error_re_aquire")]
    [InlineData(false)]
    [InlineData(true)]
    public void The_cancellation_is_thrown_as_it_came(bool whileTakingTheLock) => Run(async () =>
    {
        var condition = new AsyncCondition();
        CancelledError? inside = null;
        var wake = false;
        var task = Aio.CreateTask(Waits());
        await Aio.Yield();
        if (whileTakingTheLock)
        {
            await condition.Acquire();
            wake = true;
            condition.Notify();
            await Aio.Yield();
            task.Cancel("foo");
            condition.Release();
        }
        else task.Cancel("foo");

        var outside = await Fails<CancelledError>(task);
        Assert.Equal("foo", inside?.CancelMessage);
        Assert.Equal("foo", outside.CancelMessage);

        async Coroutine Waits()
        {
            using (await condition.Acquire())
                inside = await Fails<CancelledError>(() => condition.WaitFor(() => wake));
            throw inside;
        }
    });

    // Notified and cancelled at the same time: the notification goes to the other one.
    [Theory, Pins("test_locks.Condition.cancelled_wakeup", "test_locks.Condition.cancelled_wakeup_relock")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_notification_of_a_cancelled_waiter_goes_on(bool whileTakingTheLock) => Run(async () =>
    {
        var condition = new AsyncCondition();
        var state = 0;
        LoopTask[] consumers = [Aio.CreateTask(Consume()), Aio.CreateTask(Consume())];
        await Aio.Yield();
        using (await condition.Acquire())
        {
            state++;
            condition.Notify();
            if (whileTakingTheLock) await Aio.Yield();
            consumers[0].Cancel();
            if (whileTakingTheLock) await Aio.Yield();
            await Aio.Timeout(Seconds(1), async _ => await condition.WaitFor(() => state == 0));
            state = -1;
            condition.NotifyAll();
        }

        await consumers[1];
        await Aio.Wait(consumers);

        async Coroutine Consume()
        {
            using (await condition.Acquire())
                while (true)
                {
                    await condition.WaitFor(() => state != 0);
                    if (state < 0) return;
                    state--;
                    condition.Notify();
                }
        }
    });

    private static LoopTask[] Start(AsyncCondition condition, int count, List<int> order)
    {
        return [.. Enumerable.Range(1, count).Select(i => Aio.CreateTask(Waits(i)))];

        async Coroutine Waits(int i)
        {
            using (await condition.Acquire())
            {
                await condition.Wait();
                Assert.True(condition.IsLocked);
                order.Add(i);
            }
        }
    }
}
