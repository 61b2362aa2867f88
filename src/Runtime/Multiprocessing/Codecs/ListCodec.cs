using System.Runtime.InteropServices;

namespace Quintet.Multiprocessing;

/// <summary>Lists.</summary>
/// <typeparam name="T">The elements' type.</typeparam>
public sealed class ListCodec<T> : PayloadCodec<List<T>?>
{
    /// <inheritdoc/>
    public override int SmallestSize => sizeof(int);

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, List<T>? value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is not null) DerivedCollections.Refuse(value);
        writer.Count(value?.Count ?? -1);
        if (value is not null) ArrayCodec<T>.Elements.Write(writer, CollectionsMarshal.AsSpan(value));
    }

    /// <inheritdoc/>
    public override List<T>? Read(ref PayloadReader reader)
    {
        var count = reader.Count(ArrayCodec<T>.Elements.SmallestSize);
        if (count < 0) return null;
        var list = new List<T>(count);
        CollectionsMarshal.SetCount(list, count);
        ArrayCodec<T>.Elements.Read(ref reader, CollectionsMarshal.AsSpan(list));
        return list;
    }
}
