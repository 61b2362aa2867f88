namespace Quintet.Multiprocessing;

/// <summary>Entries of dictionaries of which at least one half holds references.</summary>
/// <typeparam name="TKey">The key's type.</typeparam>
/// <typeparam name="TValue">The value's type.</typeparam>
public sealed class KeyValueCodec<TKey, TValue> : PayloadCodec<KeyValuePair<TKey, TValue>>
{
    /// <inheritdoc/>
    public override int SmallestSize => PayloadCodec<TKey>.Default.SmallestSize + PayloadCodec<TValue>.Default.SmallestSize;

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, KeyValuePair<TKey, TValue> value)
    {
        PayloadCodec<TKey>.Default.Write(writer, value.Key);
        try
        {
            PayloadCodec<TValue>.Default.Write(writer, value.Value);
        }
        catch (PayloadSerializationException failure)
        {
            throw failure.Within("KeyValuePair", $"[{value.Key}]");
        }
    }

    /// <inheritdoc/>
    public override KeyValuePair<TKey, TValue> Read(ref PayloadReader reader)
    {
        var key = PayloadCodec<TKey>.Default.Read(ref reader);
        return new(key, PayloadCodec<TValue>.Default.Read(ref reader));
    }
}
