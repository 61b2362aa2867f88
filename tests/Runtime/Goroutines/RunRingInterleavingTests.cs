using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>The run ring's owner and its thieves, cut at every point of their protocol.</summary>
public sealed class RunRingInterleavingTests
{
    private static readonly int Seeds = Stress.Of(20_000, 150);

    [Fact]
    public void Nothing_is_lost_or_taken_twice()
    {
        var switches = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            const int count = 12;
            var ring = new RunRing();
            var items = Enumerable.Range(0, count).Select(_ => new Item()).ToArray();
            List<Goroutine> taken = [];
            var interleaver = new Interleaver(seed);
            interleaver.Run(
                () =>
                {
                    for (var i = 0; i < count; i++)
                    {
                        Assert.True(ring.TryPush(items[i]));
                        if (i % 3 == 2 && ring.Pop() is { } popped) taken.Add(popped);
                    }

                    while (ring.Pop() is { } rest) taken.Add(rest);
                },
                () => Steal(ring, taken),
                () => Steal(ring, taken));
            while (ring.Pop() is { } rest) taken.Add(rest);
            Assert.True(taken.Count == count && taken.Distinct().Count() == count, $"seed {seed}: {taken.Count} taken of {count}");
            switches += interleaver.Switches;
        }

#if DEBUG
        Assert.True(switches > Seeds, $"{switches} switches: the probe points are gone");
#else
        Assert.Equal(0, switches);
#endif
    }

    [Fact]
    public void A_full_ring_that_gives_half_away_while_it_is_robbed_loses_nothing()
    {
        for (var seed = 1; seed <= Seeds / 10; seed++)
        {
            var ring = new RunRing();
            var items = Enumerable.Range(0, RunRing.Size + 1).Select(_ => new Item()).ToArray();
            List<Goroutine> taken = [];
            new Interleaver(seed).Run(
                () =>
                {
                    foreach (var item in items)
                    {
                        while (!ring.TryPush(item))
                        {
                            WaitNode? half = ring.TakeHalf(out _, out _);
                            for (; half is not null; half = half.Next) taken.Add((Goroutine)half);
                        }
                    }
                },
                () => Steal(ring, taken));
            while (ring.Pop() is { } rest) taken.Add(rest);
            Assert.Equal(items.Length, taken.Distinct().Count());
            Assert.Equal(items.Length, taken.Count);
        }
    }

    private static void Steal(RunRing victim, List<Goroutine> taken)
    {
        var mine = new RunRing();
        for (var round = 0; round < 3; round++)
        {
            for (var item = victim.StealHalf(mine); item is not null; item = mine.Pop()) taken.Add(item);
        }
    }

    private sealed class Item : Goroutine
    {
        internal override void Step()
        {
        }
    }
}
