namespace Quintet.Multiprocessing.Pooling;

/// <summary>
/// How much a worker may have at once beside the others. Its window says what short units are worth sending ahead; but the next units may
/// be long, and then what lies with one worker is work that another one waits for.
/// </summary>
internal static class FairShare
{
    /// <param name="queued">The units that no worker has.</param>
    /// <param name="workers">The workers in service, this one included.</param>
    /// <param name="leastOfOthers">What the one of the others has that has least.</param>
    /// <returns>Half of an equal share, so that the rest goes to whoever is done first; but one more than another may always be.</returns>
    internal static int Of(int queued, int workers, int leastOfOthers) => workers < 2
        ? int.MaxValue
        : Math.Max(leastOfOthers + 1, (queued + 2 * workers - 1) / (2 * workers));
}
