namespace Quintet.Asyncio;

/// <summary>Ctrl-C ended the program's main coroutine. Not an error of a task: it leaves the loop at once.</summary>
/// <remarks>Source: <c>KeyboardInterrupt</c> and its handling in <c>asyncio.Runner</c>.</remarks>
public sealed class KeyboardInterruptException(string message) : Exception(message)
{
    /// <summary>An interrupt in the usual words.</summary>
    public KeyboardInterruptException() : this("The program was interrupted.") { }
}
