using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Findings;

/// <summary>The text of a member, for findings that are seen in it alone.</summary>
internal static class MemberText
{
    /// <summary>The declarations of a member, each with its model; of a program without <c>Main</c> its statements only.</summary>
    public static IEnumerable<(SyntaxNode Part, SemanticModel Model)> Parts(Facts facts, ISymbol owner, CancellationToken cancellation)
    {
        foreach (var reference in owner.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(cancellation);
            if (facts.Models.Of(reference.SyntaxTree) is not { } model) continue;
            if (declaration is CompilationUnitSyntax file)
            {
                foreach (var statement in file.Members.OfType<GlobalStatementSyntax>()) yield return (statement, model);
            }
            else yield return (declaration, model);
        }
    }

    /// <summary>
    /// Whether one of the words stands in a text; asked before anything is bound, because most members say nothing of it.
    /// </summary>
    public static bool Mentions(SyntaxNode part, IReadOnlyList<string> words)
    {
        var text = part.SyntaxTree.GetText().ToString(part.Span);
        return words.Any(word => text.IndexOf(word, StringComparison.Ordinal) >= 0);
    }

    /// <summary>The lambda, local function or member around a node.</summary>
    public static SyntaxNode? FunctionAround(SyntaxNode node) => node.Ancestors().FirstOrDefault(IsFunction);

    public static bool IsFunction(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax
            or AccessorDeclarationSyntax or PropertyDeclarationSyntax or IndexerDeclarationSyntax or GlobalStatementSyntax;

    public static bool IsAsync(SyntaxNode? function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.RawKind != 0,
        LocalFunctionStatementSyntax local => HasAsync(local.Modifiers),
        MethodDeclarationSyntax method => HasAsync(method.Modifiers),
        // Statements of a program without Main are asynchronous as soon as one of them awaits; the compiler then warns as in a method.
        GlobalStatementSyntax statement => statement.SyntaxTree.GetRoot()
            .DescendantNodes(static node => !IsFunction(node) || node is GlobalStatementSyntax)
            .Any(static node => node is AwaitExpressionSyntax),
        _ => false,
    };

    /// <summary>The name of what is called: the last word of <c>a.b.C()</c> and of <c>x?.C()</c>.</summary>
    public static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The body of the summary in which a place stands, as the user knows it.</summary>
    public static string BodyName(Facts facts, IMethodSymbol owner, SyntaxNode place, CancellationToken cancellation) =>
        facts.Summaries.BodiesOf(owner, cancellation)
            .Where(body => body.Tree == place.SyntaxTree && body.Span.Contains(place.Span))
            .OrderBy(static body => body.Span.Length)
            .FirstOrDefault()?.Name ?? owner.Name;

    private static bool HasAsync(SyntaxTokenList modifiers) =>
        modifiers.Any(static token => token.RawKind == (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.AsyncKeyword);
}
