using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>The portable part of CPython's _TestQueue and TestSimpleQueue, and what becomes of a queue whose users die.</summary>
public sealed class ProcessQueueSpec
{
    // put: while there is room it succeeds; a full queue refuses put_nowait, and put with a time-out after it; then room is made.
    [Fact(Timeout = Patience.OfATest), Ports("_TestQueue.test_put", "_TestQueue.test_timeout")]
    public async Task A_full_queue_refuses_until_there_is_room()
    {
        using var queue = new ProcessQueue<int>(capacity: 2);
        queue.Put(1);
        Assert.True(queue.TryPut(2));
        Assert.False(queue.TryPut(3));
        Assert.False(queue.TryPut(3, TimeSpan.FromMilliseconds(5)));
        Assert.Equal((2, 2), (queue.Count, queue.Capacity));
        var waiting = queue.PutAsync(3);
        Assert.Equal(1, queue.Get());
        await waiting;
        Assert.Equal((2, 3), (queue.Get(), queue.Get()));
    }

    // get: what was put comes out in order; an empty queue refuses get_nowait, and get with a time-out after it.
    [Fact(Timeout = Patience.OfATest), Ports("_TestQueue.test_get", "_TestQueue.test_qsize", "TestSimpleQueue.test_empty")]
    public async Task An_empty_queue_has_nothing_until_something_is_put()
    {
        using var queue = new ProcessQueue<int>();
        Assert.False(queue.TryGet(out _));
        Assert.False(queue.TryGet(out _, TimeSpan.FromMilliseconds(5)));
        using var cancellation = new CancellationTokenSource();
        var cancelled = queue.GetAsync(cancellation.Token);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        var waiting = queue.GetAsync();
        queue.Put(5);
        Assert.Equal(5, await waiting);
        Assert.Equal(0, queue.Count);
    }

    // join() returns when task_done() was called for each item by its takers; once too often is an error.
    [Fact(Timeout = Patience.OfATest), Ports("_TestQueue.test_task_done")]
    public async Task Join_waits_until_all_that_was_taken_is_done()
    {
        using var work = new ProcessQueue<int>();
        using var done = new ProcessQueue<int>();
        await using var first = WorkerProcess.Start(SharedFunctions.MoveNumbers, work, done);
        await using var second = WorkerProcess.Start(SharedFunctions.MoveNumbers, work, done);
        for (var i = 0; i < 10; i++) work.Put(i);
        await work.JoinAsync();
        Assert.Equal(10, done.Count);
        Assert.Throws<InvalidOperationException>(work.TaskDone);
        done.Get();
        Assert.False(done.Join(TimeSpan.Zero));
        Assert.Throws<OperationCanceledException>(() => done.Join(new CancellationToken(canceled: true)));
        work.Complete();
        Assert.Equal((0, 0), (await first.WaitAsync(), await second.WaitAsync()));
    }

    // An item that cannot be pickled is lost with an error; the queue goes on.
    [Fact, Ports("_TestQueue.test_queue_feeder_donot_stop_onexc")]
    public void What_cannot_cross_is_its_putters_error_and_the_queue_goes_on()
    {
        using var queue = new ProcessQueue<Stream?>();
        Assert.Throws<PayloadSerializationException>(() => queue.Put(Stream.Null));
        Assert.Equal(0, queue.Count);
        using var small = new ProcessQueue<string>(maxBytes: 20);
        Assert.Throws<PayloadSerializationException>(() => small.Put("too long for it"));
        small.Put("fits");
        Assert.Equal("fits", small.Get());
    }

    // A closed queue refuses to put, and to get.
    [Fact(Timeout = Patience.OfATest), Ports("_TestQueue.test_closed_queue_put_get_exceptions")]
    public async Task A_completed_queue_gives_what_it_has_and_no_more()
    {
        using var queue = new ProcessQueue<int>();
        queue.Put(1);
        queue.Put(2);
        queue.Complete();
        Assert.True(queue.IsCompleted);
        Assert.Throws<ProcessQueueClosedException>(() => queue.Put(3));
        var seen = new List<int>();
        await foreach (var value in queue.GetAllAsync()) seen.Add(value);
        Assert.Equal([1, 2], seen);
        Assert.Throws<ProcessQueueClosedException>(() => queue.Get());
        queue.Dispose();
        Assert.Throws<ObjectDisposedException>(() => queue.Put(4));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task Producers_and_consumers_in_several_processes_move_each_value_once()
    {
        const int each = 2000;
        using var source = new ProcessQueue<int>(capacity: 16);
        using var sink = new ProcessQueue<int>(capacity: 16);
        var producers = new[] { 0, each }.Select(from => WorkerProcess.Start(SharedFunctions.PutNumbers, source, from, each)).ToArray();
        var consumers = new[] { 0, 1 }.Select(_ => WorkerProcess.Start(SharedFunctions.MoveNumbers, source, sink)).ToArray();
        var arrived = new List<int>();
        for (var i = 0; i < 2 * each; i++) arrived.Add(sink.Get());
        source.Complete();
        Assert.Equal(Enumerable.Range(0, 2 * each), arrived.Order());
        foreach (var process in producers.Concat(consumers)) Assert.Equal(0, await process.WaitAsync());
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_consumer_that_is_killed_takes_only_what_it_had_and_join_does_not_wait_for_it()
    {
        using var queue = new ProcessQueue<int>();
        for (var i = 0; i < 3; i++) queue.Put(i);
        await using var victim = WorkerProcess.Start(SharedFunctions.TakeOneAndDie, queue);
        Assert.Equal(9, await victim.WaitAsync() - 128);
        Assert.Equal((1, 2), (queue.Get(), queue.Get()));
        Assert.False(queue.Join(TimeSpan.Zero));
        queue.TaskDone();
        queue.TaskDone();
        queue.Join();
        Assert.True(queue.Join(TimeSpan.Zero));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    public void Messages_of_all_sizes_go_round_the_ring_whole(int capacity)
    {
        using var queue = new ProcessQueue<byte[]>(capacity, maxBytes: 1000);
        var random = new Random(capacity);
        var expected = new Queue<byte[]>();
        for (var i = 0; i < 3000; i++)
        {
            var message = new byte[random.Next(300)];
            random.NextBytes(message);
            if (random.Next(2) == 0 && queue.TryPut(message)) expected.Enqueue(message);
            else if (expected.Count > 0) Assert.Equal(expected.Dequeue(), queue.Get());
        }
        while (expected.TryDequeue(out var left)) Assert.Equal(left, queue.Get());
        Assert.Equal(0, queue.Count);
    }
}
