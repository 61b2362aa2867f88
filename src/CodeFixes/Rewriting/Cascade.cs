using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Findings;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>One set of functions that become async, with every call that has to be awaited because of it.</summary>
internal sealed class Cascade(Solution solution, CancellationToken cancellation)
{
    private readonly SolutionEdits _edits = new(solution);
    private readonly HashSet<SyntaxNode> _awaited = [];

    /// <summary>Adds a finding; false when it has to be refused.</summary>
    public async Task<bool> AddAsync(Site site)
    {
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (AsyncTwin.Find(model!, site.Node, site.Direct ? site[FindingProperties.Twin] : null, cancellation) is not { } twin) return false;
        return Await(site.Document, twin) && Functions.Around(site.Node) is { } function && Functions.IsAsync(function);
    }

    public async Task<Solution?> ApplyAsync()
    {
        var changed = await _edits.ApplyAsync(cancellation).ConfigureAwait(false);
        return await CompileCheck.IsCleanAsync(solution, changed, signaturesChanged: false, cancellation).ConfigureAwait(false) ? changed : null;
    }

    private bool Await(Document document, Twin twin)
    {
        if (!_awaited.Add(twin.Edit.Target)) return true;
        _edits.Add(document.Id, twin.Edit);
        _edits.Import(document.Id, twin.Imports);
        return true;
    }
}
