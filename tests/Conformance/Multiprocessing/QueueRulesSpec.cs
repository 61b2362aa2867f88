using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>
/// The portable part of CPython's test_queue. A process queue has the rules of a queue between threads, too; shutdown() is
/// <see cref="ProcessQueue{T}.Complete"/>, ShutDown is <see cref="ProcessQueueClosedException"/>.
/// </summary>
public sealed class QueueRulesSpec
{
    private const string Mixin = "test_queue.BaseQueueTestMixin.";

    // First in, first out; empty, neither, full; a put that waits goes on with a get and the other way round; twice, as used ones do too.
    [Fact]
    [Ports(
        Mixin + "test_basic",
        Mixin + "test_nowait",
        "test_queue.BaseSimpleQueueTest.test_basic",
        "test_queue.BaseSimpleQueueTest.test_order")]
    public void A_queue_is_filled_and_emptied_in_order_again_and_again()
    {
        using var queue = new ProcessQueue<int>(capacity: 3);
        for (var again = 0; again < 2; again++)
        {
            foreach (var value in (int[])[111, 333, 222]) Assert.True(queue.TryPut(value));
            Assert.False(queue.TryPut(4));
            Assert.False(queue.TryPut(4, TimeSpan.FromMilliseconds(2)));
            var putting = new OnThreads<bool>(() => queue.TryPut(444, Patience.OfAWait));
            Assert.Equal(111, queue.Get());
            Assert.True(putting.Join().Single());
            Assert.Equal((333, 222, 444), (queue.Get(), queue.Get(), queue.Get()));
            Assert.False(queue.TryGet(out _));
            Assert.False(queue.TryGet(out _, TimeSpan.FromMilliseconds(2)));
            var getting = new OnThreads<int>(() => queue.TryGet(out var value, Patience.OfAWait) ? value : -1);
            queue.Put(555);
            Assert.Equal(555, getting.Join().Single());
            Assert.Equal(0, queue.Count);
        }
    }

    // join() returns when all tasks are done, and may be called again; task_done() once too often is a ValueError, of an unused queue too.
    [Fact, Ports(Mixin + "test_queue_join", Mixin + "test_queue_task_done")]
    public void Join_waits_for_the_work_of_all_threads_again_and_again()
    {
        using var queue = new ProcessQueue<int>();
        Assert.Throws<InvalidOperationException>(queue.TaskDone);
        for (var again = 0; again < 2; again++)
        {
            var sum = 0;
            var workers = new OnThreads<bool>(2, _ =>
            {
                while (true)
                {
                    var number = queue.Get();
                    if (number >= 0) Interlocked.Add(ref sum, number);
                    queue.TaskDone();
                    if (number < 0) return true;
                }
            });
            for (var i = 0; i < 100; i++) queue.Put(i);
            Assert.True(queue.Join(Patience.OfAWait));
            Assert.Equal(4950, Volatile.Read(ref sum));
            queue.Put(-1);
            queue.Put(-1);
            Assert.True(queue.Join(Patience.OfAWait));
            Assert.All(workers.Join(), static done => Assert.True(done));
        }
        Assert.Throws<InvalidOperationException>(queue.TaskDone);
    }

    // shutdown(): what is there can be taken; then get, and put at once, are ShutDown, with a time-out and without; it may be repeated.
    [Theory]
    [Ports(
        Mixin + "test_shutdown_empty",
        Mixin + "test_shutdown_nonempty",
        Mixin + "test_shutdown_allowed_transitions",
        Mixin + "test_shutdown_all_methods_in_one_thread")]
    [InlineData(0)]
    [InlineData(2)]
    public void A_completed_queue_takes_nothing_and_gives_what_it_has(int left)
    {
        using var queue = new ProcessQueue<string>(capacity: 2);
        Assert.False(queue.IsCompleted);
        for (var i = 0; i < left; i++) queue.Put($"{i}");
        queue.Complete();
        queue.Complete();
        Assert.True(queue.IsCompleted);

        // A full one says that it is completed, not that it is full.
        Assert.Throws<ProcessQueueClosedException>(() => queue.Put("E"));
        Assert.Throws<ProcessQueueClosedException>(() => queue.TryPut("W"));
        for (var i = 0; i < left; i++)
        {
            Assert.Equal($"{i}", queue.Get());
            queue.TaskDone();
        }
        Assert.Throws<ProcessQueueClosedException>(() => queue.Get());
        Assert.Throws<ProcessQueueClosedException>(() => queue.TryGet(out _));
        Assert.Throws<ProcessQueueClosedException>(() => queue.TryGet(out _, Patience.OfAWait));
        Assert.True(queue.Join(TimeSpan.Zero));
    }

