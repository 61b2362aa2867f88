namespace Quintet.Asyncio;

/// <summary>What an exception handler of a loop is told.</summary>
/// <param name="Message">What happened, in asyncio's words.</param>
/// <param name="Exception">The exception, where there is one.</param>
/// <param name="Source">The task, future or callback that it comes from, by name.</param>
public sealed record LoopExceptionContext(string Message, Exception? Exception, string? Source)
{
    /// <summary>The future, or the task, whose exception nobody has looked at.</summary>
    public Future? Future { get; init; }

    /// <summary>The task that failed while its loop or its group came to an end.</summary>
    public LoopTask? Task { get; init; }

    /// <summary>The connection on which a protocol or a server's handler failed; null where it is served by streams.</summary>
    public AsyncTransport? Transport { get; init; }

    /// <summary>The protocol that failed.</summary>
    public AsyncProtocol? Protocol { get; init; }

    /// <summary>The writer of the stream whose handler failed.</summary>
    public AsyncStreamWriter? Writer { get; init; }

    /// <summary>The iterator that failed when the loop's runner closed it.</summary>
    public IAsyncDisposable? Iterator { get; init; }
}
