using Quintet.Loops;

namespace Quintet.Tests.Runtime.Loops;

public sealed class TimerHeapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Timers_come_out_by_time_and_equal_times_in_the_order_of_insertion_whatever_was_removed(int seed)
    {
        var random = new Random(seed);
        var heap = new TimerHeap();
        var model = new List<(long When, int Number, TimerHandle Handle)>();
        for (var i = 0; i < 2000; i++)
        {
            var when = random.Next(100);
            model.Add((when, i, heap.Add(when, static _ => { }, i)));
            if (random.Next(3) != 0) continue;
            var victim = random.Next(model.Count);
            model[victim].Handle.Cancel();
            model.RemoveAt(victim);
        }

        var expected = model.OrderBy(entry => entry.When).ThenBy(entry => entry.Number).Select(entry => (object?)entry.Number).ToList();
        var actual = new List<object?>();
        while (heap.Count > 0) actual.Add(heap.TakeFirst().State);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Cancelling_twice_or_after_it_has_run_removes_nobody_else()
    {
        var heap = new TimerHeap();
        var first = heap.Add(1, static _ => { }, null);
        heap.Add(2, static _ => { }, "second");
        first.Cancel();
        first.Cancel();
        Assert.Equal("second", heap.TakeFirst().State);
        Assert.Equal(0, heap.Count);
    }

    [Fact]
    public void A_heap_of_which_most_is_cancelled_is_made_anew_and_keeps_the_order_of_the_rest()
    {
        var heap = new TimerHeap();
        var handles = Enumerable.Range(0, 1000).Select(i => heap.Add(i * 7919 % 1000, static _ => { }, i * 7919 % 1000)).ToArray();
        foreach (var handle in handles)
            if (handle.State is int due && due % 10 != 0) handle.Cancel();
        Assert.Equal(100, heap.Count);
        Assert.False(handles[1].InHeap);
        Assert.True(handles[0].InHeap);
        var next = 0;
        while (heap.Count > 0)
        {
            Assert.Equal(next, heap.NextDue);
            Assert.Equal(next, heap.TakeFirst().State);
            next += 10;
        }
    }
}
