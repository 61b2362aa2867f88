using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>
/// The portable part of CPython's lock_tests, which pin for threads what SynchronizationSpec pins for processes: a mutex is its RLock, a
/// semaphore with a maximum its BoundedSemaphore.
/// </summary>
public sealed class LockRulesSpec
{
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(2);

    // acquire(False) of a lock that another thread has is False; those who wait get it when it is released, one after the other.
    [Fact]
    [Ports(
        "lock_tests.BaseLockTests.test_acquire_release",
        "lock_tests.BaseLockTests.test_try_acquire",
        "lock_tests.BaseLockTests.test_try_acquire_contended",
        "lock_tests.BaseLockTests.test_acquire_contended",
        "lock_tests.BaseLockTests.test_thread_leak")]
    public void A_mutex_is_had_by_one_thread_after_the_other()
    {
        using var mutex = new ProcessMutex();
        var inside = 0;
        mutex.Enter();
        Assert.False(new OnThreads<bool>(() => mutex.TryEnter(TimeSpan.Zero)).Join().Single());
        var threads = new OnThreads<int>(15, _ =>
        {
            using var held = mutex.Enter();
            var most = Interlocked.Increment(ref inside);
            Interlocked.Decrement(ref inside);
            return most;
        });
        Assert.Equal(0, threads.Ended);
        mutex.Exit();
        Assert.All(threads.Join(), static most => Assert.Equal(1, most));
        Assert.True(mutex.TryEnter(TimeSpan.Zero));
        mutex.Exit();
    }

    // with lock: it is released at the end, whatever the body throws.
    [Fact, Ports("lock_tests.BaseLockTests.test_with")]
    public void The_scope_of_a_mutex_ends_with_its_body()
    {
        using var mutex = new ProcessMutex();
        using (mutex.Enter()) Assert.True(mutex.IsHeldByCurrentThread);
        Assert.True(new OnThreads<bool>(() => TakeAndGive(mutex)).Join().Single());
        Assert.Throws<InvalidDataException>(() => Fail(mutex));
        Assert.True(new OnThreads<bool>(() => TakeAndGive(mutex)).Join().Single());
    }

    // acquire(timeout): the longest there is is no error; one that passed leaves the lock as it was.
    [Fact]
    [Ports("lock_tests.BaseLockTests.test_timeout", "lock_tests.LockTests.test_state_after_timeout")]
    public void A_mutex_that_was_not_had_in_time_is_as_it_was()
    {
        using var mutex = new ProcessMutex();
        Assert.True(mutex.TryEnter(TimeSpan.MaxValue));
        mutex.Exit();
        mutex.Enter();
        Assert.False(new OnThreads<bool>(() => mutex.TryEnter(Brief)).Join().Single());
        Assert.True(mutex.IsHeldByCurrentThread);
        mutex.Exit();
        Assert.True(new OnThreads<bool>(() => TakeAndGive(mutex)).Join().Single());
    }

    // RLock: taken again by its thread, released as often; not by another thread, not once more.
    [Fact]
    [Ports(
        "lock_tests.RLockTests.test_reacquire",
        "lock_tests.RLockTests.test_release_unacquired",
        "lock_tests.RLockTests.test_different_thread",
        "lock_tests.RLockTests.test__is_owned")]
    public void A_mutex_counts_how_often_its_thread_has_it()
    {
        using var mutex = new ProcessMutex();
        Assert.Throws<SynchronizationLockException>(mutex.Exit);
        mutex.Enter();
        mutex.Enter();
        mutex.Exit();
        Assert.True(mutex.IsHeldByCurrentThread);
        mutex.Enter();
        mutex.Exit();
        var other = new OnThreads<(bool, bool)>(
            () => (mutex.IsHeldByCurrentThread, Record.Exception(mutex.Exit) is SynchronizationLockException));
        Assert.Equal((false, true), other.Join().Single());
        mutex.Exit();
        Assert.False(mutex.IsHeldByCurrentThread);
        Assert.Throws<SynchronizationLockException>(mutex.Exit);
    }

