using Quintet.Asyncio;

namespace Quintet.Tests.Runtime.Asyncio;

/// <summary>Coroutines of the library that are not built by the compiler behave as those that are.</summary>
public sealed class QuickCoroutineTests
{
    private static readonly EventLoopOptions Options = new() { HandleInterrupt = false };

    [Fact]
    public void A_put_does_nothing_before_it_is_awaited()
    {
        EventLoop.Run(Main(), Options);

        static async Coroutine Main()
        {
            var queue = new AsyncQueue<int>();
            var put = queue.Put(1);
            Assert.Equal(0, queue.Count);
            await put;
            Assert.Equal(1, queue.Count);
        }
    }

    [Fact]
    public void A_get_that_was_awaited_is_not_awaited_again_although_its_box_is_used_again()
    {
        EventLoop.Run(Main(), Options);

        static async Coroutine Main()
        {
            var queue = new AsyncQueue<int>();
            for (var i = 0; i < 3; i++) await queue.Put(i);
            var get = queue.Get();
            Assert.Equal(0, await get);
            var next = queue.Get();
            var refused = false;
            try
            {
                await get;
            }
            catch (InvalidOperationException)
            {
                refused = true;
            }

            Assert.True(refused);
            Assert.Equal(1, await next);
        }
    }

    [Fact]
    public void A_turn_that_was_awaited_is_not_awaited_again()
    {
        EventLoop.Run(Main(), Options);

        static async Coroutine Main()
        {
            var turn = Aio.Sleep(TimeSpan.Zero);
            await turn;
            var refused = false;
            try
            {
                await turn;
            }
            catch (InvalidOperationException)
            {
                refused = true;
            }

            Assert.True(refused);
        }
    }

    [Fact]
    public void A_turn_is_one_turn_as_a_task_and_in_a_coroutine_and_takes_a_cancellation()
    {
        EventLoop.Run(Main(), Options);

        static async Coroutine Main()
        {
            await Aio.CreateTask(Aio.Sleep(TimeSpan.Zero));
            var task = Aio.CreateTask(Aio.Sleep(TimeSpan.Zero));
            await Aio.Sleep(TimeSpan.Zero);
            Assert.False(task.IsDone);
            task.Cancel("enough");
            await Aio.Sleep(TimeSpan.Zero);
            Assert.True(task.IsCancelled);
        }
    }

    [Fact]
    public void A_waiting_get_that_is_cancelled_leaves_the_item_to_the_next()
    {
        EventLoop.Run(Main(), Options);

        static async Coroutine Main()
        {
            var queue = new AsyncQueue<int>();
            var first = Aio.CreateTask(queue.Get());
            var second = Aio.CreateTask(queue.Get());
            await Aio.Sleep(TimeSpan.Zero);
            queue.PutNoWait(7);
            first.Cancel();
            Assert.Equal(7, await second);
            Assert.True(first.IsCancelled);
        }
    }
}
