namespace Quintet.Node;

/// <summary>Where what is written to a stream goes.</summary>
internal interface IWritableSink<T>
{
    /// <summary>Whether something is to be done after the last chunk.</summary>
    bool HasFinal { get; }

    /// <summary>Whether it takes several chunks at once where several wait.</summary>
    bool TakesMany { get; }

    /// <summary>Whether it says exactly once of each chunk that it is done: then nobody has to watch over it.</summary>
    bool CallsOnce { get; }

    void Write(T chunk, Action<Exception?> done);

    void WriteMany(IReadOnlyList<T> chunks, Action<Exception?> done);

    void Final(Action<Exception?> done);
}
