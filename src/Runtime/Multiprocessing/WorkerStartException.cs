namespace Quintet.Multiprocessing;

/// <summary>A worker process could not be started, or did not become a worker.</summary>
public sealed class WorkerStartException : Exception
{
    internal WorkerStartException(string message, Exception? inner = null) : base(message, inner) { }
}
