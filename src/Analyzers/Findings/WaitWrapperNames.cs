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
/// <remarks>Safe for concurrent use.</remarks>
internal static class WaitWrapperNames
{
    private static readonly string[] Words = ["GetResult", "Result", "Wait"];
    private static readonly DeclaredNames Names = new(In);

    public static IEnumerable<string> Of(SourceModels models, CancellationToken cancellation) =>
        Names.In(models, cancellation).SelectMany(static names => names);

    private static IEnumerable<string> In(SyntaxTree tree, CancellationToken cancellation) =>
        Words.SelectMany(word => NameIndex.Find(tree, word, cancellation))
            .Select(static wait => wait.FirstAncestorOrSelf<MethodDeclarationSyntax>())
            .Where(static method => method is not null && Wraps(method)).Select(static method => method!.Identifier.ValueText);

    private static bool Wraps(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.Count > 0 && !method.Modifiers.Any(SyntaxKind.AsyncKeyword)
        && (method.ExpressionBody is not null || method.Body is { Statements.Count: 1 });
}
