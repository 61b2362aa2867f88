using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Findings;
using Quintet.Analyzers.Source;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.Threads;

/// <summary>
/// Computes, reads and waits outside of the lock: before it, and publishes the result under it, or after it with what was taken out.
/// </summary>
internal sealed class ComputeOutsideMove : Move
{
    public ComputeOutsideMove() => Plan = new StepwisePlan(EditsAsync);

    public override string Kind => "ComputeOutside";

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation) =>
        // A lock statement around the place is of another lock.
        site[FindingProperties.Through] is not null ? null : (await FindAsync(site, cancellation).ConfigureAwait(false)) switch
        {
            (LockShrink, _) =>
                $"Run {NameOf(site.Node)} before the lock (two threads can then run it at once; who takes the lock last wins)",
            (_, LockTail) => $"Run {NameOf(site.Node)} after the lock (two threads can then run it at once)",
            _ => null,
        };

    private static async Task<SolutionEdits?> EditsAsync(Site site, CancellationToken cancellation)
    {
        if (await FindAsync(site, cancellation).ConfigureAwait(false) is not var (shrink, tail)) return null;
        var edits = new SolutionEdits(site.Document.Project.Solution);
        foreach (var edit in Splice.Replace(shrink?.Held ?? tail!.Held, _ => shrink?.Rewritten() ?? tail!.Rewritten()))
            edits.Add(site.Document.Id, edit);
        return edits;
    }

    /// <summary>What leaves the lock for its front, or else for its back.</summary>
    private static async Task<(LockShrink?, LockTail?)?> FindAsync(Site site, CancellationToken cancellation)
    {
        if (LockStatements.OnlyAround(site.Node) is not { } held) return null;
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || LockStatements.Gate(model, held, cancellation) is not { } gate) return null;
        var models = new SourceModels(model.Compilation);
        var unguarded = new Unguarded(models, [], cancellation);
        var shrink = LockShrink.Of(model, held, site.Node, unguarded, cancellation);
        var tail = shrink is null ? LockTail.Of(model, held, site.Node, unguarded, cancellation) : null;
        if (shrink is null && tail is null) return null;
        return new LockedCode(models, gate, cancellation).KeepsOffDevice(shrink?.Leaving ?? tail!.Leaving) ? null : (shrink, tail);
    }

    private static string NameOf(SyntaxNode work) => work switch
    {
        InvocationExpressionSyntax { Expression: var callee } => $"'{Short(callee)}'",
        ObjectCreationExpressionSyntax creation => $"'new {creation.Type}'",
        MemberAccessExpressionSyntax access => $"'{Short(access)}'",
        StatementSyntax => "the loop",
        _ => "the computation",
    };

    private static string Short(ExpressionSyntax callee) => callee switch
    {
        MemberAccessExpressionSyntax { Expression: SimpleNameSyntax type } access => $"{type}.{access.Name.Identifier.ValueText}",
        MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax type } access =>
            $"{type.Name}.{access.Name.Identifier.ValueText}",
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => callee.ToString(),
    };
}