    // Disposing of what is held, or waited for, harms nobody: who waits hears of it.
    [Fact]
    [Ports("lock_tests.BaseLockTests.test_acquire_destroy", "lock_tests.BaseSemaphoreTests.test_acquire_destroy")]
    public void What_is_held_can_be_disposed_of()
    {
        var (mutex, semaphore) = (new ProcessMutex(), new ProcessSemaphore(1));
        mutex.Enter();
        semaphore.Wait();
        var waiting = new OnThreads<Exception?>(2, number => Record.Exception(() =>
        {
            if (number == 0) mutex.Enter();
            else semaphore.Wait();
        }));
        mutex.Dispose();
        semaphore.Dispose();
        Assert.All(waiting.Join(), static thrown => Assert.IsType<ObjectDisposedException>(thrown));
        Assert.Throws<ObjectDisposedException>(mutex.Exit);
        Assert.Throws<ObjectDisposedException>(() => semaphore.Release());
    }

    // set() and clear(), each twice; all who wait are notified; a wait of no time says how it is.
    [Fact]
    [Ports("lock_tests.EventTests.test_is_set", "lock_tests.EventTests.test_notify", "lock_tests.EventTests.test_timeout")]
    public void An_event_tells_all_who_wait_again_and_again()
    {
        using var told = new ProcessEvent();
        for (var again = 0; again < 2; again++)
        {
            Assert.False(told.IsSet);
            var early = new OnThreads<bool>(2, _ => told.Wait(TimeSpan.Zero) || told.Wait(Brief));
            Assert.All(early.Join(), static heard => Assert.False(heard));
            var waiting = new OnThreads<bool>(5, _ => told.Wait(Patience.OfAWait) && told.Wait(TimeSpan.Zero));
            told.Set();
            told.Set();
            Assert.True(told.IsSet);
            Assert.All(waiting.Join(), static heard => Assert.True(heard));
            told.Reset();
            told.Reset();
        }
    }

