namespace Quintet.Multiprocessing.Functions;

/// <summary>A function as a worker runs it: arguments from bytes, results to bytes.</summary>
internal abstract class RemoteFunction
{
    /// <summary>Runs it for each of <paramref name="count"/> arguments.</summary>
    internal abstract void Invoke(ref PayloadReader arguments, int count, PayloadWriter results);
}
