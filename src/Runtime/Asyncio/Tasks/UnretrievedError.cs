namespace Quintet.Asyncio;

/// <summary>
/// Lives as long as a failed future whose error nobody has looked at; its end is reported to the loop's exception handler.
/// </summary>
internal sealed class UnretrievedError(Future future, Exception error)
{
    ~UnretrievedError()
    {
        var message = future is LoopTask ? "Task exception was never retrieved" : "Future exception was never retrieved";
        future.Loop.ReportFromAnywhere(new LoopExceptionContext(message, error, (future as LoopTask)?.Name) { Future = future });
    }

    internal void Retrieved() => GC.SuppressFinalize(this);
}
