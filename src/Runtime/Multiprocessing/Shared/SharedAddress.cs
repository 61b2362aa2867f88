namespace Quintet.Multiprocessing;

/// <summary>How a segment is named in a payload: its address and length.</summary>
internal static class SharedAddress
{
    internal static void Write(PayloadWriter writer, SharedSegment? segment)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Text(segment?.Address);
        if (segment is null) return;
        writer.Raw(segment.Length);
        SharedHandover.Keep(segment);
    }

    /// <exception cref="PayloadSerializationException">There is no such segment, or it is no <paramref name="what"/>.</exception>
    internal static SharedSegment? Read(ref PayloadReader reader, long smallest, string what)
    {
        if (reader.Text() is not { } address) return null;
        var length = reader.Raw<long>();
        if (length < smallest) throw new PayloadSerializationException(what, $"{length} bytes are too few to be one.");
        SharedHandover.Opened();
        try
        {
            return SharedSegment.Open(address, length);
        }
        catch (IOException gone)
        {
            throw new PayloadSerializationException(what, "its giver has disposed of it or has ended.", gone);
        }
    }
}
