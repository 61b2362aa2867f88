using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Awaits blocking calls, and makes the functions around them async as far up as it takes. All findings share one set
/// of functions to convert and one rewrite; those that would break the build are left out.
/// </summary>
internal sealed class AsyncPlan(Func<Cascade, Site, Task<bool>> add) : MovePlan
{
    /// <summary>Awaits the twins of blocking calls.</summary>
    public static readonly AsyncPlan Twins = new(static (cascade, site) => cascade.AddAsync(site));

    public override async Task<Solution> ApplyAsync(Solution solution, IReadOnlyList<SiteMark> sites, CancellationToken cancellation)
    {
        var best = new Attempt([], solution);
        await ExtendAsync(sites).ConfigureAwait(false);
        return best.Result;

        // Everything at once nearly always works. Where it does not, halving finds those that have to stay as they are.
        async Task ExtendAsync(IReadOnlyList<SiteMark> more)
        {
            cancellation.ThrowIfCancellationRequested();
            List<SiteMark> together = [.. best.Sites, .. more];
            if (await TryAsync(solution, together, cancellation).ConfigureAwait(false) is { } changed)
            {
                best = new Attempt(together, changed);
                return;
            }

            if (more.Count < 2) return;
            await ExtendAsync([.. more.Take(more.Count / 2)]).ConfigureAwait(false);
            await ExtendAsync([.. more.Skip(more.Count / 2)]).ConfigureAwait(false);
        }
    }

    /// <summary>The rewritten solution, or null when one of the sites has to be refused.</summary>
    private async Task<Solution?> TryAsync(Solution solution, IReadOnlyList<SiteMark> sites, CancellationToken cancellation)
    {
        var cascade = new Cascade(solution, cancellation);
        foreach (var mark in sites)
        {
            if (await mark.FindAsync(solution, cancellation).ConfigureAwait(false) is not { } site) return null;
            if (!await add(cascade, site).ConfigureAwait(false)) return null;
        }

        return await cascade.ApplyAsync().ConfigureAwait(false);
    }

    private sealed record Attempt(IReadOnlyList<SiteMark> Sites, Solution Result);
}
