using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>
/// The portable part of CPython's _TestLock, _TestSemaphore, _TestCondition, _TestEvent and _TestValue, and what becomes of each whose
/// owner dies.
/// </summary>
public sealed class SynchronizationSpec
{
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(5);

    // An RLock is acquired and released as often; once too often, or by who does not own it, is an error.
    [Fact, Ports("_TestLock.test_rlock", "_TestLock.test_lock_context")]
    public void A_mutex_is_released_as_often_as_it_was_taken_and_by_its_thread_only()
    {
        using var mutex = new ProcessMutex();
        using (mutex.Enter())
        {
            Assert.True(mutex.TryEnter(TimeSpan.Zero));
            mutex.Exit();
            Assert.False(Elsewhere(() => mutex.TryEnter(Brief)));
            Assert.False(Elsewhere(() => Record.Exception(mutex.Exit) is not SynchronizationLockException));
        }
        Assert.Throws<SynchronizationLockException>(mutex.Exit);
        Assert.True(Elsewhere(() =>
        {
            using (mutex.Enter())
            using (mutex.Enter())
                return mutex.IsHeldByCurrentThread;
        }));
        Assert.False(mutex.IsHeldByCurrentThread);
        Assert.True(mutex.TryEnter(TimeSpan.Zero));
        mutex.Exit();
    }

    // A Lock is no RLock: it is not given twice, whoever asks; anybody may release it, but not once too often.
    [Fact, Ports("_TestLock.test_lock")]
    public void A_semaphore_of_one_is_the_lock_that_nobody_takes_twice()
    {
        using var taken = new ProcessSemaphore(1);
        taken.Wait();
        Assert.False(taken.Wait(TimeSpan.Zero));
        Assert.False(Elsewhere(() => taken.Wait(Brief)));
        Assert.True(Elsewhere(() =>
        {
            taken.Release();
            return taken.Wait(TimeSpan.Zero);
        }));
        taken.Release();
        Assert.Throws<SemaphoreFullException>(() => taken.Release());
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_mutex_whose_owner_was_killed_is_abandoned_until_it_is_recovered()
    {
        using var mutex = new ProcessMutex();
        using var held = new ProcessEvent();
        await using var victim = WorkerProcess.Start(SharedFunctions.HoldAndDie, mutex, held);
        Assert.True(held.Wait(Patience.OfAWait));
        Assert.Throws<AbandonedProcessMutexException>(() => { mutex.Enter(); });
        Assert.True(mutex.IsAbandoned);
        Assert.Throws<AbandonedProcessMutexException>(() => mutex.TryEnter(TimeSpan.Zero));
        using (mutex.Recover()) Assert.True(mutex.IsHeldByCurrentThread);
        using (mutex.Enter()) Assert.False(mutex.IsAbandoned);
    }

    [Fact]
    public void A_mutex_whose_thread_ended_is_abandoned_too()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var mutex = new ProcessMutex();
        Assert.True(Elsewhere(() => mutex.TryEnter(TimeSpan.Zero)));
        Assert.Throws<AbandonedProcessMutexException>(() => mutex.TryEnter(Patience.OfAWait));
    }

    // Semaphore(2): two are had, the third not; each release gives one back.
    [Fact(Timeout = Patience.OfATest), Ports("_TestSemaphore.test_semaphore", "_TestSemaphore.test_timeout")]
    public async Task A_semaphore_gives_as_many_permits_as_it_has()
    {
        using var semaphore = new ProcessSemaphore(2, maximum: 10);
        Assert.True(semaphore.Wait(Patience.OfAWait));
        Assert.True(semaphore.Wait(TimeSpan.Zero));
        Assert.False(semaphore.Wait(Brief));
        var waiting = semaphore.WaitAsync();
        semaphore.Release();
        await waiting;
        semaphore.Release(3);
        Assert.Equal(3, semaphore.CurrentCount);
    }

