namespace Quintet.Multiprocessing;

/// <summary>Memory that may be written: the part that it shows, which comes back as the whole of a new array.</summary>
/// <typeparam name="T">The elements' type.</typeparam>
public sealed class MemoryCodec<T> : PayloadCodec<Memory<T>>
{
    /// <inheritdoc/>
    public override int SmallestSize => sizeof(int);

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, Memory<T> value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Count(value.Length);
        ArrayCodec<T>.Elements.Write(writer, value.Span);
    }

    /// <inheritdoc/>
    public override Memory<T> Read(ref PayloadReader reader) => ArrayCodec<T>.ReadElements(ref reader);
}
