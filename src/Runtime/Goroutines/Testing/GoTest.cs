namespace Quintet.Goroutines;

/// <summary>
/// Runs goroutines deterministically: on one thread, with virtual time, and with every choice taken from a seed. What fails can be run
/// again with its seed; what is run with many seeds is tried in many interleavings.
/// </summary>
/// <remarks>
/// Everything of this model may be used inside, plain async methods and tasks, too, as long as the run itself completes them. Nothing may
/// wait outside of it: a task that another thread completes, or a blocking form, fails the run. Data races inside one slice are not
/// found: the run has one thread.
/// </remarks>
public static class GoTest
{
    /// <summary>Runs <paramref name="body"/> as the main goroutine with one seed.</summary>
    /// <param name="seed">Decides every choice.</param>
    /// <param name="body">What to run. It fails by throwing.</param>
    /// <exception cref="GoScheduleException">The body threw, another goroutine panicked, or all were asleep.</exception>
    public static void Run(int seed, Func<GoTask> body) => Once(seed, body);

    /// <summary>Runs <paramref name="body"/> once for each of a number of seeds and stops at the first failure.</summary>
    /// <param name="seeds">How many.</param>
    /// <param name="body">What to run. It makes all its objects itself and fails by throwing.</param>
    /// <param name="firstSeed">The first seed.</param>
    /// <returns>How many schedules were run, and how many of them differ.</returns>
    /// <exception cref="GoScheduleException">A run failed; it names the seed.</exception>
    public static GoExploration Explore(int seeds, Func<GoTask> body, int firstSeed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seeds);
        var distinct = new HashSet<ulong>();
        for (var n = 0; n < seeds; n++) distinct.Add(Once(unchecked(firstSeed + n), body));
        return new GoExploration(seeds, distinct.Count);
    }

    /// <summary>Waits until every other goroutine of a deterministic run waits: instead of sleeping for long enough.</summary>
    /// <returns>What to await. Virtual time does not move meanwhile.</returns>
    /// <exception cref="InvalidOperationException">The caller is not in a deterministic run.</exception>
    public static IdleOperation IdleAsync() =>
        new(Processor.Current?.Driver ?? throw new InvalidOperationException("Only in a deterministic run."));

    private static ulong Once(int seed, Func<GoTask> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var driver = new ScheduleDriver(seed);
        try
        {
            driver.Run(body);
        }
        catch (Exception error)
        {
            throw new GoScheduleException(seed, error);
        }

        return driver.Signature;
    }
}
