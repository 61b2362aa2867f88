using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Analyzers.Findings;

/// <summary>
/// Private methods that a lambda of their type calls which is given to another thread: <c>Task.Run(() => Refresh())</c>. By name, so that
/// nobody else's callers need to be sought.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class CalledElsewhere
{
    private static readonly string[] Starts = ["Run", "StartNew", "Thread", "QueueUserWorkItem", "Parallel"];

    private readonly ConcurrentDictionary<INamedTypeSymbol, HashSet<string>> _names = new(SymbolEqualityComparer.Default);

    public bool MayBe(IMethodSymbol method, CancellationToken cancellation) =>
        method is { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary }
        && _names.GetOrAdd(method.ContainingType, type => NamesIn(type, cancellation)).Contains(method.Name);

    /// <summary>A helper of a helper is followed, and no further: who else calls them is asked for each.</summary>
    private const int Hops = 2;

    private static HashSet<string> NamesIn(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var parts = type.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancellation)).ToList();
        HashSet<string> names =
            [.. parts.Where(static part => MemberText.Mentions(part, Starts))
                .SelectMany(static part => part.DescendantNodes().OfType<AnonymousFunctionExpressionSyntax>())
                .Where(static function => function.Parent is ArgumentSyntax { Parent.Parent: var starter } && IsStart(starter))
                .SelectMany(Called)];
        for (var hop = 1; hop < Hops && names.Count > 0; hop++)
        {
            names.UnionWith(parts.SelectMany(static part => part.ChildNodes().OfType<MethodDeclarationSyntax>())
                .Where(method => names.Contains(method.Identifier.ValueText)).SelectMany(Called).ToList());
        }

        return names;
    }

    /// <summary>The names of the members of its own that a function calls.</summary>
    private static IEnumerable<string> Called(SyntaxNode function) =>
        function.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(static call => call.Expression
                is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax })
            .Select(static call => MemberText.NameOf(call)).OfType<string>();

    private static bool IsStart(SyntaxNode? starter) => starter switch
    {
        InvocationExpressionSyntax call => MemberText.NameOf(call)
            is "Run" or "StartNew" or "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" or "For" or "ForEach",
        ObjectCreationExpressionSyntax made => made.Type.ToString().EndsWith("Thread", StringComparison.Ordinal),
        _ => false,
    };
}
