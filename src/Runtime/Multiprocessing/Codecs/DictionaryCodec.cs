namespace Quintet.Multiprocessing;

/// <summary>Dictionaries. A comparer crosses if it is the default or one of <see cref="StringComparer"/>'s that know no culture; with any
/// other the dictionary is refused.</summary>
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
        if (value is not null) DerivedCollections.Refuse(value);
        writer.Count(value?.Count ?? -1);
        if (value is null) return;
        writer.Raw(KnownComparers.NumberOf(value.Comparer, typeof(Dictionary<TKey, TValue>)));
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
        var dictionary = new Dictionary<TKey, TValue>(count, KnownComparers.Of<TKey>(reader.Raw<byte>()));
        for (var i = 0; i < count; i++)
        {
            var key = keys.Read(ref reader);
            dictionary[key] = values.Read(ref reader);
        }
        return dictionary;
    }
}
