namespace Quintet.Asyncio;

public sealed partial class EventLoop
{
    private readonly List<IAsyncDisposable> _iterators = [];

    /// <summary>
    /// Runs <paramref name="main"/> on a loop of its own to its end, then cancels what it left behind (<c>asyncio.run</c>).
    /// </summary>
    /// <exception cref="EventLoopException">A loop runs on this thread already.</exception>
    public static void Run(Coroutine main, EventLoopOptions? options = null)
    {
        Runner.CheckNoLoop("asyncio.run() cannot be called from a running event loop");
        using var runner = new Runner(options ?? new EventLoopOptions());
        runner.Run(main);
    }

    /// <summary>Runs <paramref name="main"/> on a loop of its own for its result, then cancels what it left behind.</summary>
    /// <exception cref="EventLoopException">A loop runs on this thread already.</exception>
    public static T Run<T>(Coroutine<T> main, EventLoopOptions? options = null)
    {
        Runner.CheckNoLoop("asyncio.run() cannot be called from a running event loop");
        using var runner = new Runner(options ?? new EventLoopOptions());
        return runner.Run(main);
    }

    /// <summary>Sees to it that an iterator which nobody runs to its end is disposed of when the loop's runner is
    /// (<c>shutdown_asyncgens</c>).</summary>
    public IAsyncEnumerator<T> Watch<T>(IAsyncEnumerator<T> iterator)
    {
        ArgumentNullException.ThrowIfNull(iterator);
        CheckThread();
        _iterators.Add(iterator);
        return iterator;
    }

    private static async Coroutine Close(IAsyncDisposable iterator) => await iterator.DisposeAsync();

    internal async Coroutine ShutDownIterators()
    {
        IAsyncDisposable[] left = [.. _iterators];
        _iterators.Clear();
        var closing = left.Select(iterator => CreateTask(Close(iterator))).ToArray();
        var failures = await Aio.GatherOutcomes(closing);
        for (var i = 0; i < left.Length; i++)
        {
            if (failures[i] is not { } error) continue;
            const string message = "an error occurred during closing of asynchronous generator";
            CallExceptionHandler(new($"{message} {left[i]}", error, null) { Iterator = left[i] });
        }
    }
}
