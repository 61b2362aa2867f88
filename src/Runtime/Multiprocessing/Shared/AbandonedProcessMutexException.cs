namespace Quintet.Multiprocessing;

/// <summary>
/// A thread or process died while it held a <see cref="ProcessMutex"/>, so what the mutex guards may be half done. The mutex is not held.
/// Call <see cref="ProcessMutex.Recover"/>, put things in order, and go on.
/// </summary>
public sealed class AbandonedProcessMutexException : Exception
{
    internal AbandonedProcessMutexException()
        : base("The holder of the process mutex died. Take it with Recover() and put in order what it guards.") { }
}
