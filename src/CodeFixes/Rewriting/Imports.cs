using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Names of framework types as the file would write them, and the using directives that they need.</summary>
internal static class Imports
{
    public const string Tasks = "System.Threading.Tasks";

    /// <summary>A type's simple name where it means that type here or can be imported, its full name otherwise.</summary>
    /// <remarks>Namespaces that the file has to import are added to <paramref name="needed"/>.</remarks>
    public static NameSyntax TypeName(SemanticModel model, int position, string space, string name, ICollection<string> needed)
    {
        var simple = IdentifierName(name);
        var bound = model.GetSpeculativeSymbolInfo(position, simple, SpeculativeBindingOption.BindAsTypeOrNamespace);
        // Task and Task<T> share a name; only the unrelated ones have to give way.
        if (bound.Symbol is INamedTypeSymbol type)
            return type.ContainingNamespace.ToDisplayString() == space ? simple : ParseName($"global::{space}.{name}");
        if (bound.CandidateReason is CandidateReason.WrongArity
            && bound.CandidateSymbols.All(one => one.ContainingNamespace?.ToDisplayString() == space)) return simple;
        if (bound.CandidateSymbols.Length > 0) return ParseName($"global::{space}.{name}");
        needed.Add(space);
        return simple;
    }

    /// <summary>Whether code at a position sees the types and extension methods of a namespace by their simple names.</summary>
    public static bool IsImported(SemanticModel model, int position, string space)
    {
        for (var scopes = model.GetImportScopes(position).AsEnumerable().GetEnumerator(); scopes.MoveNext();)
        {
            if (scopes.Current.Imports.Any(import => import.NamespaceOrType is INamespaceSymbol imported
                && imported.ToDisplayString() == space)) return true;
        }

        var enclosing = model.GetEnclosingSymbol(position)?.ContainingNamespace?.ToDisplayString() ?? "";
        return enclosing == space || enclosing.StartsWith(space + ".", StringComparison.Ordinal);
    }

    /// <summary>Adds using directives where the file keeps its own, in order: System first, then by name.</summary>
    public static CompilationUnitSyntax Add(CompilationUnitSyntax unit, IEnumerable<string> spaces)
    {
        foreach (var space in spaces.OrderBy(static space => space, StringComparer.Ordinal))
        {
            if (unit.Usings.Any(directive => Is(directive, space))) continue;
            unit = Add(unit, space);
        }

        return unit;
    }

    private static CompilationUnitSyntax Add(CompilationUnitSyntax unit, string space)
    {
        var newLine = Layout.NewLine(unit);
        var directive = UsingDirective(ParseName(space).WithLeadingTrivia(Space)).WithTrailingTrivia(newLine);
        if (unit.Usings.Count == 0) return AddFirst(unit, directive, newLine);

        var index = unit.Usings.TakeWhile(existing => existing.Alias is null && existing.StaticKeyword.RawKind == 0
            && Compare(existing, space) < 0).Count();
        if (index > 0) return unit.WithUsings(unit.Usings.Insert(index, directive));

        // The file's header comment stays at the head of the file.
        var first = unit.Usings[0];
        return unit.WithUsings(unit.Usings
            .Replace(first, first.WithLeadingTrivia())
            .Insert(0, directive.WithLeadingTrivia(first.GetLeadingTrivia())));
    }

    private static CompilationUnitSyntax AddFirst(CompilationUnitSyntax unit, UsingDirectiveSyntax directive, SyntaxTrivia newLine)
    {
        var first = unit.GetFirstToken(includeZeroWidth: true);
        var leading = first.LeadingTrivia;
        var kept = leading.TakeWhile(static trivia => !trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)).ToList();
        if (!kept.Any(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
            || trivia.IsDirective))
            kept.Clear();
        var rest = leading.Skip(kept.Count);
        return unit
            .ReplaceToken(first, first.WithLeadingTrivia(TriviaList(newLine).AddRange(rest)))
            .AddUsings(directive.WithLeadingTrivia(kept));
    }

    private static bool Is(UsingDirectiveSyntax directive, string space) =>
        directive.Alias is null && directive.StaticKeyword.RawKind == 0 && directive.Name?.ToString() == space;

    private static int Compare(UsingDirectiveSyntax existing, string space)
    {
        var name = existing.Name?.ToString() ?? "";
        var bySystem = IsSystem(space).CompareTo(IsSystem(name));
        return bySystem != 0 ? bySystem : string.CompareOrdinal(name, space);
    }

    private static bool IsSystem(string space) => space == "System" || space.StartsWith("System.", StringComparison.Ordinal);
}
