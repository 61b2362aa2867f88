namespace Quintet.Multiprocessing;

/// <summary>Triples of which at least one item holds references.</summary>
/// <typeparam name="T1">The first item's type.</typeparam>
/// <typeparam name="T2">The second item's type.</typeparam>
/// <typeparam name="T3">The third item's type.</typeparam>
public sealed class TripleCodec<T1, T2, T3> : PayloadCodec<(T1 First, T2 Second, T3 Third)>
{
    /// <inheritdoc/>
    public override int SmallestSize =>
        PayloadCodec<T1>.Default.SmallestSize + PayloadCodec<T2>.Default.SmallestSize + PayloadCodec<T3>.Default.SmallestSize;

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, (T1 First, T2 Second, T3 Third) value)
    {
        PayloadCodec<T1>.Default.Write(writer, value.First);
        PayloadCodec<T2>.Default.Write(writer, value.Second);
        PayloadCodec<T3>.Default.Write(writer, value.Third);
    }

    /// <inheritdoc/>
    public override (T1 First, T2 Second, T3 Third) Read(ref PayloadReader reader)
    {
        var first = PayloadCodec<T1>.Default.Read(ref reader);
        var second = PayloadCodec<T2>.Default.Read(ref reader);
        return (first, second, PayloadCodec<T3>.Default.Read(ref reader));
    }
}
