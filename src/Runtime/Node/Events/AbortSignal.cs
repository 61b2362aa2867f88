namespace Quintet.Node;

/// <summary>Tells that somebody wants an operation to end. Source: the web's <c>AbortSignal</c>, as Node has it.</summary>
public sealed class AbortSignal
{
    private readonly EventEmitter _events = new() { MaxListeners = 0 };
    private readonly CancellationTokenSource _source = new();

    internal AbortSignal() { }

    /// <summary>Whether it was aborted.</summary>
    public bool IsAborted { get; private set; }

    /// <summary>Why, if it was aborted.</summary>
    public Exception? Reason { get; private set; }

    /// <summary>Cancelled when it is aborted, for the base library.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Calls <paramref name="listener"/> once, when it is aborted.</summary>
    public void AddListener(Action listener) => _events.Once("abort", listener);

    /// <summary>Takes a listener back.</summary>
    public void RemoveListener(Action listener) => _events.Off("abort", listener);

    /// <summary>Throws the reason if it was aborted.</summary>
    public void ThrowIfAborted()
    {
        if (Reason is not null) throw Reason;
    }

    internal void Abort(Exception reason)
    {
        if (IsAborted) return;
        IsAborted = true;
        Reason = reason;
        _source.Cancel();
        _events.Emit("abort");
    }
}
