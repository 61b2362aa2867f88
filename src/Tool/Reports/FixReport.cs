using Quintet.Tool.Fixing;
using Quintet.Tool.Loading;

namespace Quintet.Tool.Reports;

/// <summary>What <c>fix</c> did or would do: moves with their places, signatures that callers see, files.</summary>
internal sealed class FixReport(TextWriter output, string root)
{
    public async Task WriteAsync(
        Fixer fixer,
        IReadOnlyList<ChangedFile> files,
        IReadOnlyList<ProjectProblem> problems,
        bool plan,
        CancellationToken cancellation)
    {
        foreach (var (id, place, title) in fixer.Applied.SelectMany(move => move.Sites.Select(site => (move.Id, site.Place, site.Title))))
            await output.WriteLineAsync($"{RelativePath.Of(root, place.File)}({place.Line},{place.Column}): {id}: {title}");

        foreach (var file in files)
        {
            foreach (var signature in await ChangedSignature.InAsync(file, cancellation))
                await output.WriteLineAsync($"{RelativePath.Of(root, file.Path)}: {signature.Old} → {signature.New}");
        }

        var verb = plan ? "would change" : "changed";
        foreach (var file in files) await output.WriteLineAsync($"{verb} {RelativePath.Of(root, file.Path)}");
        foreach (var remark in fixer.Remarks) await output.WriteLineAsync(remark);
        foreach (var problem in problems) await output.WriteLineAsync($"{problem.Name}: {problem.Reason}");
        var count = fixer.Applied.Sum(move => move.Sites.Count);
        await output.WriteLineAsync($"{count} finding(s) {(plan ? "would be fixed" : "fixed")} in {files.Count} file(s)");
    }
}
