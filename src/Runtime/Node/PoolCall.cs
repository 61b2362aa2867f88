using Quintet.Loops;

namespace Quintet.Node;

/// <summary>One piece of work on its way to the pool and back.</summary>
internal sealed class PoolCall<T>(NodeLoop loop, Func<T> work, Action<Exception?, T?> done, ExecutionContext context)
{
    internal static readonly SendOrPostCallback Work = static state => ((PoolCall<T>)state!).RunOnPool();

    private static readonly SendOrPostCallback Complete = static state => ((PoolCall<T>)state!).CompleteOnLoop();

    private T? _result;
    private Exception? _error;

    private void RunOnPool()
    {
        try
        {
            _result = work();
        }
        catch (Exception error)
        {
            _error = error;
        }

        loop.Core.SendAndRelease(Complete, this);
    }

    private void CompleteOnLoop()
    {
        AmbientContext.EnterFromEmpty(context);
        done(_error, _result);
    }
}
