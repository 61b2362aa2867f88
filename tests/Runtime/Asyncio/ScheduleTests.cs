using Quintet.Asyncio;

namespace Quintet.Tests.Runtime.Asyncio;

/// <summary>What tests of users rely on: virtual time and shuffled turns.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void Equal_seeds_give_equal_orders_and_different_seeds_differ()
    {
        Assert.Equal(Order(7), Order(7));
        Assert.NotEqual(Order(7), Order(8));
        Assert.Equal(Enumerable.Range(0, 20), Order(7).Order());
        Assert.Equal(Enumerable.Range(0, 20), Order(null));
    }

    [Fact]
    public void Cancelling_a_call_of_a_shuffled_turn_cancels_that_call()
    {
        using var loop = new EventLoop(new EventLoopOptions { ShuffleSeed = 3, HandleInterrupt = false });
        var ran = new List<int>();
        var handles = Enumerable.Range(0, 10).Select(i => loop.CallSoon(() => ran.Add(i))).ToArray();
        Assert.True(handles[4].Cancel());
        loop.CallLater(TimeSpan.FromMilliseconds(1), loop.Stop);
        loop.RunForever();
        Assert.Equal(Enumerable.Range(0, 10).Where(i => i != 4), ran.Order());
    }

    [Fact]
    public void Virtual_time_jumps_to_the_next_timer_and_waits_for_work_in_the_pool()
    {
        using var released = new ManualResetEventSlim();
        var seen = EventLoop.Run(Main(), new EventLoopOptions { VirtualTime = true, HandleInterrupt = false });
        Assert.Equal(["an hour", "work", "another hour"], seen);

        async Coroutine<List<string>> Main()
        {
            var order = new List<string>();
            var start = EventLoop.Current.Time;
            await Aio.Sleep(TimeSpan.FromHours(1));
            order.Add("an hour");
            Assert.Equal(TimeSpan.FromHours(1), EventLoop.Current.Time - start);
            var work = Aio.CreateTask(Aio.ToThread(() => released.Wait(TimeSpan.FromSeconds(30))));
            _ = Aio.CreateTask(Later(order));
            await Aio.Sleep(TimeSpan.Zero);
            released.Set();
            await work;
            order.Add("work");
            await Aio.Sleep(TimeSpan.FromHours(2));
            return order;
        }

        static async Coroutine Later(List<string> order)
        {
            await Aio.Sleep(TimeSpan.FromHours(1));
            order.Add("another hour");
        }
    }

    [Fact]
    public void A_switch_allocates_nothing()
    {
        var debuggable = typeof(EventLoop).Assembly.GetCustomAttributes(typeof(System.Diagnostics.DebuggableAttribute), inherit: false);
        Assert.SkipWhen(debuggable is [System.Diagnostics.DebuggableAttribute { IsJITOptimizerDisabled: true }],
            "Code that is not optimised boxes the awaiters: this holds for release builds.");
        EventLoop.Run(Main(), new EventLoopOptions { HandleInterrupt = false });

        static async Coroutine Main()
        {
            // Code that the compiler has not optimised yet boxes the awaiters: the first rounds are for the compiler.
            // What remains of a thousand switches is the one coroutine that makes them: a debug build keeps its frame in an object.
            const int OneFrame = 200;
            long allocated = long.MaxValue;
            for (var round = 0; round < 200 && allocated > OneFrame; round++)
            {
                var other = Aio.CreateTask(Turn(1100));
                await Turn(50);
                var before = GC.GetAllocatedBytesForCurrentThread();
                await Turn(1000);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                await other;
                await Aio.Sleep(TimeSpan.FromMilliseconds(20));
            }

            Assert.InRange(allocated, 0, OneFrame);
        }

        static async Coroutine Turn(int count)
        {
            for (var i = 0; i < count; i++) await Aio.Yield();
        }
    }

    private static List<int> Order(int? seed)
    {
        // In real time the call that stops could be ready in the first turn already, and would be shuffled with the twenty.
        using var loop = new EventLoop(new EventLoopOptions { ShuffleSeed = seed, VirtualTime = true, HandleInterrupt = false });
        var order = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            var n = i;
            loop.CallSoon(() => order.Add(n));
        }

        loop.CallLater(TimeSpan.FromMilliseconds(1), loop.Stop);
        loop.RunForever();
        return order;
    }
}
