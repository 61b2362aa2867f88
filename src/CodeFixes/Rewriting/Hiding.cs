using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>The modifier <c>new</c> of members that hide nothing any more once one of the two has another name.</summary>
internal sealed class Hiding(
    Solution solution, IReadOnlyDictionary<SyntaxNode, FunctionConversion> functions, CancellationToken cancellation)
{
    public async Task<IReadOnlyList<(DocumentId Document, NodeEdit Edit)>> EditsAsync()
    {
        var edits = new List<(DocumentId, NodeEdit)>();
        foreach (var function in functions.Values.Where(static one => one.NewName is not null && one.Node is MethodDeclarationSyntax))
        {
            if (Hides(function.Node) && !HidesConverted(function)) edits.Add((function.Document.Id, Without(function.Node)));
            if (function.Symbol.DeclaredAccessibility == Accessibility.Private
                || function.Symbol.ContainingType is { IsSealed: true } or { IsStatic: true }) continue;
            foreach (var hider in await HidersAsync(function.Symbol.ContainingType, function.Symbol).ConfigureAwait(false))
                if (solution.GetDocument(hider.SyntaxTree) is { } document) edits.Add((document.Id, Without(hider)));
        }

        return edits;
    }

    /// <summary>What it hides has got the same new name.</summary>
    private bool HidesConverted(FunctionConversion function) => functions.Values.Any(other => other.NewName == function.NewName
        && other.Symbol.Parameters.Length == function.Symbol.Parameters.Length
        && Inheritance.IsBelow(function.Symbol.ContainingType, other.Symbol.ContainingType));

    /// <summary>Members of derived types that keep the name, and that hid nothing but the one that loses it.</summary>
    private async Task<IEnumerable<SyntaxNode>> HidersAsync(INamedTypeSymbol type, IMethodSymbol hidden)
    {
        var derived = type.TypeKind == TypeKind.Interface
            ? await SymbolFinder.FindDerivedInterfacesAsync(type, solution, cancellationToken: cancellation).ConfigureAwait(false)
            : await SymbolFinder.FindDerivedClassesAsync(type, solution, cancellationToken: cancellation).ConfigureAwait(false);
        return derived.SelectMany(one => one.GetMembers(hidden.Name))
            .Where(member => !HidesAnother(member, hidden))
            .SelectMany(static member => member.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(cancellation))
            .Where(node => Hides(node) && !functions.ContainsKey(node));
    }

    private static bool HidesAnother(ISymbol member, IMethodSymbol hidden)
    {
        if (member is not IMethodSymbol method || !SameParameters(method, hidden)) return true;
        for (var type = member.ContainingType.BaseType; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(member.Name).Any(other => !SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, hidden)
                && (other is not IMethodSymbol same || SameParameters(same, method)))) return true;
        }

        return false;
    }

    private static bool SameParameters(IMethodSymbol one, IMethodSymbol other) =>
        one.Parameters.Select(static parameter => parameter.Type.ToDisplayString())
            .SequenceEqual(other.Parameters.Select(static parameter => parameter.Type.ToDisplayString()), StringComparer.Ordinal);

    private static bool Hides(SyntaxNode node) => node is MethodDeclarationSyntax method && method.Modifiers.Any(SyntaxKind.NewKeyword);

    private static NodeEdit Without(SyntaxNode declaration) => new(declaration, static current =>
    {
        var method = (MethodDeclarationSyntax)current;
        var keyword = method.Modifiers.First(static token => token.IsKind(SyntaxKind.NewKeyword));
        var next = keyword.GetNextToken();
        // Documentation and indentation stand before whatever comes first.
        method = method.ReplaceToken(next, next.WithLeadingTrivia(keyword.LeadingTrivia.AddRange(next.LeadingTrivia)));
        return method.WithModifiers(
            SyntaxFactory.TokenList(method.Modifiers.Where(static token => !token.IsKind(SyntaxKind.NewKeyword))));
    });
}
