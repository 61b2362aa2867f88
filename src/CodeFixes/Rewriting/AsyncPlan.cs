using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Awaits blocking calls, and makes the functions around them async as far up as it takes. All findings share one set
/// of functions to convert and one rewrite; those that would break the build are left out.
/// </summary>
internal sealed class AsyncPlan(Func<Cascade, Site, Task<bool>> add, bool takesAll = false) : MovePlan
{
    /// <summary>Awaits the twins of blocking calls.</summary>
    public static readonly AsyncPlan Twins = new(static (cascade, site) => cascade.AddAsync(site));

    /// <summary>Rounds in which functions that become async bring along what blocks in them.</summary>
    private const int MostRounds = 3;

    public override async Task<Solution> ApplyAsync(Solution solution, IReadOnlyList<SiteMark> sites, CancellationToken cancellation)
    {
        var best = new Attempt([], solution, []);
        // Where a path leads to the cause, converting what is on it awaits the further calls anyway.
        var asked = sites.SelectMany(mark => takesAll || mark.IsCause ? [mark, .. mark.More] : new[] { mark });
        await ExtendAsync([.. asked.Select(static mark => (mark, false))]).ConfigureAwait(false);
        var seen = new HashSet<SyntaxNode>();
        for (var round = 0; round < MostRounds; round++)
        {
            var beside = new List<(SiteMark, bool)>();
            foreach (var function in best.Converted.Where(function => seen.Add(function.Node)))
                beside.AddRange(await BesideAsync(solution, function, cancellation).ConfigureAwait(false));
            if (beside.Count == 0) break;
            await ExtendAsync(beside).ConfigureAwait(false);
        }

        return best.Result;

        // Everything at once nearly always works. Where it does not, halving finds those that have to stay as they are.
        async Task ExtendAsync(IReadOnlyList<(SiteMark, bool)> more)
        {
            cancellation.ThrowIfCancellationRequested();
            List<(SiteMark, bool)> together = [.. best.Sites, .. more];
            if (await TryAsync(solution, together, cancellation).ConfigureAwait(false) is { } attempt)
            {
                best = attempt;
                return;
            }

            if (more.Count < 2) return;
            await ExtendAsync([.. more.Take(more.Count / 2)]).ConfigureAwait(false);
            await ExtendAsync([.. more.Skip(more.Count / 2)]).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Plans the cascade of one place and writes nothing: every function on the way down and every caller on the way up has its say.
    /// What only a compilation could tell is left to the action itself.
    /// </summary>
    public override async Task<bool> HoldsAsync(Site site, CancellationToken cancellation)
    {
        var solution = site.Document.Project.Solution;
        var mark = await SiteMark.InAsync(solution, site, cancellation).ConfigureAwait(false);
        if (await mark.FindAsync(solution, cancellation).ConfigureAwait(false) is not { } here) return false;
        var trial = new Cascade(solution, cancellation, isTrial: true, KnownCascades.Of(solution));
        if (await add(trial, here).ConfigureAwait(false)) return true;
        // Two that hold by themselves need not hold together as they were put together here.
        return trial.Reuses && await add(new Cascade(solution, cancellation, isTrial: true), here).ConfigureAwait(false);
    }

    /// <summary>
    /// What blocks, however deep, in a function that becomes async was nobody's business before and would be a finding now.
    /// </summary>
    private static async Task<IReadOnlyList<(SiteMark, bool)>> BesideAsync(
        Solution solution, FunctionConversion function, CancellationToken cancellation)
    {
        if (function.Kind is not (ConversionKind.Signature or ConversionKind.Lambda) || !function.Awaited || TestCode.Is(function))
            return [];
        var found = new List<(SiteMark, bool)>();
        foreach (var site in Evidence.Of(function.Document, function.Model, function.Node, cancellation).Certain())
        {
            if (await MakeAsyncMove.ChainAsync(site, cancellation).ConfigureAwait(false) is null) continue;
            found.Add((await SiteMark.InAsync(solution, site, cancellation).ConfigureAwait(false), true));
        }

        return found;
    }

    /// <summary>The rewritten solution, or null when one of the sites has to be refused.</summary>
    private async Task<Attempt?> TryAsync(
        Solution solution, IReadOnlyList<(SiteMark Mark, bool Beside)> sites, CancellationToken cancellation)
    {
        var cascade = new Cascade(solution, cancellation);
        foreach (var (mark, beside) in sites)
        {
            if (await mark.FindAsync(solution, cancellation).ConfigureAwait(false) is not { } site) return null;
            if (!await (beside ? cascade.AddAsync(site) : add(cascade, site)).ConfigureAwait(false)) return null;
        }

        return await cascade.ApplyAsync().ConfigureAwait(false) is { } changed ? new Attempt(sites, changed, [.. cascade.Converted]) : null;
    }

    private sealed record Attempt(IReadOnlyList<(SiteMark, bool)> Sites, Solution Result, IReadOnlyList<FunctionConversion> Converted);
}
