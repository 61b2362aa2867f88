using System.Globalization;

namespace Quintet.Tests;

/// <summary>
/// How much of the long proofs is to be run: QUINTET_STRESS=1 all of it, 0.1 a tenth, with seeds of its own, so that ten such runs are
/// worth a whole one. Without it the tests run a little of each.
/// </summary>
internal static class Stress
{
    private static readonly double Share = double.TryParse(
        Environment.GetEnvironmentVariable("QUINTET_STRESS"), CultureInfo.InvariantCulture, out var share) ? share : 0;

    internal static bool IsOn => Share > 0;

    internal static int Of(int all, int little) => IsOn ? (int)(all * Share) : little;
}
