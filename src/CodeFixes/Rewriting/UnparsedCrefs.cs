using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Mentions of renamed methods in documentation that nobody has parsed: where a project writes no documentation file, a <c>cref</c> is
/// part of a comment like any other, and no search for references finds it.
/// </summary>
internal sealed class UnparsedCrefs(Solution solution, CancellationToken cancellation)
{
    /// <summary>The edits that give the methods of a family their new name wherever such a comment names one of them.</summary>
    public async Task<IReadOnlyList<(DocumentId Document, NodeEdit Edit)>> RenamedAsync(IReadOnlyList<IMethodSymbol> family, string name)
    {
        var edits = new List<(DocumentId, NodeEdit)>();
        var old = AsyncName.Plain(family[0]);
        var ids = new HashSet<string?>(family.Select(static method => method.OriginalDefinition.GetDocumentationCommentId()));
        foreach (var project in Readers(family))
        {
            Project? parsed = null;
            foreach (var document in project.Documents)
            {
                var text = (await document.GetTextAsync(cancellation).ConfigureAwait(false)).ToString();
                if (text.IndexOf("cref", StringComparison.Ordinal) < 0 || text.IndexOf(old, StringComparison.Ordinal) < 0) continue;
                parsed ??= Parsed(project);
                var mentions = await MentionsAsync(parsed.GetDocument(document.Id)!, old, ids).ConfigureAwait(false);
                if (mentions.Count == 0
                    || await GeneratedFiles.AreAmongAsync([document.Id], project.Solution, cancellation).ConfigureAwait(false)) continue;
                var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
                edits.AddRange(Edits(root!, mentions, old, name).Select(edit => (document.Id, edit)));
            }
        }

        return edits;
    }

    /// <summary>The projects that know the methods and do not parse their documentation.</summary>
    private IEnumerable<Project> Readers(IReadOnlyList<IMethodSymbol> family)
    {
        var graph = solution.GetProjectDependencyGraph();
        var homes = family.SelectMany(static method => method.DeclaringSyntaxReferences)
            .Select(reference => solution.GetDocument(reference.SyntaxTree)?.Project.Id).OfType<ProjectId>().Distinct().ToList();
        return homes.Concat(homes.SelectMany(graph.GetProjectsThatTransitivelyDependOnThisProject)).Distinct()
            .Select(id => solution.GetProject(id)!)
            .Where(static project => project.ParseOptions is CSharpParseOptions { DocumentationMode: DocumentationMode.None });
    }

    /// <summary>The same project with its documentation parsed: the text is the same, and so are all places in it.</summary>
    private static Project Parsed(Project project) => project.Solution.WithProjectParseOptions(
        project.Id, ((CSharpParseOptions)project.ParseOptions!).WithDocumentationMode(DocumentationMode.Parse)).GetProject(project.Id)!;

    /// <summary>Where the documentation of a file says the old name of one of the methods.</summary>
    private async Task<IReadOnlyList<int>> MentionsAsync(Document parsed, string old, HashSet<string?> ids)
    {
        var root = await parsed.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await parsed.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var found = new List<int>();
        foreach (var cref in root!.DescendantNodes(descendIntoTrivia: true).OfType<XmlCrefAttributeSyntax>().Select(static one => one.Cref))
        {
            var member = cref is QualifiedCrefSyntax qualified ? qualified.Member : cref;
            if (member is not NameMemberCrefSyntax { Name: SimpleNameSyntax named } || named.Identifier.ValueText != old) continue;
            var bound = model!.GetSymbolInfo(cref, cancellation);
            if (bound.CandidateSymbols.Concat(new[] { bound.Symbol })
                .Any(symbol => symbol is not null && ids.Contains(symbol.OriginalDefinition.GetDocumentationCommentId())))
                found.Add(named.Identifier.SpanStart);
        }

        return found;
    }

    private static IEnumerable<NodeEdit> Edits(SyntaxNode root, IReadOnlyList<int> mentions, string old, string name)
    {
        // What another family of methods renames in the same line may have done so before.
        var word = new Regex($@"\b(?:{Regex.Escape(old)}|{Regex.Escape(name)})\b", RegexOptions.CultureInvariant);
        foreach (var comments in mentions.GroupBy(place => root.FindTrivia(place)).GroupBy(static comment => comment.Key.Token))
        {
            if (Outermost(comments.Key) is not { } node) continue;
            var wanted = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
            foreach (var comment in comments)
            {
                var text = comment.Key.ToString();
                wanted[Plain(text)] = [.. comment.Select(place => word.Matches(text.Substring(0, place - comment.Key.SpanStart)).Count)];
            }

            yield return new NodeEdit(node, current => current.WithLeadingTrivia(current.GetLeadingTrivia().Select(trivia =>
                wanted.TryGetValue(Plain(trivia.ToString()), out var which)
                    ? SyntaxFactory.Comment(Renamed(trivia.ToString(), which))
                    : trivia)));
        }

        string Renamed(string text, HashSet<int> which)
        {
            var number = 0;
            return word.Replace(text, match => which.Contains(number++) ? name : match.Value);
        }
    }

    /// <summary>A line of documentation as it reads whatever in it has been renamed already.</summary>
    private static string Plain(string text) => Regex.Replace(text, @"(?<=\w)Async\b", "", RegexOptions.CultureInvariant);

    /// <summary>The declaration that begins with a token.</summary>
    private static SyntaxNode? Outermost(SyntaxToken token)
    {
        var node = token.Parent;
        while (node?.Parent is { } parent and not CompilationUnitSyntax && parent.GetFirstToken() == token) node = parent;
        return node is null or CompilationUnitSyntax || node.GetFirstToken() != token ? null : node;
    }
}
