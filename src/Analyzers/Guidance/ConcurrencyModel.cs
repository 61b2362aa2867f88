namespace Quintet.Analyzers.Guidance;

/// <summary>The five columns of the article's table.</summary>
internal enum ConcurrencyModel
{
    Goroutines,
    Multiprocessing,
    Threads,
    Asyncio,
    EventLoop,
}

/// <summary>Kinds of work that a model suits or does not.</summary>
[Flags]
internal enum WorkKind
{
    None = 0,

    /// <summary>Holds the thread while something else answers.</summary>
    Blocking = 1,

    /// <summary>Keeps a core busy.</summary>
    CpuBound = 2,

    /// <summary>Waits by awaiting.</summary>
    AsyncIo = 4,
}

/// <summary>A column of the article's comparison table.</summary>
/// <param name="Model">Which.</param>
/// <param name="Parallelism">Whether several pieces of its code run at the same moment.</param>
/// <param name="Preemptive">Whether something else than its own code can take the thread away.</param>
/// <param name="Threads">Threads used, in the article's words.</param>
/// <param name="Scheduler">Who decides what runs.</param>
/// <param name="BestFor">The article's last row.</param>
/// <param name="MustNotGet">Work that stalls everybody else on this model.</param>
/// <param name="Why">The sentence that says why.</param>
internal sealed record ModelTraits(
    ConcurrencyModel Model, bool Parallelism, bool Preemptive, string Threads, string Scheduler, string BestFor, WorkKind MustNotGet, string Why);
