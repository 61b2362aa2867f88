using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Gives one of several variables of a field declaration a declaration of its own.</summary>
internal static class FieldParts
{
    /// <summary>The type as it is when one variable stands alone, and the place of its declaration among the members.</summary>
    /// <param name="type">The type.</param>
    /// <param name="member">The place of the declaration among the members.</param>
    /// <param name="variable">The place of the variable in the declaration.</param>
    public static (TypeDeclarationSyntax Type, int Member) Alone(TypeDeclarationSyntax type, int member, int variable)
    {
        var field = (FieldDeclarationSyntax)type.Members[member];
        var all = field.Declaration.Variables;
        if (all.Count == 1) return (type, member);
        var own = With(field, SingletonSeparatedList(all[variable].WithoutTrivia()));
        var rest = With(field, all.RemoveAt(variable));
        if (variable == 0) rest = With(rest, rest.Declaration.Variables.Replace(rest.Declaration.Variables[0],
            rest.Declaration.Variables[0].WithoutLeadingTrivia()));
        var (first, second) = variable == 0 ? (own, rest) : (rest, own);
        var endsLine = field.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        var indent = field.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToList();
        // What is written behind the declaration was written behind its last variable.
        first = first.WithTrailingTrivia(endsLine ? TriviaList(Layout.NewLine(type)) : TriviaList(Space));
        second = second.WithLeadingTrivia(endsLine ? indent.Skip(indent.Count - 1) : []);
        return (type.WithMembers(type.Members.RemoveAt(member).InsertRange(member, [first, second])), variable == 0 ? member : member + 1);
    }

    private static FieldDeclarationSyntax With(FieldDeclarationSyntax field, SeparatedSyntaxList<VariableDeclaratorSyntax> variables) =>
        field.WithDeclaration(field.Declaration.WithVariables(variables));
}
