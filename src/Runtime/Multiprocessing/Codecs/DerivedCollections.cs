namespace Quintet.Multiprocessing;

/// <summary>A class that was derived from a collection may hold more than elements, and would come back as the collection.</summary>
internal static class DerivedCollections
{
    /// <exception cref="PayloadSerializationException">The value is of a derived class.</exception>
    internal static void Refuse<TCollection>(TCollection value) where TCollection : notnull
    {
        if (value.GetType() == typeof(TCollection)) return;
        var name = typeof(TCollection).Name;
        throw new PayloadSerializationException(
            name.IndexOf('`', StringComparison.Ordinal) is var end and > 0 ? name[..end] : name,
            $"it is a {value.GetType()}, of which a part would be lost.");
    }
}
