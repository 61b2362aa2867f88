namespace Quintet.GilThreads;

/// <summary>The calling thread released, offered or gave up a lock that it does not hold (CPython: "PyThreadState_Get: … the GIL is not
/// held").</summary>
/// <param name="message">What was done and what to do instead.</param>
public sealed class GilNotHeldException(string message) : GilMisuseException(message);
