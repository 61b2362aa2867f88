using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>
/// The run queue alone: runtime/proc_test.go and export_test.go (TestRunQLocal, TestRunQSteal, TestRunQEmpty), one to one.
/// </summary>
public sealed class RunRingTests
{
    // TestSchedLocalQueue: for each i, i times push and pop, then push i and pop i; the queue is empty afterwards.
    [Fact]
    public void Pushed_goroutines_are_popped_in_order()
    {
        var ring = new RunRing();
        for (var size = 0; size < RunRing.Size; size++)
        {
            Assert.Null(ring.Pop());
            var items = Enumerable.Range(0, size).Select(_ => new Idle()).ToArray();
            foreach (var item in items)
            {
                Assert.True(ring.TryPush(item));
                Assert.Same(item, ring.Pop());
                Assert.Null(ring.Pop());
            }

            foreach (var item in items) Assert.True(ring.TryPush(item));
            foreach (var item in items) Assert.Same(item, ring.Pop());
            Assert.True(ring.IsEmpty);
        }
    }

    // TestSchedLocalQueueSteal: what is stolen and what is left are everything, half each.
    [Fact]
    public void A_thief_takes_half_and_nothing_is_lost()
    {
        for (var size = 1; size < RunRing.Size; size++)
        {
            var (victim, thief) = (new RunRing(), new RunRing());
            var items = Enumerable.Range(0, size).Select(_ => new Idle()).ToArray();
            foreach (var item in items) victim.TryPush(item);

            List<Goroutine> stolen = [];
            for (var item = victim.StealHalf(thief); item is not null; item = thief.Pop()) stolen.Add(item);
            List<Goroutine> left = [];
            while (victim.Pop() is { } item) left.Add(item);

            Assert.Equal(size - (size / 2), stolen.Count);
            Assert.Equal(items.ToHashSet<Goroutine>(), stolen.Concat(left).ToHashSet());
            Assert.Equal(size, stolen.Count + left.Count);
        }
    }

    // What a thief took is still in the victim's slots, and the last one in its own.
    [Fact]
    public void A_ring_that_forgets_keeps_no_stolen_goroutine_alive()
    {
        var (victim, thief) = (new RunRing(), new RunRing());
        var stolen = Enumerable.Range(0, 3).Select(_ => PushAndSteal(victim, thief)).ToArray();
        victim.Forget();
        thief.Forget();
        GC.Collect();
        Assert.All(stolen, item => Assert.False(item.IsAlive));
        GC.KeepAlive((victim, thief));

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference PushAndSteal(RunRing victim, RunRing thief)
        {
            victim.TryPush(new Idle());
            return new WeakReference(victim.StealHalf(thief));
        }
    }

    [Fact]
    public void A_full_ring_refuses_and_gives_half_of_itself_in_order()
    {
        var ring = new RunRing();
        var items = Enumerable.Range(0, RunRing.Size).Select(_ => new Idle()).ToArray();
        foreach (var item in items) Assert.True(ring.TryPush(item));
        Assert.False(ring.TryPush(new Idle()));

        WaitNode? taken = ring.TakeHalf(out var last, out var count);
        Assert.Equal(RunRing.Size / 2, count);
        for (var i = 0; i < count; i++, taken = taken!.Next) Assert.Same(items[i], taken);
        Assert.Null(taken);
        Assert.Same(items[count - 1], last);
        for (var i = count; i < items.Length; i++) Assert.Same(items[i], ring.Pop());
    }

    [Fact]
    public void A_ring_with_room_gives_nothing()
    {
        var ring = new RunRing();
        for (var i = 0; i < RunRing.Size - 1; i++) ring.TryPush(new Idle());
        Assert.Null(ring.TakeHalf(out _, out var count));
        Assert.Equal(0, count);
    }

    private sealed class Idle : Goroutine
    {
        internal override void Step()
        {
        }
    }
}
