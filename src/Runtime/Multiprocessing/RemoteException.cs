namespace Quintet.Multiprocessing;

/// <summary>
/// What was thrown in a worker. The task fails with an exception of the same type where that has a constructor for message and inner
/// exception, and this is its <see cref="Exception.InnerException"/> (Python: <c>__cause__</c>, a <c>RemoteTraceback</c>). One that takes a
/// message alone has the remote stack as its own; an <see cref="AggregateException"/> holds what the remote one held. For a type with
/// neither constructor its nearest base is taken, and where that is no more than <see cref="Exception"/>, the task fails with this.
/// </summary>
public sealed class RemoteException : Exception
{
    private readonly string _remoteText;

    internal RemoteException(string remoteTypeName, string message, string remoteText, int processId)
        : base(message)
    {
        (RemoteTypeName, _remoteText, ProcessId) = (remoteTypeName, remoteText, processId);
    }

    /// <summary>The full name of the exception's type in the worker.</summary>
    public string RemoteTypeName { get; }

    /// <summary>The exception as the worker would have printed it, with its stack.</summary>
    public string RemoteStackTrace => _remoteText;

    /// <summary>The worker's process id.</summary>
    public int ProcessId { get; }

    /// <summary>The remote text, then the local one.</summary>
    public override string ToString() =>
        $"{nameof(RemoteException)} from process {ProcessId}:{Environment.NewLine}{_remoteText}{Environment.NewLine}{StackTrace}";
}
