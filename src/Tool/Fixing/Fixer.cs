using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Tool.Analysis;

namespace Quintet.Tool.Fixing;

/// <summary>
/// Applies the first action of every finding, all findings of one kind of move together, and looks again until nothing is
/// left that can be fixed. A move after which the code compiles worse than before is taken back.
/// </summary>
internal sealed class Fixer(SelectedRules rules, WorkspaceSolution workspace, Action<string> progress)
{
    /// <summary>Each pass removes all findings of one move; more passes than this mean that two moves undo each other.</summary>
    private const int MostPasses = 40;

    /// <summary>How often the sites of one kind of move are halved because nothing came of it, before all of them are left alone.</summary>
    private const int MostTakenBack = 6;

    private readonly HashSet<(string Key, string Site)> _refused = [];
    private readonly ConditionalWeakTable<Compilation, StrongBox<int>> _errors = new();
    private readonly Dictionary<string, int> _most = [];
    private readonly Dictionary<string, int> _takenBack = [];

    public List<AppliedMove> Applied { get; } = [];

    public List<string> Remarks { get; } = [];

    public async Task<Solution> RunAsync(CancellationToken cancellation)
    {
        var solution = workspace.Solution;
        var errors = await ErrorsAsync(solution, cancellation);
        var (previous, before) = (solution, default(FixableDiagnostics));
        for (var pass = 0; pass < MostPasses; pass++)
        {
            progress($"looking for findings to fix, pass {pass + 1}");
            var diagnostics = await FixableDiagnostics.OfAsync(
                solution,
                workspace.Edited,
                rules.Analyzers,
                diagnostic => rules.Selects(diagnostic.Id) && rules.Fixable.Contains(diagnostic.Id),
                cancellation);
            if (before is not null && !KeepsWhatIsGone(before, diagnostics)) (solution, diagnostics) = (previous, before);
            (previous, before) = (solution, diagnostics);
            if (await NextAsync(solution, diagnostics, errors, cancellation) is not { } next) return solution;
            solution = next;
        }

        Remarks.Add($"stopped after {MostPasses} passes");
        return solution;
    }

    /// <summary>
    /// A move may have to leave some of its sites as they are. Places shift with every change, but a finding's message tells its
    /// whole path: as many as are told less often than before have been fixed. A move after which all are still there is none: of
    /// several sites half are tried next, so that one that stays does not hold the others.
    /// </summary>
    private bool KeepsWhatIsGone(FixableDiagnostics before, FixableDiagnostics after)
    {
        var last = Applied[^1];
        var fewer = CountOf(before, last.Id);
        foreach (var (told, count) in CountOf(after, last.Id)) fewer[told] = fewer.GetValueOrDefault(told) - count;
        var gone = last.Sites.Where(site => fewer[(site.Place.File, site.Message)]-- > 0).ToList();
        Applied.RemoveAt(Applied.Count - 1);
        if (gone.Count > 0)
        {
            Applied.Add(last with { Sites = gone });
            _most.Remove(last.Key);
            return true;
        }

        var again = _takenBack[last.Key] = _takenBack.GetValueOrDefault(last.Key) + 1;
        if (last.Sites.Count > 1 && again < MostTakenBack)
        {
            _most[last.Key] = last.Sites.Count / 2;
            return false;
        }

        foreach (var site in last.Sites) Refuse(last.Key, site);
        Remarks.Add(last.Sites is [var one]
            ? $"{last.Key}: taken back at {NameOf(one.Place)}, its finding would stay"
            : $"{last.Key}: taken back, its findings would stay");
        return false;
    }

    private static Dictionary<(string File, string Message), int> CountOf(FixableDiagnostics diagnostics, string id) => diagnostics.All
        .Where(pair => pair.Diagnostic.Id == id)
        .GroupBy(pair => (pair.Diagnostic.Location.SourceTree!.FilePath, FixedSite.MessageOf(pair.Diagnostic)))
        .ToDictionary(same => same.Key, same => same.Count());

    private static string NameOf(Place place) => $"{Path.GetFileName(place.File)}({place.Line})";

    /// <summary>The solution after the first move that changes it for the better, or null when there is none.</summary>
    private async Task<Solution?> NextAsync(Solution solution, FixableDiagnostics diagnostics, int errors, CancellationToken cancellation)
    {
        foreach (var move in await MovesAsync(solution, diagnostics, cancellation))
        {
            progress($"{move.Key}: {move.Own.Count} finding(s)");
            var rest = move.Own;
            while (rest.Count > 0)
            {
                var (changed, part, isUnchanged) = await LargestAsync(solution, move, rest, diagnostics, errors, cancellation);
                if (changed is not null)
                {
                    Applied.Add(new AppliedMove(move.Id, move.Key, [.. part.Select(own => own.Site)]));
                    return changed;
                }

                // One finding whose fix does nothing, or does not compile in one target or another: the others do not wait for it.
                foreach (var own in part)
                {
                    Refuse(move.Key, own.Site);
                    Remarks.Add(isUnchanged
                        ? $"{move.Key}: not applied at {NameOf(own.Site.Place)}, code elsewhere would not compile or not do the same"
                        : $"{move.Key}: taken back at {NameOf(own.Site.Place)}, the result would not compile");
                }

                rest = [.. rest.Where(own => !IsRefused(move.Key, own.Site))];
            }
        }

        return null;
    }

