using Quintet.Multiprocessing;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>What becomes of the words of processes that are dead.</summary>
public sealed class SharedTableTests
{
    private const int FarMore = 2 * SharedTable.Slots;

    [Fact]
    public void What_the_dead_gave_stays_and_does_not_fill_the_table()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var segment = SharedSegment.Create(SharedTable.Size);
        for (var i = 0; i < FarMore; i++) Add(segment, OfTheDead(i), -1);
        Assert.Equal(-FarMore, Add(segment, Stamp.OfProcess, 0));
        Assert.Equal(1 - FarMore, Add(segment, Stamp.OfProcess, 1));
    }

    [Fact]
    public void What_the_dead_took_is_taken_back()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var segment = SharedSegment.Create(SharedTable.Size);
        for (var i = 0; i < FarMore; i++) Add(segment, OfTheDead(i), 1);
        Assert.True(TakeBack(segment));
        Assert.Equal(1, Add(segment, Stamp.OfProcess, 1));
    }

    /// <summary>A stamp with one of the highest process ids there can be.</summary>
    private static long OfTheDead(long number) => ((1L << 22) - 1 - number) << 41;

    private static unsafe long Add(SharedSegment segment, long stamp, long count)
    {
        var table = new SharedTable((long*)segment.Pointer);
        *table.Of(stamp) += count;
        return table.Sum();
    }

    private static unsafe bool TakeBack(SharedSegment segment) => new SharedTable((long*)segment.Pointer).TakeBack();
}
