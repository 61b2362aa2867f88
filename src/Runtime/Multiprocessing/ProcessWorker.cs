using System.ComponentModel;
using System.Runtime.CompilerServices;
using Quintet.Multiprocessing.Workers;

namespace Quintet.Multiprocessing;

/// <summary>What a process function may ask about the process that it runs in.</summary>
public static class ProcessWorker
{
    /// <summary>Whether this process is a worker.</summary>
    public static bool IsWorker => WorkerEntry.IsWorker;

    /// <summary>
    /// Cancelled when the caller cancels the task that runs. A function that does not look at it is killed with its worker after
    /// <see cref="ProcessPoolOptions.CancellationGrace"/>. Outside of workers it is never cancelled.
    /// </summary>
    public static CancellationToken Cancellation => WorkerControl.Current?.Cancellation ?? CancellationToken.None;

    /// <summary>
    /// Called by generated module initialisers. Under Native AOT, becomes a worker and does not return, if the process was started as one;
    /// elsewhere
    /// ends such a process, because its start-up hook should have done so before.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Enter()
    {
        if (RuntimeFeature.IsDynamicCodeSupported) WorkerEntry.EndStrayWorker();
        else WorkerEntry.RunIfWorker();
    }
}
