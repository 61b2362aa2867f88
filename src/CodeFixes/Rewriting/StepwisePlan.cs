using Microsoft.CodeAnalysis;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Carries out changes that stay within one type: finding after finding, each on what the one before has left. What would not
/// compile is left as it was.
/// </summary>
internal sealed class StepwisePlan(Func<Site, CancellationToken, Task<SolutionEdits?>> edits) : MovePlan
{
    public override async Task<bool> HoldsAsync(Site site, CancellationToken cancellation)
    {
        var solution = site.Document.Project.Solution;
        var mark = await SiteMark.InAsync(solution, site, cancellation).ConfigureAwait(false);
        return await mark.FindAsync(solution, cancellation).ConfigureAwait(false) is { } here
            && await edits(here, cancellation).ConfigureAwait(false) is not null;
    }

    public override async Task<Solution> ApplyAsync(Solution solution, IReadOnlyList<SiteMark> sites, CancellationToken cancellation)
    {
        foreach (var mark in sites)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await mark.FindAsync(solution, cancellation).ConfigureAwait(false) is not { } site) continue;
            if (await edits(site, cancellation).ConfigureAwait(false) is not { } planned) continue;
            if (await planned.ApplyAsync(cancellation).ConfigureAwait(false) is not { } changed) continue;
            if (await CompileCheck.IsCleanAsync(solution, changed, signaturesChanged: false, cancellation).ConfigureAwait(false))
                solution = changed;
        }

        return solution;
    }
}
