namespace Quintet.Multiprocessing.Wire;

/// <summary>A body of 256 KB or more: it lies in a segment, and the frame carries the segment's address.</summary>
internal static class LargeBody
{
    internal static SharedSegment Store(ReadOnlySpan<byte> body) => SharedSegment.Create(body, default);

    internal static void WriteReference(PayloadWriter writer, SharedSegment segment, int length)
    {
        writer.Raw((long)length);
        writer.Text(segment.Address);
    }

    internal static SharedSegment Open(ref PayloadReader reader)
    {
        var length = reader.Raw<long>();
        if (length is <= 0 or > int.MaxValue) throw new ProcessProtocolException($"A body claims {length} bytes.");
        return SharedSegment.Open(reader.Text() ?? throw new ProcessProtocolException("A body has no address."), length, all: true);
    }
}