    // shutdown() wakes those who wait in get() with ShutDown, one for each that finds nothing left.
    [Theory(Timeout = Patience.OfATest), Ports(Mixin + "test_shutdown_get", Mixin + "test_shutdown_pending_get")]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public async Task Who_waits_for_a_value_hears_that_none_will_come(int values, int takers)
    {
        using var queue = new ProcessQueue<int>();
        for (var i = 0; i < values; i++) queue.Put(i);
        var taking = new OnThreads<bool>(takers, _ => Record.Exception(() => { queue.Get(); }) is not ProcessQueueClosedException);
        while (queue.Count > 0) await Task.Yield();
        queue.Complete();
        Assert.Equal(values, taking.Join().Count(static taken => taken));
    }

    // shutdown() wakes those who wait in put() with ShutDown; nothing of theirs was put.
    [Fact, Ports(Mixin + "test_shutdown_put")]
    public void Who_waits_for_room_hears_that_it_is_too_late()
    {
        using var queue = new ProcessQueue<string>(capacity: 2);
        queue.Put("Y");
        queue.Put("D");
        var putting = new OnThreads<Exception?>(2, _ => Record.Exception(() => queue.Put("late")));
        queue.Complete();
        Assert.All(putting.Join(), static thrown => Assert.IsType<ProcessQueueClosedException>(thrown));
        Assert.Equal(("Y", "D", 0), (queue.Get(), queue.Get(), queue.Count));
    }

    // join() of a queue that was shut down still waits for what is unfinished, and returns when that is done.
    [Fact]
    [Ports(Mixin + "test_shutdown_join", Mixin + "test_shutdown_put_join", Mixin + "test_shutdown_get_task_done_join")]
    public void Join_of_a_completed_queue_waits_for_what_was_put_before()
    {
        using var queue = new ProcessQueue<string>(capacity: 2);
        queue.Put("Y");
        queue.Put("D");
        var joining = new OnThreads<bool>(2, _ => queue.Join(Timeout.InfiniteTimeSpan));
        queue.Complete();
        Assert.False(queue.Join(TimeSpan.FromMilliseconds(2)));
        Assert.Equal(("Y", "D"), (queue.Get(), queue.Get()));
        queue.TaskDone();
        Assert.False(queue.Join(TimeSpan.FromMilliseconds(2)));
        Assert.Equal(0, joining.Ended);
        queue.TaskDone();
        Assert.All(joining.Join(), static joined => Assert.True(joined));
    }

    // Writers, readers and joiners in many threads while shutdown() comes: what was put is what is read, and everybody ends.
    [Fact, Ports(Mixin + "test_shutdown_all_methods_in_many_threads")]
    public void Completion_in_the_middle_of_everything_loses_nothing()
    {
        using var queue = new ProcessQueue<int>(capacity: 5);
        var (writers, readers) = Crowd(queue, queue.Complete);
        var (put, got) = (writers.Join().Sum(), readers.Join().Sum());
        Assert.Equal(put, got);
        Assert.True(queue.Join(TimeSpan.Zero));
    }

