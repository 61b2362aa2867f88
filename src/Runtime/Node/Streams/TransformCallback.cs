namespace Quintet.Node;

/// <summary>How a transform answers for one chunk.</summary>
/// <typeparam name="T">The type of what comes out.</typeparam>
public readonly struct TransformCallback<T>
{
    private readonly Action<T> _push;
    private readonly Action<Exception?> _done;

    internal TransformCallback(Action<T> push, Action<Exception?> done)
    {
        _push = push;
        _done = done;
    }

    /// <summary>Puts something out; may be called any number of times before the chunk is done.</summary>
    public void Push(T chunk) => _push(chunk);

    /// <summary>The chunk is done.</summary>
    public void Done() => _done(null);

    /// <summary>The chunk is done, and this came of it; null is nothing.</summary>
    public void Done(T chunk)
    {
        if (chunk is not null) _push(chunk);
        _done(null);
    }

    /// <summary>The chunk could not be transformed: the stream is destroyed.</summary>
    public void Fail(Exception error) => _done(error);
}
