namespace Quintet.Multiprocessing.Functions;

/// <summary>A function as a worker runs it: arguments from bytes, results to bytes.</summary>
internal abstract class RemoteFunction
{
    /// <summary>Its id in the dispatch table, if it is there.</summary>
    internal ulong Id { get; set; }

    /// <summary>Runs it for each of <paramref name="count"/> arguments.</summary>
    internal abstract void Invoke(ref PayloadReader arguments, int count, PayloadWriter results);

    /// <summary>Reads one argument; what is returned runs the function with it and gives its result if that is a number, else 0.</summary>
    internal abstract Func<int> Bind(ref PayloadReader arguments);
}
