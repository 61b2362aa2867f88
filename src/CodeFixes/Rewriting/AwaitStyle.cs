using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Whether the code around new awaits says <c>ConfigureAwait(false)</c> at each of its own: the new ones say it, too. Never on an event
/// loop, whose code wants to come back.
/// </summary>
internal static class AwaitStyle
{
    private const string Rule = "CA2007";
    private const string Configure = "ConfigureAwait";

    /// <summary>Awaits that a rewrite has made.</summary>
    public static SyntaxAnnotation New { get; } = new("Quintet.Await");

    /// <summary>Gives the new awaits of changed documents the style of those around them.</summary>
    public static async Task<Solution> FollowAsync(Solution changed, IEnumerable<DocumentId> documents, CancellationToken cancellation)
    {
        foreach (var id in documents)
        {
            var document = changed.GetDocument(id)!;
            var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            var made = root!.GetAnnotatedNodes(New).ToList();
            if (made.Count == 0) continue;
            var mayBe = OwnAwaits(root).Any(IsConfigured);
            if (!mayBe && document.Project.CompilationOptions is { } options && !IsRuleOn(options, root.SyntaxTree, cancellation)) continue;
            var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            var operands = made.Where(node => IsConfigured(model!, node, cancellation)).Select(static node => OperandOf(node))
                .OfType<ExpressionSyntax>().Where(operand => Configured(model!, operand)).ToList();
            if (operands.Count == 0) continue;
            changed = changed.WithDocumentSyntaxRoot(id, root.ReplaceNodes(operands, static (_, operand) => With(operand)));
        }

        return changed;
    }

    /// <summary>Whether a project asks for it at every await, disposals included.</summary>
    public static bool IsRuleOn(CompilationOptions options, SyntaxTree tree, CancellationToken cancellation) =>
        IsRuleOn(options, tree, Rule, cancellation);

    /// <summary>Whether a rule of the base library's own analyzers is a warning or an error in a file.</summary>
    public static bool IsRuleOn(CompilationOptions options, SyntaxTree tree, string rule, CancellationToken cancellation)
    {
        var severity = ReportDiagnostic.Default;
        if (options.SyntaxTreeOptionsProvider is { } provider && (provider.TryGetDiagnosticValue(tree, rule, cancellation, out var set)
            || provider.TryGetGlobalDiagnosticValue(rule, cancellation, out set))) severity = set;
        else if (options.SpecificDiagnosticOptions.TryGetValue(rule, out var stated)) severity = stated;
        return severity is ReportDiagnostic.Warn or ReportDiagnostic.Error;
    }

    /// <summary>The function's own awaits decide; where it has none those of the file, else the project's rules.</summary>
    private static bool IsConfigured(SemanticModel model, SyntaxNode made, CancellationToken cancellation)
    {
        if (Functions.Around(made) is not { } function || LoopCode.Is(model, made, cancellation)) return false;
        var own = Functions.Body(function) is { } body ? OwnAwaits(body).Where(one => Functions.Around(one) == function).ToList() : [];
        if (own.Count == 0) own = [.. OwnAwaits(function.SyntaxTree.GetRoot(cancellation))];
        return own.Count == 0
            ? IsRuleOn(model.Compilation.Options, model.SyntaxTree, cancellation)
            : own.All(IsConfigured);
    }

    /// <summary>The awaits that somebody has written, of what can be configured.</summary>
    private static IEnumerable<AwaitExpressionSyntax> OwnAwaits(SyntaxNode node) => node.DescendantNodesAndSelf()
        .OfType<AwaitExpressionSyntax>()
        .Where(static one => !one.HasAnnotation(New) && one.Expression is not InvocationExpressionSyntax
            { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Yield" } });

    private static bool IsConfigured(AwaitExpressionSyntax one) => one.Expression is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: Configure },
        ArgumentList.Arguments: { Count: 1 } arguments,
    } && arguments[0].Expression.IsKind(SyntaxKind.FalseLiteralExpression);

    private static ExpressionSyntax? OperandOf(SyntaxNode node) => node switch
    {
        AwaitExpressionSyntax one => one.Expression,
        CommonForEachStatementSyntax loop => loop.Expression,
        _ => null,
    };

    private static bool Configured(SemanticModel model, ExpressionSyntax operand) =>
        model.GetSpeculativeSymbolInfo(operand.SpanStart, With(operand), SpeculativeBindingOption.BindAsExpression).Symbol
            is IMethodSymbol { Name: Configure } method
        && method.Parameters.Count(static one => one.Type.SpecialType == SpecialType.System_Boolean) == 1
        && method.ContainingNamespace.Name is "Tasks" or "CompilerServices";

    private static ExpressionSyntax With(ExpressionSyntax operand)
    {
        var bare = operand.WithoutTrailingTrivia();
        if (bare is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax or SimpleNameSyntax or ElementAccessExpressionSyntax
            or ParenthesizedExpressionSyntax)) bare = ParenthesizedExpression(bare);
        return InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, bare, IdentifierName(Configure)),
                ArgumentList(SingletonSeparatedList(Argument(LiteralExpression(SyntaxKind.FalseLiteralExpression)))))
            .WithTrailingTrivia(operand.GetTrailingTrivia());
    }
}
