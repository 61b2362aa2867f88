namespace Quintet.Node;

/// <summary>A stream that can be read from.</summary>
/// <typeparam name="T">The type of the chunks.</typeparam>
public interface IReadable<out T>
{
    /// <summary>The stream itself, with its events: <c>data</c>, <c>readable</c>, <c>end</c>, <c>error</c>, <c>close</c>.</summary>
    NodeStream Stream { get; }

    /// <summary>Whether <c>end</c> was emitted.</summary>
    bool IsEnded { get; }

    /// <summary>Lets chunks flow to the <c>data</c> listeners.</summary>
    void Resume();

    /// <summary>Stops the flow.</summary>
    void Pause();

    /// <summary>The chunks as they come. Leaving the loop early destroys the stream.</summary>
    /// <param name="destroyOnReturn">False leaves the stream as it is when the loop is left early.</param>
    IAsyncEnumerable<T> Iterate(bool destroyOnReturn = true);

    /// <summary>Calls <paramref name="listener"/> for each chunk, and lets them flow.</summary>
    void OnData(Action<T> listener);

    /// <summary>Undoes a <c>Pipe</c>, or all of them; the flow stops with the last.</summary>
    void Unpipe(NodeStream? destination = null);
}