    // "wait() returns true even when the event is cleared before the waiting thread is woken up" (gh-57711). Set again and again, because
    // it cannot be seen when the threads have begun to wait; it is cleared within a fraction of the time that waking one takes.
    [Fact(Timeout = Patience.OfATest), Ports("lock_tests.EventTests.test_set_and_clear")]
    public async Task An_event_that_is_reset_at_once_was_set()
    {
        using var told = new ProcessEvent();
        var waiting = new OnThreads<bool>(5, _ => told.Wait(Patience.OfAWait));
        while (waiting.Ended < 5)
        {
            told.Set();
            told.Reset();
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
        Assert.All(waiting.Join(), static heard => Assert.True(heard));
    }

    // A condition's own lock is re-entrant, and may be one that was given; waiting gives all of it up, however often it is held.
    [Fact]
    [Ports(
        "lock_tests.ConditionTests.test_acquire",
        "lock_tests.ConditionTests.test_unacquired_wait",
        "lock_tests.ConditionTests.test_unacquired_notify")]
    public void A_condition_waits_without_its_mutex_and_has_it_as_often_as_before()
    {
        using var mutex = new ProcessMutex();
        using var condition = new ProcessCondition(mutex);
        Assert.Same(mutex, condition.Mutex);
        Assert.Throws<SynchronizationLockException>(() => condition.Wait(Brief));
        Assert.Throws<SynchronizationLockException>(() => condition.Notify());
        using var inside = new ManualResetEventSlim();
        var waiting = new OnThreads<bool>(() =>
        {
            using (mutex.Enter())
            using (mutex.Enter())
            {
                inside.Set();
                return condition.Wait(Patience.OfAWait) && mutex.IsHeldByCurrentThread;
            }
        });
        Assert.True(inside.Wait(Patience.OfAWait));

        // It is inside and holds the mutex twice, so whoever has the mutex now has it from its wait.
        using (mutex.Enter()) condition.Notify();
        Assert.True(waiting.Join().Single());
        Assert.True(new OnThreads<bool>(() => TakeAndGive(mutex)).Join().Single());
    }

    // notify(3) wakes three of five, and of those that waited longest; notify_all() the others; no wake-up without a notification.
    [Fact(Timeout = Patience.OfATest)]
    [Ports("lock_tests.ConditionTests.test_notify", "lock_tests.ConditionTests.test_timeout")]
    public async Task A_condition_wakes_those_first_who_waited_longest()
    {
        using var condition = new ProcessCondition();
        for (var again = 0; again < 2; again++)
        {
            var (arrived, woken) = (0, new List<int>());
            var waiting = new OnThreads<bool>(5, _ =>
            {
                using var held = condition.Mutex.Enter();
                var number = arrived++;
                var notified = condition.Wait(Patience.OfAWait);
                woken.Add(number);
                return notified;
            });
            await Until(() => arrived == 5);
            foreach (var (count, expected) in new[] { (3, 3), (int.MaxValue, 5) })
            {
                Under(() =>
                {
                    condition.Notify(count);
                    return true;
                });
                await Until(() => woken.Count >= expected);
                Assert.Equal(Enumerable.Range(0, expected), woken.Order());
            }
            Assert.All(waiting.Join(), static notified => Assert.True(notified));
        }
        var late = new OnThreads<bool>(5, _ => Under(() => condition.Wait(Brief)));
        Assert.All(late.Join(), static notified => Assert.False(notified));

        async Task Until(Func<bool> state)
        {
            while (!Under(state)) await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        bool Under(Func<bool> look)
        {
            using var held = condition.Mutex.Enter();
            return look();
        }
    }

    // Semaphore(-1) is a ValueError. Ten threads that take two of seven each: six go on at once; as many more as are released, also several
    // at once; and then it is empty.
    [Theory(Timeout = Patience.OfATest)]
    [Ports(
        "lock_tests.BaseSemaphoreTests.test_constructor",
        "lock_tests.BaseSemaphoreTests.test_acquire_contended",
        "lock_tests.BaseSemaphoreTests.test_multirelease",
        "lock_tests.BaseSemaphoreTests.test_try_acquire_contended")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_semaphore_lets_as_many_go_on_as_there_are_permits(bool together)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessSemaphore(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessSemaphore(2, maximum: 1));
        using var semaphore = new ProcessSemaphore(7, maximum: 20);
        semaphore.Wait();
        var taken = 0;
        var threads = new OnThreads<bool>(10, _ =>
        {
            for (var i = 0; i < 2; i++)
            {
                semaphore.Wait();
                Interlocked.Increment(ref taken);
            }
            return true;
        });
        var allowed = 6;
        await Taken(allowed);
        foreach (var more in (int[])[7, 6])
        {
            if (together) semaphore.Release(more);
            else
                for (var i = 0; i < more; i++) semaphore.Release();
            await Taken(allowed += more);
        }
        Assert.False(semaphore.Wait(Brief));
        semaphore.Release();
        Assert.All(threads.Join(), static done => Assert.True(done));
        Assert.False(semaphore.Wait(TimeSpan.Zero));

        async Task Taken(int count)
        {
            while (Volatile.Read(ref taken) < count) await Task.Delay(1, TestContext.Current.CancellationToken);
            Assert.Equal(count, Volatile.Read(ref taken));
        }
    }

    // acquire(False) and with a time-out as long as there is one; an unbounded semaphore is released as often as one likes, a bounded one
    // no more often than it was acquired.
    [Fact]
    [Ports(
        "lock_tests.BaseSemaphoreTests.test_acquire",
        "lock_tests.BaseSemaphoreTests.test_try_acquire",
        "lock_tests.BaseSemaphoreTests.test_acquire_timeout",
        "lock_tests.SemaphoreTests.test_release_unacquired",
        "lock_tests.BoundedSemaphoreTests.test_release_unacquired")]
    public void A_semaphore_is_released_up_to_its_maximum()
    {
        using var bounded = new ProcessSemaphore(2);
        Assert.Throws<SemaphoreFullException>(() => bounded.Release());
        Assert.True(bounded.Wait(TimeSpan.Zero) && bounded.Wait(Brief));
        Assert.False(bounded.Wait(TimeSpan.Zero) || bounded.Wait(Brief));
        bounded.Release(2);
        Assert.Throws<SemaphoreFullException>(() => bounded.Release());
        using var unbounded = new ProcessSemaphore(1, int.MaxValue);
        unbounded.Release();
        Assert.True(unbounded.Wait(TimeSpan.Zero) && unbounded.Wait(TimeSpan.Zero));
        Assert.False(unbounded.Wait(TimeSpan.Zero));
    }

    private static void Fail(ProcessMutex mutex)
    {
        using var held = mutex.Enter();
        throw new InvalidDataException();
    }

    private static bool TakeAndGive(ProcessMutex mutex)
    {
        if (!mutex.TryEnter(Patience.OfAWait)) return false;
        mutex.Exit();
        return true;
    }
}
