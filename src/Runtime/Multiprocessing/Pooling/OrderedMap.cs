using System.Threading.Channels;

namespace Quintet.Multiprocessing.Pooling;

/// <summary>
/// A map whose results come in the order of the inputs while it goes on. A permit goes with each input from its reading until its result is
/// taken, so a slow one holds back at most so many behind it.
/// </summary>
internal sealed class OrderedMap<TIn, TOut>(
    Func<TIn, CancellationToken, Task<TOut>> run, IAsyncEnumerable<TIn> inputs, int maxPending, CancellationToken cancellation)
    : IAsyncEnumerable<TOut>
{
    public async IAsyncEnumerator<TOut> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, cancellationToken);
        using var permits = new SemaphoreSlim(maxPending);
        var options = new UnboundedChannelOptions { SingleReader = true, SingleWriter = true };
        var tasks = Channel.CreateUnbounded<Task<TOut>>(options);
        var feeding = FeedAsync(permits, tasks.Writer, stop.Token);
        try
        {
            await foreach (var task in tasks.Reader.ReadAllAsync(stop.Token).ConfigureAwait(false))
            {
                var result = await task.ConfigureAwait(false);
                permits.Release();
                yield return result;
            }
        }
        finally
        {
            // Whoever stops early leaves nothing running behind.
            await stop.CancelAsync().ConfigureAwait(false);
            await feeding.ConfigureAwait(false);
            while (tasks.Reader.TryRead(out var left)) await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FeedAsync(SemaphoreSlim permits, ChannelWriter<Task<TOut>> tasks, CancellationToken stop)
    {
        try
        {
            await foreach (var input in inputs.WithCancellation(stop).ConfigureAwait(false))
            {
                await permits.WaitAsync(stop).ConfigureAwait(false);
                tasks.TryWrite(run(input, stop));
            }
            tasks.Complete();
        }
        catch (Exception exception)
        {
            // The consumer gets what came before it, and then the input's own exception: it was not remote.
            tasks.Complete(exception);
        }
    }
}
