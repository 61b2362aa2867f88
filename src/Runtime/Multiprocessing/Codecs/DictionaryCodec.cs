namespace Quintet.Multiprocessing;

/// <summary>Dictionaries. The comparer does not cross: the other side uses the default.</summary>
/// <typeparam name="TKey">The keys' type.</typeparam>
/// <typeparam name="TValue">The values' type.</typeparam>
public sealed class DictionaryCodec<TKey, TValue> : PayloadCodec<Dictionary<TKey, TValue>?> where TKey : notnull
{
    /// <inheritdoc/>
    public override int SmallestSize => sizeof(int);

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, Dictionary<TKey, TValue>? value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Count(value?.Count ?? -1);
        if (value is null) return;
        var (keys, values) = (PayloadCodec<TKey>.Default, PayloadCodec<TValue>.Default);
        TKey? at = default;
        try
        {
            foreach (var (key, item) in value)
            {
                at = key;
                keys.Write(writer, key);
                values.Write(writer, item);
            }
        }
        catch (PayloadSerializationException failure)
        {
            throw failure.Within("Dictionary", $"[{at}]");
        }
    }

    /// <inheritdoc/>
    public override Dictionary<TKey, TValue>? Read(ref PayloadReader reader)
    {
        var (keys, values) = (PayloadCodec<TKey>.Default, PayloadCodec<TValue>.Default);
        var count = reader.Count(keys.SmallestSize + values.SmallestSize);
        if (count < 0) return null;
        var dictionary = new Dictionary<TKey, TValue>(count);
        for (var i = 0; i < count; i++)
        {
            var key = keys.Read(ref reader);
            dictionary[key] = values.Read(ref reader);
        }
        return dictionary;
    }
}
