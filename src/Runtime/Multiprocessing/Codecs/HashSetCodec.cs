namespace Quintet.Multiprocessing;

/// <summary>Sets. The comparer does not cross: the other side uses the default.</summary>
/// <typeparam name="T">The elements' type.</typeparam>
public sealed class HashSetCodec<T> : PayloadCodec<HashSet<T>?>
{
    private readonly ArrayCodec<T> _array = new();

    /// <inheritdoc/>
    public override int SmallestSize => sizeof(int);

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, HashSet<T>? value) => _array.Write(writer, value is null ? null : [.. value]);

    /// <inheritdoc/>
    public override HashSet<T>? Read(ref PayloadReader reader) => _array.Read(ref reader) is { } values ? [.. values] : null;
}
