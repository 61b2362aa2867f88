using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// Names of functions, and of delegates, that a text declares with a task or a coroutine as their result: a call by another name need not
/// be bound.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal static class AwaitableNames
{
    private static readonly string[] Words = ["Task", "ValueTask", "Coroutine", "GoTask"];
    private static readonly DeclaredNames Names = new(In);

    public static bool Contains(SourceModels models, string name, CancellationToken cancellation) =>
        Names.In(models, cancellation).Any(names => names.Contains(name));

    private static IEnumerable<string> In(SyntaxTree tree, CancellationToken cancellation)
    {
        var names = new List<string>();
        // From the few words that name such a result, not from every node of the text.
        foreach (var word in Words)
            foreach (var type in NameIndex.Find(tree, word, cancellation)) names.AddRange(DeclaredWith(type));
        foreach (var keyword in NameIndex.FindTokens(tree, "async", cancellation))
        {
            // var save = async () => …
            if (keyword.Parent is AnonymousFunctionExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax
                { Parent: VariableDeclarationSyntax { Type.IsVar: true } } save } }) names.Add(save.Identifier.ValueText);
        }

        return names;
    }

    /// <summary>The names of functions that give a type, or of delegates that do: <c>Func&lt;int, Task&gt; save</c>.</summary>
    private static IEnumerable<string> DeclaredWith(SimpleNameSyntax type)
    {
        var whole = Whole(type);
        switch (whole.Parent)
        {
            case MethodDeclarationSyntax method when method.ReturnType == whole: return [method.Identifier.ValueText];
            case LocalFunctionStatementSyntax local when local.ReturnType == whole: return [local.Identifier.ValueText];
            case TypeArgumentListSyntax { Parent: GenericNameSyntax { Identifier.ValueText: "Func" } function, Arguments: var given }
                when given[given.Count - 1] == whole:
                return Whole(function) switch
                {
                    { Parent: VariableDeclarationSyntax { Variables: var variables } } =>
                        variables.Select(static variable => variable.Identifier.ValueText),
                    { Parent: PropertyDeclarationSyntax property } => [property.Identifier.ValueText],
                    _ => [],
                };
            default: return [];
        }
    }

    /// <summary>The type of which a name is the last word, or what may be missing of it.</summary>
    private static TypeSyntax Whole(TypeSyntax name) => name.Parent switch
    {
        QualifiedNameSyntax qualified when qualified.Right == name => Whole(qualified),
        AliasQualifiedNameSyntax qualified => Whole(qualified),
        NullableTypeSyntax nullable => Whole(nullable),
        _ => name,
    };
}
