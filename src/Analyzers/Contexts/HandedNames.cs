using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Contexts;

/// <summary>Names that a text mentions as values: what is not among them is no function that somebody hands on.</summary>
/// <remarks>Hangs on the tree, so an edit of another tree keeps it. Safe for concurrent use.</remarks>
internal sealed class HandedNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, HandedNames> Trees = new();
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> Compilations = new();

    private readonly HashSet<string> _names = [];
    private readonly List<int> _localFunctions = [];

    private HandedNames(SyntaxNode root)
    {
        List<LocalFunctionStatementSyntax> locals = [];
        foreach (var node in root.DescendantNodes())
        {
            if (node is LocalFunctionStatementSyntax local) locals.Add(local);
            else if (node is SimpleNameSyntax name && IsValue(name)) _names.Add(name.Identifier.ValueText);
        }

        foreach (var local in locals)
            if (_names.Contains(local.Identifier.ValueText)) _localFunctions.Add(local.SpanStart);
    }

    /// <summary>Whether a name stands anywhere in a compilation without being called.</summary>
    public static bool Contains(Compilation compilation, string name, CancellationToken cancellation)
    {
        if (!Compilations.TryGetValue(compilation, out var names))
        {
            var all = new HashSet<string>(compilation.SyntaxTrees.SelectMany(tree => Of(tree, cancellation)._names));
            names = Compilations.GetValue(compilation, _ => all);
        }

        return names.Contains(name);
    }

    /// <summary>Whether a declaration holds a local function whose name stands there without being called.</summary>
    public static bool HasLocalFunction(SyntaxReference declaration, CancellationToken cancellation)
    {
        var starts = Of(declaration.SyntaxTree, cancellation)._localFunctions;
        if (starts.Count == 0) return false;
        var index = starts.BinarySearch(declaration.Span.Start);
        if (index < 0) index = ~index;
        return index < starts.Count && starts[index] < declaration.Span.End;
    }

    private static HandedNames Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (Trees.TryGetValue(tree, out var known)) return known;
        var names = new HandedNames(tree.GetRoot(cancellation));
        return Trees.GetValue(tree, _ => names);
    }

    /// <summary>Whether a name stands where a value does. Only there is a function handed on.</summary>
    public static bool IsValue(SimpleNameSyntax name)
    {
        SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return whole.Parent switch
        {
            ArgumentSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax or ConditionalExpressionSyntax
                or BinaryExpressionSyntax or SwitchExpressionArmSyntax or ExpressionElementSyntax or InitializerExpressionSyntax
                or CastExpressionSyntax or ParenthesizedExpressionSyntax or AnonymousFunctionExpressionSyntax or YieldStatementSyntax
                or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } => true,
            AssignmentExpressionSyntax assignment => assignment.Right == whole,
            _ => false,
        };
    }
}
