namespace Quintet.Node;

/// <summary>Where what is written to a stream goes.</summary>
internal interface IWritableSink<in T>
{
    void Write(T chunk, Action<Exception?> done);

    void Final(Action<Exception?> done);
}
