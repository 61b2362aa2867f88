using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.CodeFixes.Rewriting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Threads;

/// <summary>
/// Runs a blocking call without the global interpreter lock. Only for a call that is written right here: what a method does besides
/// waiting may count on the lock.
/// </summary>
internal sealed class AllowThreadsMove : Move
{
    private const string Gil = "GlobalInterpreterLock";

    public AllowThreadsMove() => Plan = new StepwisePlan(EditsAsync);

    public override string Kind => "AllowThreads";

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation) =>
        await LockAsync(site, cancellation).ConfigureAwait(false) is { } held ? $"Release '{held}' around the call" : null;

    private static async Task<SolutionEdits?> EditsAsync(Site site, CancellationToken cancellation)
    {
        if (await LockAsync(site, cancellation).ConfigureAwait(false) is not { } held) return null;
        var edits = new SolutionEdits(site.Document.Project.Solution);
        var release = MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, held, IdentifierName("AllowThreads"));
        edits.Add(site.Document.Id, Handover.To(release, site.Node));
        return edits;
    }

    /// <summary>The lock as the code around the call names it.</summary>
    private static async Task<ExpressionSyntax?> LockAsync(Site site, CancellationToken cancellation)
    {
        if (!site.IsCause || site.Node is not ExpressionSyntax call || call.Parent is ConditionalAccessExpressionSyntax) return null;
        if (!Handover.Allows(call)) return null;
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || model.GetTypeInfo(call, cancellation).Type is { IsRefLikeType: true }) return null;
        return Around(model, call, cancellation) ?? OwnField(model, call, cancellation);
    }

    /// <summary>What <c>Enter</c>, <c>StartThread</c> or <c>Run</c> was called on, of which the call is a part.</summary>
    private static ExpressionSyntax? Around(SemanticModel model, SyntaxNode call, CancellationToken cancellation)
    {
        foreach (var node in call.Ancestors())
        {
            var start = node switch
            {
                InvocationExpressionSyntax one => one,
                UsingStatementSyntax scope => (scope.Expression ?? scope.Declaration?.Variables[0].Initializer?.Value)
                    as InvocationExpressionSyntax,
                BlockSyntax block => block.Statements.OfType<LocalDeclarationStatementSyntax>()
                    .Where(local => local.UsingKeyword.RawKind != 0 && local.Span.End <= call.SpanStart)
                    .Select(static local => local.Declaration.Variables[0].Initializer?.Value).OfType<InvocationExpressionSyntax>()
                    .LastOrDefault(one => IsOfGil(model, one, cancellation)),
                _ => null,
            };
            if (start is not null && IsOfGil(model, start, cancellation)
                && start.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax
                    or MemberAccessExpressionSyntax } access)
                return access.Expression.WithoutTrivia();
        }

        return null;
    }

    private static bool IsOfGil(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Enter" or "StartThread" or "Run" }
        && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ContainingType.Name: Gil };

    /// <summary>The one lock that the type keeps.</summary>
    private static ExpressionSyntax? OwnField(SemanticModel model, SyntaxNode call, CancellationToken cancellation)
    {
        var owner = model.GetEnclosingSymbol(call.SpanStart, cancellation);
        while (owner is not (null or INamedTypeSymbol)) owner = owner.ContainingSymbol;
        var fields = (owner as INamedTypeSymbol)?.GetMembers().OfType<IFieldSymbol>()
            .Where(static field => field is { Type.Name: Gil, IsImplicitlyDeclared: false }).ToList();
        return fields is { Count: 1 } ? IdentifierName(fields[0].Name) : null;
    }
}
