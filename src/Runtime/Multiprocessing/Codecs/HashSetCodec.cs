namespace Quintet.Multiprocessing;

/// <summary>Sets. For comparers the same holds as in dictionaries.</summary>
/// <typeparam name="T">The elements' type.</typeparam>
public sealed class HashSetCodec<T> : PayloadCodec<HashSet<T>?>
{
    private readonly ArrayCodec<T> _array = new();

    /// <inheritdoc/>
    public override int SmallestSize => sizeof(byte);

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, HashSet<T>? value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is not null) DerivedCollections.Refuse(value);
        writer.Raw(value is null ? byte.MaxValue : KnownComparers.NumberOf(value.Comparer, typeof(HashSet<T>)));
        if (value is not null) _array.Write(writer, [.. value]);
    }

    /// <inheritdoc/>
    public override HashSet<T>? Read(ref PayloadReader reader)
    {
        var comparer = reader.Raw<byte>();
        return comparer == byte.MaxValue ? null : new HashSet<T>(_array.Read(ref reader) ?? [], KnownComparers.Of<T>(comparer));
    }
}
