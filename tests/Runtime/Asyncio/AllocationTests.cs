using Quintet.Asyncio;

namespace Quintet.Tests.Runtime.Asyncio;

/// <summary>What costs no object.</summary>
public sealed class AllocationTests
{
    private static readonly EventLoopOptions Options = new() { HandleInterrupt = false, SlowCallback = Timeout.InfiniteTimeSpan };

    [Fact]
    public void A_switch_between_tasks_allocates_nothing()
    {
        const int switches = 10_000;
        EventLoop.Run(Main(), Options);

        static async Coroutine Main()
        {
            var other = Aio.CreateTask(Turns(switches * 3));
            await Turns(switches);
            var before = GC.GetAllocatedBytesForCurrentThread();
            await Turns(switches);
            var spent = GC.GetAllocatedBytesForCurrentThread() - before;
            // One frame may be made for the call itself; a byte for each switch would be far more.
            Assert.InRange(spent, 0, 256);
            await other;
        }

        static async Coroutine Turns(int count)
        {
            for (var i = 0; i < count; i++) await Aio.Sleep(TimeSpan.Zero);
        }
    }

    // The near miss: a future for each switch is seen.
    [Fact]
    public void A_future_for_each_switch_is_an_object_each()
    {
        EventLoop.Run(Main(), Options);

        static async Coroutine Main()
        {
            var loop = EventLoop.Current;
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
            {
                var future = loop.CreateFuture<int>();
                loop.CallSoon(static state => ((Future<int>)state!).SetResult(0), future);
                await future;
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before > 20_000);
        }
    }
}
