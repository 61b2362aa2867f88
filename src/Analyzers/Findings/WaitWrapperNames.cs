using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// Names of methods that may do nothing but wait for the task that they are given: <c>Await(task)</c> is a wait under another name, and who
/// calls it is looked at as who waits.
/// </summary>
/// <remarks>Hangs on the tree, so an edit of another tree keeps it. Safe for concurrent use.</remarks>
internal static class WaitWrapperNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, string[]> Trees = new();
    private static readonly ConditionalWeakTable<Compilation, string[]> Compilations = new();
    private static readonly string[] Words = ["GetResult", "Result", "Wait"];

    public static IEnumerable<string> Of(SourceModels models, CancellationToken cancellation) =>
        models.Compilations.SelectMany(compilation => Of(compilation, cancellation));

    private static string[] Of(Compilation compilation, CancellationToken cancellation)
    {
        if (Compilations.TryGetValue(compilation, out var known)) return known;
        string[] names = [.. compilation.SyntaxTrees.SelectMany(tree => Of(tree, cancellation)).Distinct()];
        return Compilations.GetValue(compilation, _ => names);
    }

    private static string[] Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (Trees.TryGetValue(tree, out var known)) return known;
        string[] names =
        [
            .. Words.SelectMany(word => NameIndex.Find(tree, word, cancellation))
                .Select(static wait => wait.FirstAncestorOrSelf<MethodDeclarationSyntax>())
                .Where(static method => method is not null && Wraps(method)).Select(static method => method!.Identifier.ValueText)
                .Distinct(),
        ];
        return Trees.GetValue(tree, _ => names);
    }

    private static bool Wraps(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.Count > 0 && !method.Modifiers.Any(SyntaxKind.AsyncKeyword)
        && (method.ExpressionBody is not null || method.Body is { Statements.Count: 1 });
}
