namespace Quintet.Multiprocessing;

/// <summary>The other end of a <see cref="ProcessPipe"/> is closed, or its process has died: nobody will receive what is sent (Python:
/// <c>BrokenPipeError</c>).</summary>
public sealed class BrokenProcessPipeException : IOException
{
    internal BrokenProcessPipeException() : base("The other end of the pipe is closed, or its process has ended. Nobody would receive.") { }
}
