namespace Quintet.Multiprocessing;

/// <summary>
/// Collections that are their elements and nothing else: interfaces, queues, sorted and immutable collections. An interface comes back as
/// the base library's plain implementation of it.
/// </summary>
/// <typeparam name="TCollection">The collection's type.</typeparam>
/// <typeparam name="T">The elements' type.</typeparam>
/// <param name="make">The collection of these elements, in the order in which it gives them.</param>
/// <param name="isPlain">Whether the collection compares as a new one does; one that does not is refused, because a comparer is code and
/// does not cross.</param>
public sealed class ElementsCodec<TCollection, T>(Func<T[], TCollection> make, Func<TCollection, bool>? isPlain = null)
    : PayloadCodec<TCollection?> where TCollection : IEnumerable<T>
{
    private static readonly bool MayBeDerived =
        typeof(TCollection) is { IsInterface: false, IsAbstract: false, IsSealed: false };

    private readonly ArrayCodec<T> _array = new();

    /// <inheritdoc/>
    public override int SmallestSize => sizeof(int);

    /// <inheritdoc/>
    public override void Write(PayloadWriter writer, TCollection? value)
    {
        // The default of a structure such as ImmutableArray is no collection, and stays what it is.
        if (value is null || (typeof(TCollection).IsValueType && value.Equals(default(TCollection))))
        {
            _array.Write(writer, null);
            return;
        }
        if (MayBeDerived) DerivedCollections.Refuse(value);
        if (isPlain is not null && !isPlain(value)) throw KnownComparers.Refused(typeof(TCollection));
        _array.Write(writer, value as T[] ?? [.. value]);
    }

    /// <inheritdoc/>
    public override TCollection? Read(ref PayloadReader reader) => _array.Read(ref reader) is { } elements ? make(elements) : default;
}
