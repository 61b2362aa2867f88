namespace Quintet.Node;

/// <summary>Aborts its signal. Source: the web's <c>AbortController</c>, as Node has it.</summary>
public sealed class AbortController
{
    /// <summary>What is handed to those who are to end.</summary>
    public AbortSignal Signal { get; } = new();

    /// <summary>Aborts; a second time does nothing.</summary>
    /// <param name="reason">Why; an <see cref="AbortError"/> if not given.</param>
    public void Abort(Exception? reason = null) => Signal.Abort(reason ?? new AbortError("This operation was aborted"));
}
