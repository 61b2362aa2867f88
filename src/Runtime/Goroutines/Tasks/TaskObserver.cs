namespace Quintet.Goroutines;

/// <summary>Runs a call as a goroutine and tells its end to a task, whose continuations run elsewhere.</summary>
internal sealed class TaskObserver<T>
{
    private readonly TaskCompletionSource<T> _source = new(Outcome);

    internal Task<T> Task => _source.Task;

    /// <summary>What waits for an outcome runs elsewhere; in a deterministic run there is no elsewhere.</summary>
    internal static TaskCreationOptions Outcome =>
        Processor.Current?.Driver is null ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None;

    internal async GoTask Watch(GoTask call)
    {
        try
        {
            await call;
            _source.SetResult(default!);
        }
        catch (Exception error)
        {
            Tell(error);
        }
    }

    internal async GoTask Watch(GoTask<T> call)
    {
        try
        {
            _source.SetResult(await call);
        }
        catch (Exception error)
        {
            Tell(error);
        }
    }

    private void Tell(Exception error)
    {
        if (error is OperationCanceledException cancelled) _source.SetCanceled(cancelled.CancellationToken);
        else if (error is GoExitException) _source.SetCanceled();
        else _source.SetException(error);
    }
}
