// One used segment, kept for a moment
// -----------------------------------
// The pages of a new segment cost more than the bytes that are written to them: the kernel takes and accounts for each of them, and gives
// each back. So the last large segment that has been read to its end is kept for the next body of about its size, for a second.
// Its old bytes stay in it, behind or under the new ones; who can read it is this program, who wrote them.

namespace Quintet.Multiprocessing;

/// <summary>Where segments of large bodies wait for the next body.</summary>
internal static class SegmentShelf
{
    private const long Smallest = 1 << 20;
    private const long MostOversize = 4;

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);
    private static readonly Timer Sweeper = new(static _ => Interlocked.Exchange(ref _kept, null)?.Dispose());
    private static SharedSegment? _kept;

    /// <summary>The kept segment, if it has room for so many bytes and not far too much of it.</summary>
    internal static SharedSegment? Take(long length)
    {
        if (length < Smallest || Interlocked.Exchange(ref _kept, null) is not { } kept) return null;
        if (kept.Length >= length && kept.Length / MostOversize <= length) return kept;
        kept.Dispose();
        return null;
    }

    /// <summary>Nobody reads this segment any more: it is kept, or goes.</summary>
    internal static void Give(SharedSegment segment)
    {
        if (segment.Length < Smallest)
        {
            segment.Dispose();
            return;
        }
        Interlocked.Exchange(ref _kept, segment)?.Dispose();
        Sweeper.Change(KeptFor, Timeout.InfiniteTimeSpan);
    }
}
