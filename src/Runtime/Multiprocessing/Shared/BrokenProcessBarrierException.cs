namespace Quintet.Multiprocessing;

/// <summary>
/// A <see cref="ProcessBarrier"/> is broken: a party was late, gave up, or died while it waited, or <see cref="ProcessBarrier.Abort"/> or
/// <see cref="ProcessBarrier.Reset"/> was called. <see cref="ProcessBarrier.Reset"/> makes it whole.
/// </summary>
public sealed class BrokenProcessBarrierException : Exception
{
    internal BrokenProcessBarrierException()
        : base("The process barrier is broken: a party was late, gave up or died, or it was aborted or reset. "
            + "Call Reset() to use it again.")
    {
    }
}
