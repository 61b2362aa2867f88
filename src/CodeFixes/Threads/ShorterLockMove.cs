using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.Threads;

/// <summary>Lets a parallel body do its work before it takes the lock.</summary>
internal sealed class ShorterLockMove : Move
{
    public ShorterLockMove() => Plan = new StepwisePlan(EditsAsync);

    public override string Kind => "ComputeOutside";

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation) =>
        await FindAsync(site, cancellation).ConfigureAwait(false) is null ? null : "Work before the lock, and take it for the result only";

    private static async Task<SolutionEdits?> EditsAsync(Site site, CancellationToken cancellation)
    {
        if (await FindAsync(site, cancellation).ConfigureAwait(false) is not { } shrink) return null;
        var edits = new SolutionEdits(site.Document.Project.Solution);
        foreach (var edit in Splice.Replace(shrink.Held, _ => shrink.Rewritten())) edits.Add(site.Document.Id, edit);
        return edits;
    }

    private static async Task<LockShrink?> FindAsync(Site site, CancellationToken cancellation)
    {
        if (await ParallelBody.OfAsync(site, cancellation).ConfigureAwait(false) is not { } body) return null;
        if (LockStatements.Gate(body.Model, body.Held, cancellation) is not { } gate) return null;
        var unguarded = new Unguarded(body.Models, body.Elements(cancellation), cancellation);
        var best = Functions.OwnNodes(body.Held.Statement).Where(IsWork)
            .Select(work => LockShrink.Of(body.Model, body.Held, work, unguarded, cancellation)).OfType<LockShrink>()
            .Where(static shrink => !shrink.Kept.Any(HasLoop))
            .OrderByDescending(static shrink => shrink.Moved.Count).ThenByDescending(static shrink => shrink.Computed?.Span.Length ?? 0)
            .FirstOrDefault();
        // Who awaits one task sees what that one has added, and nothing of its later work.
        var found = best is null || body.Kind == ParallelKind.Tasks
            ? best
            : new LockRest(body.Model, body.Models, unguarded, IsWork, cancellation).Beside(best);
        return found is null || new LockedCode(body.Models, gate, cancellation).KeepsOffDevice(found.Leaving) ? null : found;
    }

    private static bool IsWork(SyntaxNode node) =>
        node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax || Functions.IsLoop(node);

    private static bool HasLoop(SyntaxNode node) => node.DescendantNodesAndSelf().Any(Functions.IsLoop);
}
