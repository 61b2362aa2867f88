using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Queues under cancellation: no item and no place is lost to a waiter that has gone. Rules from test_queues.</summary>
public sealed class QueueEdgesSpec : AsyncioSpec
{
    [Fact, Pins("test_queues.QueueBasic.empty", "test_queues.QueueBasic.full", "test_queues.QueueBasic.maxsize")]
    public void It_knows_whether_it_is_empty_or_full()
    {
        var queue = new AsyncQueue<int>(2);
        Assert.True(queue.IsEmpty && !queue.IsFull);
        queue.PutNoWait(1);
        Assert.False(queue.IsEmpty || queue.IsFull);
        queue.PutNoWait(2);
        Assert.True(queue.IsFull);
        Assert.Equal((2, 2), (queue.Count, queue.MaxSize));
    }

    [Fact, Pins("test_queues.QueueBasic.order", "test_queues.LifoQueue.order", "test_queues.PriorityQueue.order")]
    public void The_kinds_differ_in_their_order_only()
    {
        Assert.Equal([1, 3, 2], Drain(new AsyncQueue<int>()));
        Assert.Equal([2, 3, 1], Drain(new AsyncLifoQueue<int>()));
        Assert.Equal([1, 2, 3], Drain(new AsyncPriorityQueue<int>()));

        static List<int> Drain(AsyncQueue<int> queue)
        {
            foreach (var item in new[] { 1, 3, 2 }) queue.PutNoWait(item);
            var items = new List<int>();
            while (queue.TryGet(out var item)) items.Add(item);
            return items;
        }
    }

