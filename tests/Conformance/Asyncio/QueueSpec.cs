using Quintet.Asyncio;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>Queues: limits, waiting, counting what is unfinished, and shutting down. Rules from CPython's queues (3.13).</summary>
public sealed class QueueSpec
{
    private static readonly EventLoopOptions Options = new() { VirtualTime = true, HandleInterrupt = false };

    public static TheoryData<string> Kinds => ["first in, first out", "last in, first out", "priority"];

    // The order is what tells the three kinds apart; limits and waiting are the same.
    [Theory]
    [InlineData("first in, first out", "3,1,2")]
    [InlineData("last in, first out", "2,1,3")]
    [InlineData("priority", "1,2,3")]
    public void Each_kind_has_its_order(string kind, string expected)
    {
        var queue = Make(kind, 0);
        foreach (var item in new[] { 3, 1, 2 }) queue.PutNoWait(item);
        Assert.Equal(expected, string.Join(',', Enumerable.Range(0, 3).Select(_ => queue.GetNoWait())));
    }

    // A maximum of zero or less means none.
    [Theory]
    [InlineData(0, false)]
    [InlineData(-3, false)]
    [InlineData(2, true)]
    public void Only_a_positive_maximum_limits(int maximum, bool isFull)
    {
        var queue = new AsyncQueue<int>(maximum);
        queue.PutNoWait(1);
        queue.PutNoWait(2);
        Assert.Equal(isFull, queue.IsFull);
        if (isFull) Assert.Throws<QueueFullException>(() => queue.PutNoWait(3));
        else queue.PutNoWait(3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_to_take_is_an_error_at_once_and_a_wait_otherwise(string kind) => EventLoop.Run(Body(kind), Options);

    // What is put wakes one waiter; the one who came first gets it.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_full_queue_holds_who_puts_until_somebody_takes(string kind)
    {
        EventLoop.Run(Full(kind), Options);

        static async Coroutine Full(string kind)
        {
            var queue = Make(kind, 1);
            await queue.Put(1);
            var put = Aio.CreateTask(queue.Put(2));
            await Aio.Sleep(TimeSpan.FromSeconds(1));
            Assert.False(put.IsDone);
            Assert.Equal(1, await queue.Get());
            await put;
            Assert.Equal(1, queue.Count);
        }
    }

    // Every item taken is to be told as done, and none twice.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Join_waits_until_each_item_is_told_as_done(string kind)
    {
        EventLoop.Run(Join(kind), Options);

        static async Coroutine Join(string kind)
        {
            var queue = Make(kind, 0);
            await queue.Join();
            queue.PutNoWait(1);
            queue.PutNoWait(2);
            var join = Aio.CreateTask(queue.Join());
            queue.GetNoWait();
            queue.GetNoWait();
            queue.TaskDone();
            await Aio.Sleep(TimeSpan.FromSeconds(1));
            Assert.False(join.IsDone);
            queue.TaskDone();
            await join;
            Assert.Throws<ArgumentException>(queue.TaskDone);
        }
    }

    // After a shutdown nothing goes in; what is there can be taken, and then takers are told.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_shut_down_queue_gives_what_it_has_and_then_says_so(string kind)
    {
        var queue = Make(kind, 0);
        queue.PutNoWait(1);
        queue.Shutdown();
        Assert.Throws<QueueShutDownException>(() => queue.PutNoWait(2));
        Assert.Equal(1, queue.GetNoWait());
        Assert.Throws<QueueShutDownException>(() => queue.GetNoWait());
    }

    // At once: what is there is dropped, counts as done, and joiners go on.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_immediate_shutdown_drops_what_is_there_and_frees_joiners(string kind)
    {
        EventLoop.Run(Drop(kind), Options);

        static async Coroutine Drop(string kind)
        {
            var queue = Make(kind, 0);
            queue.PutNoWait(1);
            var join = Aio.CreateTask(queue.Join());
            await Aio.Yield();
            queue.Shutdown(immediate: true);
            await join;
            Assert.True(queue.IsEmpty);
            Assert.Throws<QueueShutDownException>(() => queue.GetNoWait());
        }
    }

    // Those who wait in either direction are woken with the error, not left.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_shutdown_wakes_all_who_wait(bool immediate)
    {
        EventLoop.Run(Waiting(immediate), Options);

        static async Coroutine Waiting(bool immediate)
        {
            var empty = new AsyncQueue<int>();
            LoopTask<int>[] takers = [Aio.CreateTask(empty.Get()), Aio.CreateTask(empty.Get())];
            var full = new AsyncQueue<int>(1);
            full.PutNoWait(0);
            LoopTask[] putters = [Aio.CreateTask(full.Put(1)), Aio.CreateTask(full.Put(2))];
            await Aio.Yield();
            empty.Shutdown(immediate);
            full.Shutdown(immediate);
            await Aio.Wait([.. takers, .. putters]);
            Assert.All([.. takers, .. putters], (LoopTask task) => Assert.IsType<QueueShutDownException>(task.Exception));
            // The near miss: what was there before is still there unless it was dropped.
            Assert.Equal(immediate ? 0 : 1, full.Count);
        }
    }

    private static async Coroutine Body(string kind)
    {
        var queue = Make(kind, 0);
        Assert.Throws<QueueEmptyException>(() => queue.GetNoWait());
        var first = Aio.CreateTask(queue.Get());
        var second = Aio.CreateTask(queue.Get());
        await Aio.Sleep(TimeSpan.FromSeconds(1));
        Assert.False(first.IsDone);
        queue.PutNoWait(7);
        Assert.Equal(7, await first);
        Assert.False(second.IsDone);
        queue.PutNoWait(8);
        Assert.Equal(8, await second);
    }

    private static AsyncQueue<int> Make(string kind, int maximum) => kind switch
    {
        "priority" => new AsyncPriorityQueue<int>(maximum),
        "last in, first out" => new AsyncLifoQueue<int>(maximum),
        _ => new AsyncQueue<int>(maximum),
    };
}
