using System.Threading.Channels;

namespace Quintet.Multiprocessing.Pooling;

/// <summary>
/// A map whose results come as they are ready. A permit goes with each input from its reading until its result is taken, which is all the
/// backpressure there is.
/// </summary>
internal sealed class UnorderedMap<TIn, TOut>(
    Func<TIn, CancellationToken, Task<TOut>> run, IAsyncEnumerable<TIn> inputs, int maxPending, CancellationToken cancellation)
    : IAsyncEnumerable<TOut>
{
    public async IAsyncEnumerator<TOut> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, cancellationToken);
        using var permits = new SemaphoreSlim(maxPending);
        var results = Channel.CreateUnbounded<TOut>(new UnboundedChannelOptions { SingleReader = true });
        var feeding = FeedAsync(permits, results.Writer, stop.Token);
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(stop.Token).ConfigureAwait(false))
            {
                permits.Release();
                yield return result;
            }
        }
        finally
        {
            // Whoever stops early leaves nothing running behind.
            await stop.CancelAsync().ConfigureAwait(false);
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FeedAsync(SemaphoreSlim permits, ChannelWriter<TOut> results, CancellationToken stop)
    {
        var pending = 1;
        var allDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Exception? failure = null;

        async Task OneAsync(Task<TOut> task)
        {
            try
            {
                results.TryWrite(await task.ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, exception, null);
                results.TryComplete(failure);
            }
            if (Interlocked.Decrement(ref pending) == 0) allDone.TrySetResult();
        }

        try
        {
            await foreach (var input in inputs.WithCancellation(stop).ConfigureAwait(false))
            {
                await permits.WaitAsync(stop).ConfigureAwait(false);
                if (Volatile.Read(ref failure) is not null) break;
                Interlocked.Increment(ref pending);
                _ = OneAsync(run(input, stop));
            }
        }
        catch (Exception exception)
        {
            // The input's own exception reaches the consumer as it is: it was not remote.
            Interlocked.CompareExchange(ref failure, exception, null);
            results.TryComplete(failure);
        }
        if (Interlocked.Decrement(ref pending) == 0) allDone.TrySetResult();
        await allDone.Task.ConfigureAwait(false);
        results.TryComplete(failure);
    }
}
