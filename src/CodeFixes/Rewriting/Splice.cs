using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Puts several statements where one was, however many of its neighbours are replaced as well.</summary>
internal static class Splice
{
    private static readonly SyntaxAnnotation Several = new("Quintet.Several");

    /// <summary>The edits that replace a statement: in its list where it has one, in a new block elsewhere.</summary>
    public static IEnumerable<NodeEdit> Replace(StatementSyntax old, Func<StatementSyntax, IReadOnlyList<StatementSyntax>> replacement)
    {
        if (old.Parent is BlockSyntax or SwitchSectionSyntax)
        {
            yield return new NodeEdit(old, current => Block(replacement((StatementSyntax)current)).WithAdditionalAnnotations(Several));
            yield return new NodeEdit(old.Parent, Flatten);
            yield break;
        }

        yield return new NodeEdit(old, current => Layout.InPlaceOf(old, replacement((StatementSyntax)current)));
    }

    private static SyntaxNode Flatten(SyntaxNode node) => node switch
    {
        BlockSyntax block => block.WithStatements(Flat(block.Statements)),
        SwitchSectionSyntax section => section.WithStatements(Flat(section.Statements)),
        _ => node,
    };

    private static SyntaxList<StatementSyntax> Flat(SyntaxList<StatementSyntax> statements) =>
        List(statements.SelectMany(static statement => statement is BlockSyntax block && block.HasAnnotation(Several)
            ? block.Statements
            : SingletonList(statement)));
}
