using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.Analyzers.Source;

/// <summary>
/// What an edit inside bodies did to a tree: which members are the same text at another place. There is none when anything changed that
/// a body elsewhere is read with: a declaration, an initialiser, which fields a constructor gives, what a body tells its users
/// (<see cref="Told"/>).
/// </summary>
/// <remarks>Immutable once made; safe for concurrent use.</remarks>
internal sealed class TreeEdit
{
    private readonly Dictionary<TextSpan, int> _moved = [];

    private TreeEdit(SyntaxTree old, SyntaxTree now) => (Old, Now) = (old, now);

    public SyntaxTree Old { get; }

    public SyntaxTree Now { get; }

    /// <summary>A static constructor was edited: it runs with the initialisers of its type, which may lie in another tree.</summary>
    public bool ChangesStaticConstructor { get; private set; }

    /// <summary>Names of the types that the edit touches.</summary>
    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Null when more than bodies changed.</summary>
    public static TreeEdit? Between(SyntaxTree old, SyntaxTree now)
    {
        if (old.FilePath != now.FilePath || !old.Options.Equals(now.Options) || !SyntaxFactory.AreEquivalent(old, now, topLevel: true))
            return null;
        // A call of what is only there under a condition is one where the symbol is defined.
        if (!Defined(old).SequenceEqual(Defined(now))) return null;
        List<SyntaxNode> before = Declarations(old), after = Declarations(now);
        if (before.Count != after.Count) return null;
        var edit = new TreeEdit(old, now);
        for (var i = 0; i < before.Count; i++)
            if (before[i].RawKind != after[i].RawKind || !edit.Take(before[i], after[i])) return null;
        return edit;
    }

    /// <summary>Before the name of a symbol that a file takes back.</summary>
    public const string Without = "-";

    /// <summary>The symbols that a file defines for itself, and those that it takes back.</summary>
    public static IEnumerable<string> Defined(SyntaxTree tree)
    {
        foreach (var directive in Directives.Of(tree))
        {
            if (directive is DefineDirectiveTriviaSyntax { IsActive: true } define) yield return define.Name.ValueText;
            if (directive is UndefDirectiveTriviaSyntax { IsActive: true } undefine) yield return Without + undefine.Name.ValueText;
        }
    }

    /// <summary>How far a declaration of the old tree has moved; null when its text changed, or when it is none.</summary>
    public int? MoveOf(TextSpan declaration) => _moved.TryGetValue(declaration, out var by) ? by : null;

    /// <summary>The declaration around a place whose text decides what the place means: what <see cref="MoveOf"/> is asked for.</summary>
    public static SyntaxNode HomeOf(SyntaxNode place)
    {
        var node = place;
        for (; node.Parent is not null; node = node.Parent)
        {
            if (node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or TypeDeclarationSyntax) return node;
            var isValue = node is EqualsValueClauseSyntax or ArrowExpressionClauseSyntax
                && node.Parent is BasePropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax };
            if (isValue) return node;
        }

        return node;
    }

    private bool Take(SyntaxNode before, SyntaxNode after)
    {
        if (before.IsIncrementallyIdenticalTo(after) || before.IsEquivalentTo(after))
        {
            _moved[before.Span] = after.SpanStart - before.SpanStart;
            return true;
        }

        switch (before)
        {
            case TypeDeclarationSyntax type:
                Types.Add(type.Identifier.ValueText);
                return true;
            case EqualsValueClauseSyntax:
                return false;
            case ConstructorDeclarationSyntax constructor:
                ChangesStaticConstructor |= constructor.Modifiers.Any(SyntaxKind.StaticKeyword);
                return Assigned(before).SetEquals(Assigned(after)) && Told.Given(before).SequenceEqual(Told.Given(after))
                    && Told.Schedulers(before) == Told.Schedulers(after)
                    && LockTelling.Of(before) == LockTelling.Of(after);
            default:
                return Told.Of(before) == Told.Of(after);
        }
    }

    /// <summary>Members, accessors and initialisers, in the order of the text; what lies inside of bodies is no declaration.</summary>
    private static List<SyntaxNode> Declarations(SyntaxTree tree) =>
        [.. tree.GetRoot().DescendantNodes(static node => node is CompilationUnitSyntax or MemberDeclarationSyntax or AccessorListSyntax
                or VariableDeclarationSyntax or VariableDeclaratorSyntax)
            .Where(static node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or TypeDeclarationSyntax
                or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax)];

    private static HashSet<string> Assigned(SyntaxNode constructor)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in constructor.DescendantNodes())
        {
            if (node is not AssignmentExpressionSyntax assignment) continue;
            if (assignment.Left is IdentifierNameSyntax name) names.Add(name.Identifier.ValueText);
            else if (assignment.Left is MemberAccessExpressionSyntax access) names.Add(access.Name.Identifier.ValueText);
        }

        return names;
    }
}
