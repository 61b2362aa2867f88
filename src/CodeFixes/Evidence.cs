using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers;
using Quintet.Analyzers.Effects;
using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes;

/// <summary>
/// What the engine knows of a piece of code although no rule flags it: the work that it reaches, each with the path that a
/// finding would have told.
/// </summary>
internal sealed class Evidence
{
    private readonly Document _document;
    private readonly SyntaxNode _root;
    private readonly List<(Reach Reach, Finding Finding)> _found;

    private Evidence(Document document, SyntaxNode root, List<(Reach, Finding)> found)
    {
        _document = document;
        _root = root;
        _found = found;
    }

    /// <summary>The work that the body of a function reaches.</summary>
    public static Evidence Of(Document document, SemanticModel model, SyntaxNode function, CancellationToken cancellation)
    {
        var found = new List<(Reach, Finding)>();
        var facts = Facts.Of(model.Compilation, document.Project.AnalyzerOptions, cancellation);
        if (OwnerOf(model, function, cancellation) is { } owner && Functions.Body(function) is { } code)
        {
            var inherited = facts.Contexts.Of(owner, cancellation).Contexts;
            var story = new FindingStory(facts, cancellation);
            var body = facts.Summaries.BodiesOf(owner, cancellation)
                .Where(body => body.Tree == function.SyntaxTree && body.Span.Contains(code.Span))
                .OrderBy(static body => body.Span.Length).FirstOrDefault();
            if (body is not null)
            {
                var contexts = body.IsNested ? body.Contexts : body.Contexts | inherited;
                found.AddRange(facts.Effects.OfSteps(body, cancellation)
                    .Select(reach => (reach, story.Of("QNT", reach, BodyFindings.MostSpecific(contexts), body, [], null))));
            }
        }

        return new Evidence(document, function.SyntaxTree.GetRoot(cancellation), found);
    }

    /// <summary>Each blocking call in a span, or call that reaches one, as the place of a make-async cascade.</summary>
    public IEnumerable<Site> Blocking(TextSpan span) => Blocking(reach => span.Contains(reach.Step.Span));

    /// <summary>The calls of the whole body that would be warnings as soon as the body is asynchronous.</summary>
    public IEnumerable<Site> Certain() =>
        Blocking(static reach => BodyFindings.IsDefinite(reach) && !reach.Conditions.Any(static condition => condition.ModeSwitch));

    private IEnumerable<Site> Blocking(Func<Reach, bool> wanted) => _found
        .Where(found => found.Reach.Kind == StepKind.Blocks && wanted(found.Reach))
        .GroupBy(static found => found.Reach.Step.Span)
        .Select(static same => same.OrderBy(static found => found.Reach.Length).First())
        .Select(found => Site.NodeAt(_root, found.Reach.Step.Span) is { } node
            ? new Site(_document, node, null, ToDiagnostic(found.Finding))
            : null)
        .OfType<Site>();

    /// <summary>
    /// The heaviest work in a span that belongs elsewhere, as the reason to move it: CPU-bound before blocking. A call that could be
    /// awaited is none.
    /// </summary>
    public Diagnostic? ReasonToMove(TextSpan span)
    {
        var here = _found.Where(found => span.Contains(found.Reach.Step.Span)).ToList();
        var heaviest = here.FirstOrDefault(static found => found.Reach.Kind == StepKind.Burns).Finding
            ?? here.FirstOrDefault(static found => found.Reach.Kind == StepKind.Sized).Finding;
        if (heaviest is not null) return ToDiagnostic(heaviest);
        var waits = here.Where(static found => found.Reach.Kind == StepKind.Blocks).ToList();
        return waits.Count > 0
            && waits.All(static found => found.Finding.Properties.ContainsKey(FindingProperties.Twin) is false
                && found.Reach.Cause.TaskSource is null)
            ? ToDiagnostic(waits[0].Finding)
            : null;
    }

    /// <summary>The shape of a finding, reported by nobody: a refactoring is a wish, not a complaint.</summary>
    private static Diagnostic ToDiagnostic(Finding finding) => Diagnostic.Create(
        finding.Id, "Refactoring", finding.Id, DiagnosticSeverity.Hidden, DiagnosticSeverity.Hidden, isEnabledByDefault: true,
        warningLevel: 1,
        location: finding.Location, additionalLocations: finding.Hops, properties: finding.Properties);

    /// <summary>The member whose summary holds the function.</summary>
    private static IMethodSymbol? OwnerOf(SemanticModel model, SyntaxNode function, CancellationToken cancellation)
    {
        var declaration = function.AncestorsAndSelf()
            .FirstOrDefault(static node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax);
        return declaration is null ? null : model.GetDeclaredSymbol(declaration, cancellation) as IMethodSymbol;
    }
}
