namespace Quintet.Asyncio;

/// <summary>
/// Lives as long as a failed future whose error nobody has looked at; its end is reported to the loop's exception handler.
/// </summary>
internal sealed class UnretrievedError(EventLoop loop, Exception error, bool ofTask, string? name)
{
    ~UnretrievedError()
    {
        var message = ofTask ? "Task exception was never retrieved" : "Future exception was never retrieved";
        loop.ReportFromAnywhere(new LoopExceptionContext(message, error, name));
    }

    internal void Retrieved() => GC.SuppressFinalize(this);
}
