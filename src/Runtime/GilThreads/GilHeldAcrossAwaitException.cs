namespace Quintet.GilThreads;

/// <summary>An asynchronous form was used by a thread that holds the lock by <c>Enter</c>: the code after the await may run on another
/// thread.</summary>
/// <param name="message">What was done and what to do instead.</param>
public sealed class GilHeldAcrossAwaitException(string message) : GilMisuseException(message);