    // shutdown(immediate=True): get and put are ShutDown at once, what was there counts as done, and what was taken before does not.
    [Theory]
    [Ports(
        Mixin + "test_shutdown_immediate",
        Mixin + "test_shutdown_immediate_all_methods_in_one_thread",
        Mixin + "test_shutdown_immediate_join",
        Mixin + "test_shutdown_immediate_put_join")]
    [InlineData(0)]
    [InlineData(1)]
    public void A_queue_that_is_completed_now_is_empty_and_owes_only_what_was_taken(int taken)
    {
        using var queue = new ProcessQueue<string>(capacity: 3);
        for (var i = 0; i < 3; i++) queue.Put($"{i}");
        for (var i = 0; i < taken; i++) Assert.Equal($"{i}", queue.Get());
        var joining = new OnThreads<bool>(2, _ => queue.Join(Timeout.InfiniteTimeSpan));
        queue.CompleteNow();
        queue.CompleteNow();
        Assert.True(queue.IsCompleted);
        Assert.Equal(0, queue.Count);
        Assert.Throws<ProcessQueueClosedException>(() => queue.Put("E"));
        Assert.Throws<ProcessQueueClosedException>(() => queue.TryPut("W"));
        Assert.Throws<ProcessQueueClosedException>(() => queue.Get());
        Assert.Throws<ProcessQueueClosedException>(() => queue.TryGet(out _));
        Assert.Equal(taken == 0, queue.Join(TimeSpan.FromMilliseconds(2)));
        for (var i = 0; i < taken; i++) queue.TaskDone();
        Assert.All(joining.Join(), static joined => Assert.True(joined));
        Assert.Throws<InvalidOperationException>(queue.TaskDone);
    }

    // shutdown(immediate=True) wakes those who wait in get() and in put() with ShutDown.
    [Theory, Ports(Mixin + "test_shutdown_immediate_get", Mixin + "test_shutdown_immediate_put")]
    [InlineData(0)]
    [InlineData(2)]
    public void Who_waits_for_a_value_or_for_room_hears_that_the_queue_is_completed_now(int values)
    {
        using var queue = new ProcessQueue<int>(capacity: 2);
        for (var i = 0; i < values; i++) queue.Put(i);
        var waiting = new OnThreads<Exception?>(2, _ => Record.Exception(() =>
        {
            if (values == 0) queue.Get();
            else queue.Put(3);
        }));
        queue.CompleteNow();
        Assert.All(waiting.Join(), static thrown => Assert.IsType<ProcessQueueClosedException>(thrown));
        Assert.Equal(0, queue.Count);
    }

    // Writers, readers and joiners in many threads while shutdown(immediate=True) comes: everybody ends, and nothing is left.
    [Fact, Ports(Mixin + "test_shutdown_immediate_all_methods_in_many_threads")]
    public void Completion_now_in_the_middle_of_everything_ends_everybody()
    {
        using var queue = new ProcessQueue<int>(capacity: 5);
        var (writers, readers) = Crowd(queue, queue.CompleteNow);
        var joiners = new OnThreads<bool>(2, _ => queue.Join(Timeout.InfiniteTimeSpan));
        var (put, got) = (writers.Join().Sum(), readers.Join().Sum());
        Assert.InRange(put - got, 0, 5);
        Assert.All(joiners.Join(), static joined => Assert.True(joined));
        Assert.Equal((0, true), (queue.Count, queue.Join(TimeSpan.Zero)));
    }

    // Many feeders and consumers, which wait, which look in vain, and which give up now and then: each value once.
    [Theory]
    [Ports(
        "test_queue.BaseSimpleQueueTest.test_many_threads",
        "test_queue.BaseSimpleQueueTest.test_many_threads_nonblock",
        "test_queue.BaseSimpleQueueTest.test_many_threads_timeout")]
    [InlineData("wait")]
    [InlineData("look")]
    [InlineData("give up")]
    public void Many_threads_move_each_value_once(string how)
    {
        const int threads = 6, each = 50;
        using var queue = new ProcessQueue<int>(capacity: 8);
        var feeders = new OnThreads<bool>(threads, number =>
        {
            for (var i = 0; i < each; i++) queue.Put(number * each + i);
            return true;
        });
        var consumers = new OnThreads<int[]>(threads, _ =>
        {
            var taken = new List<int>();
            while (taken.Count < each)
            {
                if (how == "wait") taken.Add(queue.Get());
                else if (queue.TryGet(out var value, how == "look" ? TimeSpan.Zero : TimeSpan.FromMilliseconds(0.1))) taken.Add(value);
                else Thread.Yield();
            }
            return [.. taken];
        });
        Assert.All(feeders.Join(), static done => Assert.True(done));
        Assert.Equal(Enumerable.Range(0, threads * each), consumers.Join().SelectMany(static taken => taken).Order());
    }

