using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Names of framework types as the file would write them, and the using directives that they need.</summary>
internal static class Imports
{
    public const string Tasks = "System.Threading.Tasks";

    private const string Root = "global::";

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

    /// <summary>A type's name as that of the owner of a static member: a member or local of that name would be taken for it.</summary>
    public static NameSyntax Owner(SemanticModel model, int position, string space, string name, ICollection<string> needed)
    {
        var bound = model.GetSpeculativeSymbolInfo(position, IdentifierName(name), SpeculativeBindingOption.BindAsExpression).Symbol;
        var type = bound switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        };
        // Where a member is called as its own type is, both are meant.
        var isOther = type is not null ? type.Name != name || type.ContainingNamespace?.ToDisplayString() != space
            : model.LookupSymbols(position, name: name).Any(static symbol => symbol is IMethodSymbol or IEventSymbol);
        return isOther ? ParseName($"global::{space}.{name}") : TypeName(model, position, space, name, needed);
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
            if (Home(unit) is { } home) unit = unit.ReplaceNode(home, home.WithUsings(With(home.Usings, space, Layout.NewLine(unit))));
            else if (HasOwn(unit.Usings)) unit = unit.WithUsings(With(unit.Usings, space, Layout.NewLine(unit)));
            else unit = AddFirst(unit, space, Layout.NewLine(unit));
        }

        return unit;
    }

    /// <summary>The only namespace of a file that keeps its directives inside; null where some stand at its top, or nowhere.</summary>
    private static BaseNamespaceDeclarationSyntax? Home(CompilationUnitSyntax unit)
    {
        if (HasOwn(unit.Usings)) return null;
        var only = unit.Members.Count == 1 ? unit.Members[0] as BaseNamespaceDeclarationSyntax : null;
        while (only is { Usings.Count: 0, Members.Count: 1 }) only = only.Members[0] as BaseNamespaceDeclarationSyntax;
        return only is { Usings.Count: > 0 } ? only : null;
    }

    /// <summary>What a file says to the whole project is no sign of where it keeps its own.</summary>
    private static bool HasOwn(SyntaxList<UsingDirectiveSyntax> usings) => usings.Any(static one => one.GlobalKeyword.RawKind == 0);

    private static SyntaxList<UsingDirectiveSyntax> With(SyntaxList<UsingDirectiveSyntax> usings, string space, SyntaxTrivia newLine)
    {
        if (usings.Any(directive => Is(directive, space))) return usings;
        var isRooted = usings.Any(static existing => existing.Name?.ToString().StartsWith(Root, StringComparison.Ordinal) is true);
        var directive = Directive(isRooted ? Root + space : space, newLine);
        var first = usings.IndexOf(static existing => existing.GlobalKeyword.RawKind == 0);
        var wanted = first + usings.Skip(first).TakeWhile(existing => existing.Alias is null && existing.StaticKeyword.RawKind == 0
            && Compare(existing, space) < 0).Count();
        var index = Unconditional(usings, wanted);
        var leading = usings[first].GetLeadingTrivia();
        var indent = TriviaList(leading.Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        if (index > first) return usings.Insert(index, directive.WithLeadingTrivia(indent));

        // The file's header comment, or the blank line in front, stays at the head.
        var head = leading.TakeWhile(static trivia => !trivia.IsDirective).ToList();
        var own = head.Count == leading.Count ? indent : TriviaList(leading.Skip(head.Count));
        return usings.Replace(usings[first], usings[first].WithLeadingTrivia(own)).Insert(first, directive.WithLeadingTrivia(head));
    }

    /// <summary>The place at or next to a wanted one that no <c>#if</c> cuts.</summary>
    private static int Unconditional(SyntaxList<UsingDirectiveSyntax> usings, int wanted)
    {
        var (depth, places) = (0, new List<int>());
        for (var i = 0; i <= usings.Count; i++)
        {
            if (depth == 0) places.Add(i);
            if (i == usings.Count) break;
            foreach (var trivia in usings[i].GetLeadingTrivia())
                depth += trivia.IsKind(SyntaxKind.IfDirectiveTrivia) ? 1 : trivia.IsKind(SyntaxKind.EndIfDirectiveTrivia) ? -1 : 0;
        }

        return places.OrderBy(place => place < wanted).ThenBy(place => Math.Abs(place - wanted)).First();
    }

    private static UsingDirectiveSyntax Directive(string space, SyntaxTrivia newLine) =>
        UsingDirective(ParseName(space).WithLeadingTrivia(Space)).WithTrailingTrivia(newLine);

    private static CompilationUnitSyntax AddFirst(CompilationUnitSyntax unit, string space, SyntaxTrivia newLine)
    {
        var directive = Directive(space, newLine);
        if (unit.Usings.Count > 0)
        {
            // Directives for the whole project have to stand before the others.
            return unit.WithUsings(unit.Usings.Add(directive));
        }

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
        directive.Alias is null && directive.StaticKeyword.RawKind == 0 && Unrooted(directive) == space;

    private static string Unrooted(UsingDirectiveSyntax directive)
    {
        var name = directive.Name?.ToString() ?? "";
        return name.StartsWith(Root, StringComparison.Ordinal) ? name.Substring(Root.Length) : name;
    }

    private static int Compare(UsingDirectiveSyntax existing, string space)
    {
        var name = Unrooted(existing);
        var bySystem = IsSystem(space).CompareTo(IsSystem(name));
        return bySystem != 0 ? bySystem : string.CompareOrdinal(name, space);
    }

    private static bool IsSystem(string space) => space == "System" || space.StartsWith("System.", StringComparison.Ordinal);
}