    /// <summary>
    /// The solution after a move of all findings, or of as many of them as halving finds to compile. Without one: the single finding that
    /// does not, or those for which the move changes nothing.
    /// </summary>
    private async Task<(Solution? Changed, List<Own> Part, bool IsUnchanged)> LargestAsync(
        Solution solution, Move move, List<Own> part, FixableDiagnostics diagnostics, int errors, CancellationToken cancellation)
    {
        if (_most.TryGetValue(move.Key, out var most)) part = [.. part.Take(most)];
        while (true)
        {
            var changed = await ApplyAsync(solution, move, part, diagnostics, cancellation);
            if (changed is null || !changed.GetChanges(solution).GetProjectChanges().Any()) return (null, part, true);
            if (await ErrorsAsync(changed, cancellation) <= errors) return (changed, part, false);
            if (part.Count == 1) return (null, part, false);
            part = part[..(part.Count / 2)];
        }
    }

    private void Refuse(string key, FixedSite site) => _refused.Add((key, site.Identity));

    private bool IsRefused(string key, FixedSite site) => _refused.Contains((key, site.Identity));

    private async Task<List<Move>> MovesAsync(Solution solution, FixableDiagnostics diagnostics, CancellationToken cancellation)
    {
        var moves = new Dictionary<string, Move>(StringComparer.Ordinal);
        foreach (var (_, diagnostic) in diagnostics.All)
        {
            if (solution.GetDocument(diagnostic.Location.SourceTree) is not { } document) continue;
            foreach (var provider in rules.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                CodeAction? first = null;
                await provider.RegisterCodeFixesAsync(new CodeFixContext(
                    document, diagnostic, (action, _) => first ??= action, cancellation));
                if (first?.EquivalenceKey is not { } key) continue;
                var site = FixedSite.Of(diagnostic, first.Title);
                if (IsRefused(key, site)) continue;
                if (!moves.TryGetValue(key, out var move))
                    moves[key] = move = new Move(diagnostic.Id, key, provider, document, []);
                move.Own.Add(new Own(diagnostic, site));
                break;
            }
        }

        return [.. moves.Values.OrderBy(move => move.Key, StringComparer.Ordinal)];
    }

    private async Task<Solution?> ApplyAsync(
        Solution solution, Move move, List<Own> part, FixableDiagnostics diagnostics, CancellationToken cancellation)
    {
        if (move.Provider.GetFixAllProvider() is not { } all) return null;
        // Other findings may offer this move too, but not as their first: they are left to theirs.
        var context = new FixAllContext(
            move.Document, move.Provider, FixAllScope.Solution, move.Key, move.Provider.FixableDiagnosticIds,
            diagnostics.Only(part.Select(own => own.Diagnostic).ToHashSet().Contains), cancellation);
        if (await all.GetFixAsync(context) is not { } action) return null;
        var operations = await action.GetOperationsAsync(solution, new Progress<CodeAnalysisProgress>(), cancellation);
        return operations.OfType<ApplyChangesOperation>().FirstOrDefault()?.ChangedSolution is { } changed
            ? await workspace.FollowedAsync(solution, changed, cancellation) : null;
    }

    private async Task<int> ErrorsAsync(Solution solution, CancellationToken cancellation)
    {
        var errors = 0;
        foreach (var project in solution.Projects)
        {
            var compilation = (await project.GetCompilationAsync(cancellation))!;
            if (!_errors.TryGetValue(compilation, out var known))
                _errors.Add(compilation, known = new StrongBox<int>(ErrorsIn(compilation, cancellation)));
            errors += known.Value;
        }

        return errors;
    }

    /// <summary>Some errors appear only when the assembly is written: a reference that would have to live across an await.</summary>
    private static int ErrorsIn(Compilation compilation, CancellationToken cancellation) =>
        compilation.Emit(Stream.Null, cancellationToken: cancellation).Diagnostics
            .Count(diagnostic => diagnostic is { Severity: DiagnosticSeverity.Error, IsWarningAsError: false });

    private sealed record Move(
        string Id, string Key, CodeFixProvider Provider, Document Document, List<Own> Own);

    /// <summary>A finding whose first fix a move is.</summary>
    private sealed record Own(Diagnostic Diagnostic, FixedSite Site);
}
