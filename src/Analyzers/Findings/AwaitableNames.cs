using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// Names of functions, and of delegates, that a text declares with a task or a coroutine as their result: a call by another name need not be bound.
/// </summary>
/// <remarks>Hangs on the tree, so an edit of another tree keeps it. Safe for concurrent use.</remarks>
internal static class AwaitableNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, HashSet<string>> Trees = new();
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> Compilations = new();

    public static bool Contains(Compilation compilation, string name, CancellationToken cancellation)
    {
        if (!Compilations.TryGetValue(compilation, out var names))
        {
            var all = new HashSet<string>(compilation.SyntaxTrees.SelectMany(tree => Of(tree, cancellation)));
            names = Compilations.GetValue(compilation, _ => all);
        }

        return names.Contains(name);
    }

    private static HashSet<string> Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (Trees.TryGetValue(tree, out var known)) return known;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
        {
            var (type, name) = node switch
            {
                MethodDeclarationSyntax method => (method.ReturnType, method.Identifier.ValueText),
                LocalFunctionStatementSyntax local => (local.ReturnType, local.Identifier.ValueText),
                VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: var declared } } variable =>
                    (ResultOf(declared, variable.Initializer?.Value), variable.Identifier.ValueText),
                PropertyDeclarationSyntax property => (ResultOf(property.Type, null), property.Identifier.ValueText),
                _ => default,
            };
            if (type is not null && LastName(type) is "Task" or "ValueTask" or "Coroutine" or "GoTask") names.Add(name);
        }

        return Trees.GetValue(tree, _ => names);
    }

    /// <summary>What a delegate gives: of <c>Func&lt;int, Task&gt;</c>, or of <c>var save = async () =&gt; …</c>, the task.</summary>
    private static TypeSyntax? ResultOf(TypeSyntax declared, ExpressionSyntax? value) => declared switch
    {
        NullableTypeSyntax { ElementType: var inner } => ResultOf(inner, value),
        GenericNameSyntax { Identifier.ValueText: "Func", TypeArgumentList.Arguments: { Count: > 0 } types } => types[types.Count - 1],
        { IsVar: true } when value is AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: not 0 } => Task,
        _ => null,
    };

    private static readonly TypeSyntax Task = SyntaxFactory.IdentifierName("Task");

    private static string? LastName(TypeSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax name => name.Name.Identifier.ValueText,
        _ => null,
    };
}
