namespace Quintet.Multiprocessing;

/// <summary>
/// The asynchronous form of a wait in shared memory: a thread of its own waits, so that neither the caller's nor one of the pool's is held.
/// </summary>
internal static class WaitingThread
{
    internal static Task Run(Action wait, CancellationToken cancellation) =>
        Run(
            () =>
            {
                wait();
                return true;
            },
            cancellation);

    internal static Task<T> Run<T>(Func<T> wait, CancellationToken cancellation) => Task.Factory.StartNew(
        wait, cancellation, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
