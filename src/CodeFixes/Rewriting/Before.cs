using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Statements that have to stand before the one that an expression is part of, carried by the expression itself.</summary>
internal static class Before
{
    private const string Kind = "Quintet.Before";

    public static SyntaxNode Put(SyntaxNode node, IEnumerable<string> statements) =>
        node.WithAdditionalAnnotations(statements.Select(static statement => new SyntaxAnnotation(Kind, statement)));

    public static IEnumerable<StatementSyntax> Of(SyntaxNode node) => node.GetAnnotatedNodes(Kind)
        .SelectMany(static carrier => carrier.GetAnnotations(Kind))
        .Select(static annotation => ParseStatement(annotation.Data!).WithAdditionalAnnotations(Formatter.Annotation, LocalStyle.New));

    /// <summary>Puts what the statements of a block carry in front of them.</summary>
    public static SyntaxNode Insert(SyntaxNode node)
    {
        var block = (BlockSyntax)node;
        var isOneLine = Layout.IsOneLine(block);
        var statements = new List<StatementSyntax>();
        foreach (var statement in block.Statements)
        {
            var before = Of(statement).ToList();
            if (before.Count == 0)
            {
                statements.Add(statement);
                continue;
            }

            before[0] = before[0].WithLeadingTrivia(statement.GetLeadingTrivia());
            statements.AddRange(before.Select(one => one.WithTrailingTrivia(isOneLine ? Space : Layout.NewLine(statement))));
            var indent = statement.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
            statements.Add(Cleared(statement.WithLeadingTrivia(isOneLine ? [] : indent.Skip(indent.Count() - 1))));
        }

        return block.WithStatements(List(statements));
    }

    public static StatementSyntax Cleared(StatementSyntax statement) =>
        statement.ReplaceNodes(statement.GetAnnotatedNodes(Kind), static (_, carrier) => carrier.WithoutAnnotations(Kind));
}
