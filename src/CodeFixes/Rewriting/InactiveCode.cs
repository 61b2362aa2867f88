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

    /// <summary>
    /// Whether such code in the body of a function that becomes asynchronous blocks, or calls one whose signature changes: it would be
    /// left wrong.
    /// </summary>
    public static async Task<bool> IsLeftWrongAsync(IReadOnlyCollection<FunctionConversion> functions, CancellationToken cancellation)
    {
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
}