    // A BoundedSemaphore is not released above what it began with.
    [Fact, Ports("_TestSemaphore.test_bounded_semaphore")]
    public void A_semaphore_is_not_released_above_its_maximum()
    {
        using var semaphore = new ProcessSemaphore(1);
        Assert.Throws<SemaphoreFullException>(() => semaphore.Release());
        Assert.True(semaphore.Wait(Patience.OfAWait));
        semaphore.Release();
        Assert.Equal(1, semaphore.CurrentCount);
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task The_permits_of_a_process_that_was_killed_are_free_again()
    {
        using var semaphore = new ProcessSemaphore(2);
        using var taken = new ProcessEvent();
        await using var victim = WorkerProcess.Start(SharedFunctions.TakePermits, semaphore, taken);
        Assert.True(taken.Wait(Patience.OfAWait));
        Assert.False(semaphore.Wait(Brief));
        var waiting = semaphore.WaitAsync();
        victim.Kill();
        await waiting;
        Assert.Equal(1, semaphore.CurrentCount);
    }

    // notify() wakes one of those who wait, notify(n) n, notify_all() all; in processes and threads alike.
    [Fact(Timeout = Patience.OfATest)]
    [Ports("_TestCondition.test_notify", "_TestCondition.test_notify_n", "_TestCondition.test_notify_all")]
    public async Task A_condition_wakes_as_many_as_it_is_told()
    {
        using var condition = new ProcessCondition();
        using var sleeping = new SharedValue<int>();
        using var woken = new SharedValue<int>();
        var waiters = Enumerable.Range(0, 2)
            .Select(_ => WorkerProcess.Start(SharedFunctions.WaitNotified, condition, sleeping, woken).WaitAsync())
            .Concat(Enumerable.Range(0, 4).Select(_ => OnOtherThread(() =>
            {
                SharedFunctions.WaitNotified(condition, sleeping, woken);
                return 0;
            })))
            .ToArray();
        await Until(() => sleeping.Value == 6);
        foreach (var (count, expected) in new[] { (1, 1), (2, 3), (int.MaxValue, 6) })
        {
            Assert.Equal(0, await OnOtherThread(() =>
            {
                using (condition.Mutex.Enter()) condition.Notify(count);
                return 0;
            }));
            await Until(() => woken.Value >= expected);
            Assert.Equal(expected, woken.Value);
        }
        Assert.All(await Task.WhenAll(waiters), code => Assert.Equal(0, code));
    }

    // wait(timeout) is false when nobody notified, and the lock is held again; waiting without it is an error.
    [Fact, Ports("_TestCondition.test_timeout", "_TestCondition.test_wait_result")]
    public void A_wait_that_nobody_ended_says_so_and_holds_the_mutex()
    {
        using var condition = new ProcessCondition();
        Assert.Throws<SynchronizationLockException>(() => condition.Wait(Brief));
        Assert.Throws<SynchronizationLockException>(() => condition.Notify());
        using (condition.Mutex.Enter())
        {
            Assert.False(condition.Wait(Brief));
            Assert.True(condition.Mutex.IsHeldByCurrentThread);
            using var cancelled = new CancellationTokenSource();
            cancelled.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => condition.Wait(cancelled.Token));
            Assert.True(condition.Mutex.IsHeldByCurrentThread);
        }
    }

    // wait_for(predicate) returns when it is true, or false after the time-out.
    [Fact(Timeout = Patience.OfATest)]
    [Ports(
        "_TestCondition.test_waitfor",
        "_TestCondition.test_waitfor_timeout",
        "lock_tests.ConditionTests.test_waitfor",
        "lock_tests.ConditionTests.test_waitfor_timeout")]
    public async Task Waiting_for_a_state_looks_at_it_at_each_notification()
    {
        using var condition = new ProcessCondition();
        var state = 0;
        var waiting = OnOtherThread(() =>
        {
            using var held = condition.Mutex.Enter();
            return condition.WaitFor(() => state == 4, Timeout.InfiniteTimeSpan);
        });
        for (var i = 0; i < 4; i++)
        {
            Assert.True(await OnOtherThread(() =>
            {
                using var held = condition.Mutex.Enter();
                state++;
                condition.Notify();
                return true;
            }));
        }
        Assert.True(await waiting);
        using (condition.Mutex.Enter()) Assert.False(condition.WaitFor(() => state == 5, Brief));
    }

    // An event that is not set makes one wait; once set it makes nobody wait; cleared, again.
    [Fact(Timeout = Patience.OfATest), Ports("_TestEvent.test_event")]
    public async Task An_event_is_waited_for_until_it_is_set()
    {
        using var told = new ProcessEvent();
        using var done = new ProcessEvent();
        Assert.False(told.IsSet);
        Assert.False(told.Wait(Brief));
        await using var process = WorkerProcess.Start(SharedFunctions.SetWhenTold, told, done);
        told.Set();
        await done.WaitAsync();
        Assert.True(told.Wait(TimeSpan.Zero));
        told.Reset();
        Assert.False(told.Wait(TimeSpan.Zero));
        Assert.Equal(0, await process.WaitAsync());
    }

    // Value: what one process writes the other reads; read-modify-write under its lock loses nothing.
    [Fact(Timeout = Patience.OfATest), Ports("_TestValue.test_value", "_TestValue.test_getobj_getlock")]
    public async Task A_shared_value_loses_no_update_under_its_mutex()
    {
        using var value = new SharedValue<long>(5);
        Assert.Equal(5, value.Value);
        var processes = Enumerable.Range(0, 3).Select(_ => WorkerProcess.Start(SharedFunctions.Increment, value, 500)).ToArray();
        for (var i = 0; i < 500; i++)
            using (value.Mutex.Enter()) value.Unguarded++;
        foreach (var process in processes) Assert.Equal(0, await process.WaitAsync());
        Assert.Equal(2005, value.Value);
    }

    private static bool Elsewhere(Func<bool> work)
    {
        var result = false;
        var thread = new Thread(() => result = work());
        thread.Start();
        Assert.True(thread.Join(Patience.OfAWait), "The other thread does not end.");
        return result;
    }

    /// <summary>What awaits it may go on on that very thread, before the thread has ended.</summary>
    private static Task<T> OnOtherThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task Until(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(5, TestContext.Current.CancellationToken);
    }
}
