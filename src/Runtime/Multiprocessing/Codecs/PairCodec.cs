namespace Quintet.Multiprocessing;

/// <summary>Pairs of which at least one holds references.</summary>
/// <typeparam name="T1">The first item's type.</typeparam>
/// <typeparam name="T2">The second item's type.</typeparam>
public sealed class PairCodec<T1, T2> : PayloadCodec<(T1 First, T2 Second)>
{
    /// <inheritdoc/>
    public override int SmallestSize => PayloadCodec<T1>.Default.SmallestSize + PayloadCodec<T2>.Default.SmallestSize;

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, (T1 First, T2 Second) value)
    {
        PayloadCodec<T1>.Default.Write(writer, value.First);
        PayloadCodec<T2>.Default.Write(writer, value.Second);
    }

    /// <inheritdoc/>
    public override (T1 First, T2 Second) Read(ref PayloadReader reader)
    {
        var first = PayloadCodec<T1>.Default.Read(ref reader);
        return (first, PayloadCodec<T2>.Default.Read(ref reader));
    }
}
