using Quintet.Multiprocessing.Pooling;

namespace Quintet.Tests.Runtime.Multiprocessing;

public sealed class FairShareTests
{
    [Theory]
    [InlineData(20, 2, 0, 5)]
    [InlineData(21, 2, 0, 6)]
    [InlineData(100_000, 2, 0, 25_000)]
    [InlineData(1, 2, 0, 1)]
    [InlineData(0, 2, 0, 1)]
    [InlineData(1, 2, 7, 8)]
    [InlineData(100, 8, 3, 7)]
    [InlineData(5, 1, int.MaxValue, int.MaxValue)]
    public void Half_of_an_equal_share_or_one_more_than_another(int queued, int workers, int leastOfOthers, int share) =>
        Assert.Equal(share, FairShare.Of(queued, workers, leastOfOthers));
}
