namespace Quintet.Multiprocessing;

/// <summary>Which comparers cross: those that both processes have anyway, by number. Any other is code and what it captured.</summary>
internal static class KnownComparers
{
    private static readonly StringComparer?[] Numbered =
    [
        null,
        StringComparer.Ordinal,
        StringComparer.OrdinalIgnoreCase,
        StringComparer.InvariantCulture,
        StringComparer.InvariantCultureIgnoreCase,
    ];

    /// <exception cref="PayloadSerializationException">The comparer is none of them.</exception>
    internal static byte NumberOf<T>(IEqualityComparer<T> comparer, Type collection)
    {
        if (ReferenceEquals(comparer, EqualityComparer<T>.Default)) return 0;
        var number = Array.FindLastIndex(Numbered, known => known is not null && comparer is StringComparer && known.Equals(comparer));
        return number > 0 ? (byte)number : throw Refused(collection);
    }

    internal static IEqualityComparer<T>? Of<T>(byte number) => number < Numbered.Length
        ? (IEqualityComparer<T>?)(object?)Numbered[number]
        : throw new ProcessProtocolException("No such comparer.");

    internal static PayloadSerializationException Refused(Type collection)
    {
        var name = collection.Name.AsSpan();
        return new(
            (name.IndexOf('`') is var end and >= 0 ? name[..end] : name).ToString(),
            "its comparer is code and cannot cross. Use the default or one of StringComparer's that know no culture, "
            + "or pass the elements.");
    }
}
