namespace Quintet.Node;

/// <summary>Asynchronous iterators with the steps of JavaScript's asynchronous generators.</summary>
public static class AsyncGenerator
{
    /// <summary>Lets an iterator of C# take the microtasks of a generator of JavaScript: two for each item that it yields without waiting,
    /// one more than it waited for each other, one for its end, and one before it is left early.</summary>
    /// <param name="items">The iterator: an <c>async</c> method with <c>yield return</c>.</param>
    /// <returns>The same items, for one <c>await foreach</c> on the loop's thread, or a pipeline.</returns>
    /// <remarks>An <c>await foreach</c> over the iterator itself takes no microtask where it does not wait, so that nothing else runs
    /// between two items.</remarks>
    public static IAsyncEnumerable<T> Of<T>(IAsyncEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return GeneratorSequence<T>.Of(items);
    }
}
