namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>Several threads that do the same, each result of which is wanted.</summary>
/// <typeparam name="T">What each gives.</typeparam>
internal sealed class OnThreads<T>
{
    private readonly Task<T>[] _threads;

    internal OnThreads(int count, Func<int, T> work) => _threads =
    [
        .. Enumerable.Range(0, count).Select(number => Task.Factory.StartNew(
            () => work(number), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
    ];

    internal OnThreads(Func<T> work) : this(1, _ => work()) { }

    /// <summary>How many have ended.</summary>
    internal int Ended => _threads.Count(static thread => thread.IsCompleted);

    /// <summary>What they give, waited for by this thread, which may hold what belongs to a thread.</summary>
    internal T[] Join()
    {
        Assert.True(Task.WhenAll(_threads).Wait(Patience.OfAWait), "The other threads do not end.");
        return [.. _threads.Select(static thread => thread.Result)];
    }
}
