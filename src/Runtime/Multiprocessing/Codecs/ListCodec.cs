using System.Runtime.InteropServices;

namespace Quintet.Multiprocessing;

/// <summary>Lists.</summary>
/// <typeparam name="T">The elements' type.</typeparam>
public sealed class ListCodec<T> : PayloadCodec<List<T>?>
{
    private readonly ArrayCodec<T> _array = new();

    /// <inheritdoc/>
    public override int SmallestSize => sizeof(int);

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, List<T>? value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Count(value?.Count ?? -1);
        if (value is not null) ArrayCodec<T>.Elements.Write(writer, CollectionsMarshal.AsSpan(value));
    }

    /// <inheritdoc/>
    public override List<T>? Read(ref PayloadReader reader)
    {
        var values = _array.Read(ref reader);
        if (values is null) return null;
        var list = new List<T>(values.Length);
        list.AddRange(values);
        return list;
    }
}
