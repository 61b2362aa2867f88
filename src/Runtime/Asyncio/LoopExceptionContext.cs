namespace Quintet.Asyncio;

/// <summary>What an exception handler of a loop is told.</summary>
/// <param name="Message">What happened, in asyncio's words.</param>
/// <param name="Exception">The exception, where there is one.</param>
/// <param name="Source">The task, future or callback that it comes from, by name.</param>
public sealed record LoopExceptionContext(string Message, Exception? Exception, string? Source);
