using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.CodeFixes;

/// <summary>Carries moves out: all findings in one plan and one rewrite.</summary>
internal abstract class MovePlan
{
    /// <summary>Carries the moves of one or several places out; the original solution when all have to be refused.</summary>
    public async Task<Solution> ApplyAsync(IReadOnlyList<Site> sites, CancellationToken cancellation)
    {
        var original = sites[0].Document.Project.Solution;
        var (solution, marks) = await SiteMark.PlaceAsync(original, sites, cancellation).ConfigureAwait(false);
        var changed = await ApplyAsync(solution, marks, cancellation).ConfigureAwait(false);
        return changed == solution ? original : await AsTextAsync(original, changed, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// The changed documents as text. What is left of marks and formatting requests would make the editor format them once more, with
    /// its own settings instead of the file's.
    /// </summary>
    public static async Task<Solution> AsTextAsync(Solution original, Solution changed, CancellationToken cancellation)
    {
        foreach (var id in changed.GetChanges(original).GetProjectChanges().SelectMany(static project => project.GetChangedDocuments())
            .ToList())
        {
            var text = await changed.GetDocument(id)!.GetTextAsync(cancellation).ConfigureAwait(false);
            var before = await original.GetDocument(id)!.GetTextAsync(cancellation).ConfigureAwait(false);
            changed = text.ContentEquals(before)
                ? changed.WithDocumentSyntaxRoot(id,
                    (await original.GetDocument(id)!.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!)
                : changed.WithDocumentText(id, SourceText.From(text.ToString(), before.Encoding, before.ChecksumAlgorithm));
        }

        return changed;
    }

    /// <summary>The changed solution; the very same one when every finding has to be refused.</summary>
    public abstract Task<Solution> ApplyAsync(Solution solution, IReadOnlyList<SiteMark> sites, CancellationToken cancellation);

    /// <summary>
    /// Whether the move of one place can be carried out, as far as can be told without writing anything. Asked while the user types.
    /// </summary>
    public virtual Task<bool> HoldsAsync(Site site, CancellationToken cancellation) => Task.FromResult(true);
}
