namespace Quintet.Multiprocessing;

/// <summary>
/// A <see cref="ProcessQueue{T}"/> was completed: nothing can be put, and what had been put before has been taken.
/// </summary>
public sealed class ProcessQueueClosedException : InvalidOperationException
{
    internal ProcessQueueClosedException() : base("The process queue is completed.") { }
}