    // "FailingQueueException" in _put and _get: a put that failed has put nothing, a get that failed has taken its value, and the queue is
    // as good as before; also when the put had to wait.
    [Fact(Timeout = Patience.OfATest), Ports("test_queue.FailingQueueTest.test_failing_queue")]
    public async Task A_value_that_fails_on_its_way_leaves_the_queue_whole()
    {
        ProcessFunctionTable.Register(new Faulty.Codec());
        var (bad, spoilt, good) = (
            new Faulty(FaultPoint.TaskPickle, Fault.Error),
            new Faulty(FaultPoint.ResultUnpickle, Fault.Error),
            new Faulty(FaultPoint.Execution, Fault.Error));
        using var queue = new ProcessQueue<Faulty>(capacity: 2);
        Assert.Throws<FormatException>(() => queue.Put(bad));
        Assert.Equal(0, queue.Count);
        queue.Put(good);
        queue.Put(spoilt);
        Assert.Throws<FormatException>(() => queue.TryPut(bad, Patience.OfAWait));
        Assert.Equal((2, good), (queue.Count, queue.Get()));
        Assert.Throws<FormatException>(() => queue.Get());
        Assert.Equal(0, queue.Count);
        queue.TaskDone();
        Assert.False(queue.Join(TimeSpan.Zero));
        queue.TaskDone();
        Assert.True(queue.Join(TimeSpan.Zero));
        queue.Put(spoilt);
        await Assert.ThrowsAsync<FormatException>(() => queue.GetAsync());
        queue.Put(good);
        Assert.Equal(good, await queue.GetAsync());
    }

    // A closed queue can be closed again; what is asked of it, also whether it is empty, says that it is closed.
    [Theory]
    [Ports("_TestQueue.test_closed_queue_empty_exceptions", "TestSimpleQueue.test_empty_exceptions", "TestSimpleQueue.test_close")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_queue_that_was_disposed_of_answers_nothing(bool used)
    {
        var queue = new ProcessQueue<int>();
        if (used) queue.Put(1);
        queue.Dispose();
        queue.Dispose();
        Action[] uses =
        [
            () => _ = queue.Count,
            () => _ = queue.Capacity,
            () => _ = queue.IsCompleted,
            () => queue.Put(1),
            () => queue.TryGet(out _),
            () => queue.Join(TimeSpan.Zero),
            queue.TaskDone,
            queue.Complete,
            queue.CompleteNow,
        ];
        Assert.All(uses, use => Assert.Throws<ObjectDisposedException>(use));
    }

    /// <summary>Writers and readers until the queue is completed, which the readers see to when they have got some way.</summary>
    private static (OnThreads<int> Writers, OnThreads<int> Readers) Crowd(ProcessQueue<int> queue, Action complete)
    {
        var writers = new OnThreads<int>(4, _ =>
        {
            for (var put = 0;; put++)
                if (Record.Exception(() => queue.Put(put)) is ProcessQueueClosedException) return put;
        });
        var readers = new OnThreads<int>(4, _ =>
        {
            for (var got = 0;; got++)
            {
                if (Record.Exception(() => { queue.Get(); }) is ProcessQueueClosedException) return got;
                if (got == 20) complete();
                queue.TaskDone();
            }
        });
        return (writers, readers);
    }
}
