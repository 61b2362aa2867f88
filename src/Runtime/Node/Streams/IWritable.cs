namespace Quintet.Node;

/// <summary>A stream that can be written to.</summary>
/// <typeparam name="T">The type of the chunks.</typeparam>
public interface IWritable<in T>
{
    /// <summary>The stream itself, with its events: <c>drain</c>, <c>finish</c>, <c>error</c>, <c>close</c>.</summary>
    NodeStream Stream { get; }

    /// <summary>Whether it waits for what was written to drain.</summary>
    bool NeedsDrain { get; }

    /// <summary>Writes a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="done">Called when it is written, or with the error that kept it from being written.</param>
    /// <returns>False when it is enough for now: wait for <c>drain</c>.</returns>
    /// <exception cref="StreamError">The chunk is null (<c>ERR_STREAM_NULL_VALUES</c>).</exception>
    bool Write(T chunk, Action<Exception?>? done = null);

    /// <summary>Says that nothing more will be written.</summary>
    void End(Action<Exception?>? done = null);
}
