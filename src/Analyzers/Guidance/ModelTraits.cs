namespace Quintet.Analyzers.Guidance;

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
    ConcurrencyModel Model, bool Parallelism, bool Preemptive, string Threads, string Scheduler, string BestFor, WorkKind MustNotGet,
        string Why);
