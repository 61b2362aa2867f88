using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>One piece of work on its way to the pool and back.</summary>
internal sealed class ExecutorCall<T>(EventLoop loop, Func<T> work, ExecutionContext values)
{
    internal static readonly SendOrPostCallback Work = static state => ((ExecutorCall<T>)state!).RunOnPool();

    private static readonly SendOrPostCallback Complete = static state => ((ExecutorCall<T>)state!).CompleteOnLoop();

    private T _result = default!;
    private Exception? _error;

    internal Future<T> Future { get; } = loop.CreateFuture<T>();

    private void RunOnPool()
    {
        if (!Future.IsDone)
        {
            try
            {
                AmbientContext.Enter(values);
                _result = work();
            }
            catch (Exception error)
            {
                _error = error;
            }
            finally
            {
                AmbientContext.Enter(AmbientContext.Empty);
            }
        }

        loop.Core.SendAndRelease(Complete, this);
    }

    private void CompleteOnLoop()
    {
        loop.EndWork();
        if (Future.IsDone) return;
        if (_error is null) Future.SetResult(_result);
        else Future.SetException(_error);
    }
}
