namespace Quintet.Node;

/// <summary>Where what is written to a stream goes.</summary>
internal interface IWritableSink<in T>
{
    /// <summary>Whether something is to be done after the last chunk.</summary>
    bool HasFinal { get; }

    void Write(T chunk, Action<Exception?> done);

    void Final(Action<Exception?> done);
}