    // What is there is taken without a switch.
    [Fact, Pins("test_queues.QueueGet.blocking_get", "test_queues.QueueGet.nonblocking_get")]
    public void A_get_of_what_is_there_is_no_switch() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        queue.PutNoWait(1);
        var others = 0;
        EventLoop.Current.CallSoon(() => others++);
        Assert.Equal(1, await queue.Get());
        Assert.Equal(0, others);
    });

    [Fact, Pins("test_queues.QueueGet.get_with_putters", "test_queues.QueueGet.get_with_waiting_putters")]
    public void A_get_lets_the_first_putter_in() => Run(async () =>
    {
        var queue = new AsyncQueue<string>(1);
        var first = Aio.CreateTask(queue.Put("a"));
        var second = Aio.CreateTask(queue.Put("b"));
        await Turns(2);
        Assert.True(first.IsDone);
        Assert.False(second.IsDone);
        Assert.Equal("a", await queue.Get());
        Assert.Equal("b", await queue.Get());
        Assert.True(second.IsDone);
    });

    [Fact, Pins("test_queues.QueueGet.blocking_get_wait")]
    public void A_get_waits_for_the_item() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var loop = EventLoop.Current;
        var start = loop.Time;
        loop.CallLater(Seconds(0.01), () => queue.PutNoWait(1));
        Assert.Equal(1, await queue.Get());
        Assert.Equal(Seconds(0.01), loop.Time - start);
    });

    [Fact, Pins("test_queues.QueueGet.nonblocking_get_exception", "test_queues.QueuePut.nonblocking_put_exception")]
    public void At_once_or_an_error()
    {
        var queue = new AsyncQueue<int>(1);
        Assert.Throws<QueueEmptyException>(() => queue.GetNoWait());
        queue.PutNoWait(1);
        Assert.Throws<QueueFullException>(() => queue.PutNoWait(2));
        Assert.Equal(1, queue.GetNoWait());
    }

    // The first of two getters is cancelled; the item goes to the second.
    [Fact, Pins("test_queues.QueueGet.get_cancelled_race")]
    public void A_cancelled_getter_leaves_the_item_to_the_next() => Run(async () =>
    {
        var queue = new AsyncQueue<string>();
        var first = Aio.CreateTask(queue.Get());
        var second = Aio.CreateTask(queue.Get());
        await Aio.Yield();
        first.Cancel();
        await Aio.Yield();
        Assert.True(first.IsDone);
        await queue.Put("a");
        Assert.Equal("a", await second);
    });

    [Fact, Pins("test_queues.QueueGet.why_are_getters_waiting")]
    public void Two_getters_and_two_items_leave_nobody_waiting() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var got = new List<int>();
        var getters = new[] { Aio.CreateTask(Take()), Aio.CreateTask(Take()) };
        await Aio.Yield();
        var putters = new[] { Aio.CreateTask(queue.Put(1)), Aio.CreateTask(queue.Put(2)) };
        await Aio.Wait([.. getters, .. putters]);
        Assert.Equal([1, 2], got);

        async Coroutine Take() => got.Add(await queue.Get());
    });

    // Many getters that gave up must not pile up inside: the item goes to the one who still waits.
    [Fact, Pins("test_queues.QueueGet.cancelled_getters_not_being_held_in_self_getters")]
    public void Getters_that_gave_up_are_gone() => Run(async () =>
    {
        var queue = new AsyncQueue<int>(5);
        for (var i = 0; i < 20; i++)
            await Fails<TimeoutException>(async () => await Aio.WaitFor(queue.Get(), Seconds(0.1)));
        var getter = Aio.CreateTask(queue.Get());
        await Aio.Yield();
        queue.PutNoWait(9);
        Assert.Equal(9, await getter);
    });

    [Fact, Pins("test_queues.QueuePut.blocking_put", "test_queues.QueuePut.nonblocking_put")]
    public void A_put_with_room_is_no_switch() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var others = 0;
        EventLoop.Current.CallSoon(() => others++);
        await queue.Put(1);
        Assert.Equal(0, others);
        Assert.Equal(1, queue.GetNoWait());
    });

    [Fact, Pins("test_queues.QueuePut.blocking_put_wait")]
    public void A_put_waits_for_room() => Run(async () =>
    {
        var queue = new AsyncQueue<int>(1);
        var loop = EventLoop.Current;
        var order = new List<string>();
        loop.CallLater(Seconds(0.01), () =>
        {
            order.Add("get");
            queue.GetNoWait();
        });
        await queue.Put(1);
        await queue.Put(2);
        order.Add("put");
        Assert.Equal(["get", "put"], order);
    });

    // The item's getter is cancelled in the same turn in which the item came: the next getter has it, and order is kept.
    [Fact, Pins("test_queues.QueuePut.get_cancel_drop_one_pending_reader")]
    public void A_getter_cancelled_beside_its_item_passes_it_on() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var reader = Aio.CreateTask(queue.Get());
        await Aio.Yield();
        queue.PutNoWait(1);
        queue.PutNoWait(2);
        reader.Cancel();
        var got = new List<int>();
        try
        {
            got.Add(await reader);
        }
        catch (CancelledError)
        {
            // It had not run yet: the item stayed in the queue.
        }

        while (queue.TryGet(out var item)) got.Add(item);
        Assert.Equal([1, 2], got);
    });

    [Fact, Pins("test_queues.QueuePut.get_cancel_drop_many_pending_readers")]
    public void No_item_is_lost_or_doubled_by_many_cancelled_getters() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        var readers = Enumerable.Range(0, 3).Select(_ => Aio.CreateTask(queue.Get())).ToArray();
        await Aio.Yield();
        foreach (var item in new[] { 1, 2, 3 }) queue.PutNoWait(item);
        readers[0].Cancel();
        await Turns(2);
        Assert.True(readers[0].IsCancelled);
        Assert.Equal([1, 2], [readers[1].Result, readers[2].Result]);
        Assert.Equal(3, queue.GetNoWait());
    });

    [Fact, Pins("test_queues.QueuePut.put_cancel_drop", "test_queues.QueuePut.put_cancelled")]
    public void A_cancelled_put_puts_nothing() => Run(async () =>
    {
        var queue = new AsyncQueue<int>(1);
        queue.PutNoWait(1);
        var writer = Aio.CreateTask(queue.Put(2));
        await Aio.Yield();
        queue.GetNoWait();
        queue.PutNoWait(3);
        writer.Cancel();
        await Fails<CancelledError>(writer);
        Assert.Equal(3, queue.GetNoWait());
        Assert.True(queue.IsEmpty);
    });

    [Fact, Pins("test_queues.QueuePut.put_cancelled_race")]
    public void A_cancelled_putter_leaves_its_place_to_the_next() => Run(async () =>
    {
        var queue = new AsyncQueue<string>(1);
        var a = Aio.CreateTask(queue.Put("a"));
        var b = Aio.CreateTask(queue.Put("b"));
        var c = Aio.CreateTask(queue.Put("X"));
        await Aio.Yield();
        Assert.True(a.IsDone);
        Assert.False(b.IsDone);
        c.Cancel();
        await Aio.Yield();
        Assert.True(c.IsDone);
        Assert.Equal("a", await queue.Get());
        await Aio.Yield();
        Assert.Equal("b", await queue.Get());
        Assert.True(b.IsDone);
    });

    [Fact, Pins("test_queues.QueuePut.put_with_waiting_getters")]
    public void A_put_wakes_the_getter() => Run(async () =>
    {
        var queue = new AsyncQueue<string>();
        var getter = Aio.CreateTask(queue.Get());
        await Aio.Yield();
        await queue.Put("a");
        Assert.Equal("a", await getter);
    });

    [Fact, Pins("test_queues.QueuePut.why_are_putters_waiting")]
    public void As_many_gets_as_puts_leave_nobody_waiting() => Run(async () =>
    {
        var queue = new AsyncQueue<int>(2);
        LoopTask[] putters = [.. Enumerable.Range(0, 4).Select(i => Aio.CreateTask(queue.Put(i)))];
        var got = Aio.CreateTask(Take());
        await Aio.Wait([.. putters, got]);
        Assert.Equal([0, 1, 2, 3], got.Result);

        async Coroutine<List<int>> Take()
        {
            await Aio.Yield();
            var items = new List<int>();
            for (var i = 0; i < 4; i++) items.Add(await queue.Get());
            return items;
        }
    });

    [Fact, Pins("test_queues.QueuePut.cancelled_puts_not_being_held_in_self_putters",
        "test_queues.QueuePut.cancelled_put_silence_value_error_exception")]
    public void Putters_that_gave_up_are_gone() => Run(async () =>
    {
        var queue = new AsyncQueue<int>(1);
        queue.PutNoWait(1);
        for (var i = 0; i < 20; i++) await Fails<TimeoutException>(() => Aio.WaitFor(queue.Put(2), Seconds(0.1)));
        var putter = Aio.CreateTask(queue.Put(3));
        await Aio.Yield();
        Assert.Equal(1, queue.GetNoWait());
        await putter;
        Assert.Equal(3, queue.GetNoWait());
    });

    [Fact, Pins("test_queues.QueueJoin.task_done_underflow")]
    public void More_done_than_put_is_an_error()
    {
        var queue = new AsyncQueue<int>();
        Assert.Throws<ArgumentException>(queue.TaskDone);
    }

    // Workers share a hundred items; the join ends when the last is told as done.
    [Fact, Pins("test_queues.QueueJoin.task_done")]
    public void Join_ends_with_the_last_of_many_workers() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        for (var i = 0; i < 100; i++) queue.PutNoWait(i);
        var sum = 0;
        LoopTask[] workers = [Aio.CreateTask(Work()), Aio.CreateTask(Work())];
        await queue.Join();
        Assert.Equal(Enumerable.Range(0, 100).Sum(), sum);
        Assert.Equal(0, queue.Unfinished);
        foreach (var worker in workers) worker.Cancel();
        await Aio.Wait(workers);

        async Coroutine Work()
        {
            while (true)
            {
                var item = await queue.Get();
                await Aio.Yield();
                sum += item;
                queue.TaskDone();
            }
        }
    });

    [Fact, Pins("test_queues.QueueJoin.join_empty_queue")]
    public void Join_of_a_queue_without_work_goes_on_at_once() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        await queue.Join();
        queue.PutNoWait(1);
        queue.GetNoWait();
        queue.TaskDone();
        await queue.Join();
    });

    // The join of an empty queue, and the getters of it, after a shutdown.
    [Fact, Pins("test_queues.QueueShutdown.shutdown_empty")]
    public void A_shut_down_empty_queue_takes_and_gives_nothing() => Run(async () =>
    {
        var queue = new AsyncQueue<int>();
        queue.Shutdown();
        await queue.Join();
        await Fails<QueueShutDownException>(() => queue.Put(1));
        await Fails<QueueShutDownException>(async () => await queue.Get());
        Assert.Throws<QueueShutDownException>(() => queue.PutNoWait(1));
        Assert.Throws<QueueShutDownException>(() => queue.GetNoWait());
    });

    // A putter waits in a full queue when it is shut down: it is told, and the item that was there can still be taken.
    [Fact, Pins("test_queues.QueueShutdown.shutdown_nonempty")]
    public void A_putter_that_waits_is_told_of_the_shutdown() => Run(async () =>
    {
        var queue = new AsyncQueue<string>(1);
        queue.PutNoWait("data");
        var join = Aio.CreateTask(queue.Join());
        var put = Aio.CreateTask(queue.Put("data2"));
        await Aio.Yield();
        queue.Shutdown();
        await Fails<QueueShutDownException>(put);
        Assert.Equal("data", await queue.Get());
        Assert.False(join.IsDone);
        queue.TaskDone();
        await join;
        await Fails<QueueShutDownException>(async () => await queue.Get());
    });

    [Fact, Pins("test_queues.QueueShutdown.shutdown_immediate", "test_queues.QueueShutdown.shutdown_immediate_with_unfinished")]
    public void An_immediate_shutdown_counts_what_is_dropped_but_not_what_is_being_worked_on() => Run(async () =>
    {
        var queue = new AsyncQueue<string>();
        queue.PutNoWait("taken");
        queue.PutNoWait("dropped");
        await queue.Get();
        var join = Aio.CreateTask(queue.Join());
        await Aio.Yield();
        queue.Shutdown(immediate: true);
        await Turns(2);
        Assert.False(join.IsDone);
        queue.TaskDone();
        await join;
        Assert.Throws<ArgumentException>(queue.TaskDone);
    });
}
