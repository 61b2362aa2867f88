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

    /// <summary>The chunks as they come; leaving the loop destroys the stream.</summary>
    IAsyncEnumerable<T> Iterate();

    /// <summary>Calls <paramref name="listener"/> for each chunk, and lets them flow.</summary>
    void OnData(Action<T> listener);
}
