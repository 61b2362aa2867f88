namespace Quintet.Loops;

/// <summary>Code on a loop's thread was about to wait for another thread, and the loop's policy forbids that.</summary>
public sealed class BlockingCallException : InvalidOperationException
{
    /// <summary>An exception that says what to do instead.</summary>
    public BlockingCallException()
        : base("A blocking wait on the thread of an event loop holds every other callback. Await it, or give it to the loop's work pool.")
    {
    }
}
