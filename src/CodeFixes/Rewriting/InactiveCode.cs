using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Quintet.Analyzers.Catalogue;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Code that <c>#if</c> cuts out of every project at hand. Nobody can bind it or change it, and yet somebody compiles it.
/// </summary>
internal static class InactiveCode
{
    private static readonly Lazy<HashSet<string>> Blocking = new(static () => new HashSet<string>(ApiCatalogue.Default.All
        .Where(static entry => entry is { Verb: ApiVerb.Blocks, Brief: false }).Select(static entry => LastTwo(entry.Id)),
        StringComparer.Ordinal));

    private static readonly HashSet<string> Waits = new(StringComparer.Ordinal) { "Result", "Wait", "GetResult", "WaitOne" };

    private static readonly ConditionalWeakTable<SyntaxNode, IReadOnlyList<Cut>> Known = new();

    /// <summary>
    /// Whether such code in the body of a function that becomes asynchronous blocks, or such code anywhere names one whose signature
    /// changes: it would be left wrong.
    /// </summary>
    public static async Task<bool> IsLeftWrongAsync(IReadOnlyCollection<FunctionConversion> functions, CancellationToken cancellation)
    {
        if (await IsNamedAsync(functions, cancellation).ConfigureAwait(false)) return true;
        var renamed = new HashSet<string>(functions.Where(static one => one.Kind == ConversionKind.Signature)
            .Select(static one => AsyncName.Plain(one.Symbol)), StringComparer.Ordinal);
        foreach (var function in functions)
        {
            if (Functions.Body(function.Node) is not { ContainsDirectives: true } body) continue;
            foreach (var cut in body.DescendantTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia)))
            {
                if (IsWrong(cut.ToString(), renamed)
                    && !await IsActiveElsewhereAsync(function.Document, cut, cancellation).ConfigureAwait(false)) return true;
            }
        }

        return false;
    }

    /// <summary>Whether such code that may see a function whose signature changes has its name as a word.</summary>
    private static async Task<bool> IsNamedAsync(IReadOnlyCollection<FunctionConversion> functions, CancellationToken cancellation)
    {
        var names = new Dictionary<DocumentId, HashSet<string>>();
        // Another entry point is nobody's caller.
        foreach (var function in functions.Where(static one => one.Kind == ConversionKind.Signature && one.Symbol.Name != "Main"))
        {
            foreach (var document in DocumentsThatSee(function))
            {
                if (!names.TryGetValue(document, out var known)) names.Add(document, known = new HashSet<string>(StringComparer.Ordinal));
                known.Add(AsyncName.Plain(function.Symbol));
            }
        }

        foreach (var searched in names)
        {
            var document = functions.First().Document.Project.Solution.GetDocument(searched.Key)!;
            if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { ContainsDirectives: true } root) continue;
            foreach (var cut in Known.GetValue(root, CutsOf).Where(cut => cut.Words.Overlaps(searched.Value)))
                if (!await IsActiveElsewhereAsync(document, cut.Trivia, cancellation).ConfigureAwait(false)) return true;
        }

        return false;
    }

    /// <summary>The files of the type for what is private to it, else all of the project and of those that refer to it.</summary>
    private static IEnumerable<DocumentId> DocumentsThatSee(FunctionConversion function)
    {
        var solution = function.Document.Project.Solution;
        if (function.Symbol.MethodKind == MethodKind.LocalFunction) return [function.Document.Id];
        if (function.Symbol.DeclaredAccessibility == Accessibility.Private
            && function.Symbol.MethodKind != MethodKind.ExplicitInterfaceImplementation)
        {
            return function.Symbol.ContainingType.DeclaringSyntaxReferences
                .Select(part => solution.GetDocument(part.SyntaxTree)?.Id).OfType<DocumentId>();
        }

        var project = function.Document.Project.Id;
        return solution.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject(project).Append(project)
            .SelectMany(id => solution.GetProject(id)!.DocumentIds);
    }

    private static IReadOnlyList<Cut> CutsOf(SyntaxNode root) => [.. root.DescendantTrivia()
        .Where(static trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia))
        .Select(static trivia => new Cut(trivia, new HashSet<string>(WordsOf(trivia.ToString()), StringComparer.Ordinal)))];

    private static IEnumerable<string> WordsOf(string text) => SyntaxFactory.ParseTokens(text)
        .Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText);

    /// <summary>Another project that compiles the file has the code, and it is changed there.</summary>
    private static async Task<bool> IsActiveElsewhereAsync(Document document, SyntaxTrivia cut, CancellationToken cancellation)
    {
        foreach (var id in document.GetLinkedDocumentIds())
        {
            var root = await document.Project.Solution.GetDocument(id)!.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            if (root!.FullSpan.Contains(cut.Span) && !root.FindTrivia(cut.SpanStart).IsKind(SyntaxKind.DisabledTextTrivia)) return true;
        }

        return false;
    }

    private static bool IsWrong(string text, HashSet<string> renamed)
    {
        var tokens = SyntaxFactory.ParseTokens(text).Where(static token => !token.IsKind(SyntaxKind.EndOfFileToken)).ToList();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].IsKind(SyntaxKind.IdentifierToken)) continue;
            var name = tokens[i].ValueText;
            var isCalled = i + 1 < tokens.Count && tokens[i + 1].IsKind(SyntaxKind.OpenParenToken);
            var isMember = i > 0 && tokens[i - 1].IsKind(SyntaxKind.DotToken);
            if (isCalled && renamed.Contains(name) || isMember && Waits.Contains(name)) return true;
            if (isMember && i > 1 && Blocking.Value.Contains($"{tokens[i - 2].ValueText}.{name}")) return true;
        }

        return false;
    }

    /// <summary>The type and the member, as a call of a static member names them.</summary>
    private static string LastTwo(string id)
    {
        var parts = ApiCatalogue.WithoutParameters(id).Split('.');
        return parts.Length < 2 ? id : $"{parts[parts.Length - 2]}.{parts[parts.Length - 1]}";
    }

    private sealed record Cut(SyntaxTrivia Trivia, HashSet<string> Words);
}
