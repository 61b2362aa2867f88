using Quintet.Loops;

namespace Quintet.Tests.Runtime.Loops;

public sealed class CallRingTests
{
    [Fact]
    public void Calls_come_out_in_the_order_in_which_they_went_in_across_growth_and_wrapping()
    {
        var ring = new CallRing();
        var (next, expected) = (0, 0);
        for (var round = 0; round < 40; round++)
        {
            for (var i = 0; i < 50 + round; i++) ring.Push(static _ => { }, next++);
            for (var i = 0; i < 45; i++)
            {
                ring.Pop(out var state);
                Assert.Equal(expected++, state);
            }
        }

        while (ring.Count > 0)
        {
            ring.Pop(out var state);
            Assert.Equal(expected++, state);
        }

        Assert.Equal(next, expected);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(256)]
    [InlineData(300)]
    public void What_is_pushed_first_comes_out_first_and_the_rest_behind_it(int waiting)
    {
        var ring = new CallRing();
        for (var i = 0; i < waiting; i++) ring.Push(static _ => { }, i);
        ring.PushFirst("first");
        ring.PushFirst("before it");
        ring.Push("last");
        List<object?> came = [];
        while (ring.Count > 0)
        {
            ring.Pop(out var state);
            came.Add(state);
        }

        Assert.Equal(["before it", "first", .. Enumerable.Range(0, waiting).Cast<object>(), "last"], came);
    }

    [Fact]
    public void A_position_cancels_its_own_call_also_after_growth()
    {
        var ring = new CallRing();
        var ran = new List<object?>();
        var positions = Enumerable.Range(0, 1000).Select(i => ring.Push(ran.Add, i)).ToArray();
        Assert.True(ring.Cancel(positions[3]));
        Assert.True(ring.Cancel(positions[700]));
        while (ring.Count > 0) ring.Pop(out var state)!(state);
        Assert.Equal(Enumerable.Range(0, 1000).Where(i => i is not (3 or 700)).Cast<object?>(), ran);
    }

    [Fact]
    public void A_call_that_has_run_is_not_cancelled_although_its_slot_is_taken_again()
    {
        var ring = new CallRing();
        var ran = 0;
        var old = ring.Push(_ => { }, null);
        ring.Pop(out _);
        for (var i = 0; i < 256; i++) ring.Push(_ => ran++, null);
        Assert.False(ring.Cancel(old));
        while (ring.Count > 0) ring.Pop(out var state)!(state);
        Assert.Equal(256, ran);
    }
}
