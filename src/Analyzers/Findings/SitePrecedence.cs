using Quintet.Analyzers.Effects;

namespace Quintet.Analyzers.Findings;

/// <summary>Which of several findings at one site is told (RULES, "Precedence").</summary>
internal static class SitePrecedence
{
    /// <summary>Who speaks for a site of which several speak (RULES, "Precedence"): what is sure before what is possible.</summary>
    public static int RankOf(string id) => id switch
    {
        "QNT5006" => 0,
        "QNT5007" => 1,
        "QNT5001" or "QNT4001" or "QNT4002" or "QNT4008" => 2,
        "QNT5002" or "QNT4005" => 3,
        "QNT5010" or "QNT4003" => 4,
        _ => 5,
    };

    /// <summary>
    /// What waits and computes at once, as an archive that is unpacked, waits (RULES, "Precedence"); and what a loop that never ends does
    /// in each round is the loop's.
    /// </summary>
    public static void RemoveTwice(List<(string Id, Reach Reach)> candidates)
    {
        var waits = new HashSet<int>(candidates
            .Where(static one => one is { Id: "QNT5001" or "QNT4001" or "QNT4008", Reach.IsDirect: true })
            .Select(static one => one.Reach.Step.Span.Start));
        var endless = candidates.Where(static one => one is { Id: "QNT5007", Reach.IsDirect: true })
            .Select(static one => one.Reach.Step.Span).ToList();
        candidates.RemoveAll(one => one.Reach is { IsDirect: true, Kind: not StepKind.Blocks } && waits.Contains(one.Reach.Step.Span.Start)
            || one.Id != "QNT5007" && one.Id[3] == '5' && endless.Exists(loop => loop.Contains(one.Reach.Step.Span)));
    }
}
