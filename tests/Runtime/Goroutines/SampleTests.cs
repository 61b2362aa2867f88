using Baskets;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>samples/Goroutines: the wrong program is found, the moved one is not, and both say the same.</summary>
public sealed class SampleTests
{
    [Fact]
    public void Both_programs_come_to_the_same_total()
    {
        Basket[] baskets = [.. Enumerable.Range(1, 20).Select(n => new Basket(n))];
        Assert.Equal(baskets.Sum(basket => basket.Price()), LockedTotal.Of(baskets));
        Assert.Equal(LockedTotal.Of(baskets), ChannelTotal.Of(baskets));
    }

    [Theory]
    [InlineData(nameof(LockedTotal), 2)]
    [InlineData(nameof(ChannelTotal), 0)]
    [InlineData(nameof(Basket), 0)]
    public void The_analyzers_find_what_is_marked_and_nothing_else(string program, int marks)
    {
        string[] all = [nameof(LockedTotal), nameof(ChannelTotal), nameof(Basket)];
        Assert.Equal(marks, Findings.MarkedIn(program).Length);
        Assert.Equal(Findings.MarkedIn(program), Findings.Of(program, [.. all.Where(other => other != program)]));
    }
}
