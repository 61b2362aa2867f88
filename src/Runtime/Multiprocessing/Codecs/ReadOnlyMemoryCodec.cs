namespace Quintet.Multiprocessing;

/// <summary>Memory that is only read: the part that it shows, which comes back as the whole of a new array.</summary>
/// <typeparam name="T">The elements' type.</typeparam>
public sealed class ReadOnlyMemoryCodec<T> : PayloadCodec<ReadOnlyMemory<T>>
{
    /// <inheritdoc/>
    public override int SmallestSize => sizeof(int);

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, ReadOnlyMemory<T> value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Count(value.Length);
        ArrayCodec<T>.Elements.Write(writer, value.Span);
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<T> Read(ref PayloadReader reader) => ArrayCodec<T>.ReadElements(ref reader);
}
