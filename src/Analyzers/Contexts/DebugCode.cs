using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>What is compiled for the program's developers only: <c>#if DEBUG</c>, and nothing that its users run.</summary>
internal static class DebugCode
{
    public static bool Contains(SyntaxNode node)
    {
        // A condition and its branch: the branch that begins last before the node decides, unless its region has ended.
        var open = new Stack<bool>();
        foreach (var directive in Directives.Before(node))
        {
            switch (directive)
            {
                case IfDirectiveTriviaSyntax start: open.Push(IsDebug(start.Condition)); break;
                case ElifDirectiveTriviaSyntax or ElseDirectiveTriviaSyntax when open.Count > 0:
                    open.Pop();
                    open.Push(directive is ElifDirectiveTriviaSyntax other && IsDebug(other.Condition));
                    break;
                case EndIfDirectiveTriviaSyntax when open.Count > 0: open.Pop(); break;
            }
        }

        return open.Contains(true);
    }

    private static bool IsDebug(ExpressionSyntax condition) => condition switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText == "DEBUG",
        ParenthesizedExpressionSyntax parentheses => IsDebug(parentheses.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both => IsDebug(both.Left) || IsDebug(both.Right),
        _ => false,
    };
}
