using Quintet.Loops;

namespace Quintet.Tests.Runtime.Loops;

public sealed class WorkPoolTests
{
    [Fact]
    public void One_thread_works_in_the_order_of_the_queue()
    {
        using var pool = new WorkPool(1, "test");
        var order = new List<int>();
        using var done = new ManualResetEventSlim();
        for (var i = 0; i < 200; i++)
        {
            var n = i;
            pool.Queue(_ =>
            {
                order.Add(n);
                if (n == 199) done.Set();
            }, null);
        }

        Assert.True(done.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal(Enumerable.Range(0, 200), order);
    }

    [Fact]
    public void As_many_items_run_at_a_time_as_it_has_threads_and_no_more()
    {
        using var pool = new WorkPool(3, "test");
        using var together = new Barrier(3);
        using var done = new CountdownEvent(9);
        var (running, most) = (0, 0);
        for (var i = 0; i < 9; i++)
            pool.Queue(_ =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                together.SignalAndWait(TimeSpan.FromSeconds(30));
                Interlocked.Decrement(ref running);
                done.Signal();
            }, null);
        Assert.True(done.Wait(TimeSpan.FromSeconds(60)));
        Assert.Equal(3, most);
    }

    private static void InterlockedMax(ref int place, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref place)) < value && Interlocked.CompareExchange(ref place, value, seen) != seen) { }
    }
}
