using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Source;
using Quintet.CodeFixes.Rewriting;

namespace Quintet.CodeFixes.Threads;

/// <summary>Makes the lock a semaphore, which is awaited by those who can and may be released on any thread.</summary>
internal sealed class SemaphoreMove : Move
{
    public SemaphoreMove() => Plan = new StepwisePlan(EditsAsync);

    public override string Kind => "Semaphore";

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation)
    {
        if (site.Finding is not { AdditionalLocations: { Count: > 0 } places } || places[0].SourceTree is not { } tree) return null;
        var root = await tree.GetRootAsync(cancellation).ConfigureAwait(false);
        if (Site.NodeAt(root, places[0].SourceSpan) is not { } taking
            || await ModelsAsync(site, cancellation).ConfigureAwait(false) is not { } models) return null;
        if (GateField.TakenAt(taking, models, cancellation) is not { } gate) return null;
        if (new SemaphoreConversion(gate, models, site.Document.Project.Solution, cancellation).Edits() is null) return null;
        var note = gate.Uses.Any(static use => use.IsRead && use.Takes) ? " (readers then wait for each other)" : "";
        return $"Make '{gate.Symbol.Name}' a SemaphoreSlim and await it{note}";
    }

    private static async Task<SolutionEdits?> EditsAsync(Site site, CancellationToken cancellation)
    {
        var solution = site.Document.Project.Solution;
        if (site.Mark is not { } mark || await mark.FindCauseAsync(solution, cancellation).ConfigureAwait(false) is not { } cause)
            return null;
        if (await ModelsAsync(site, cancellation).ConfigureAwait(false) is not { } models
            || GateField.TakenAt(cause.Node, models, cancellation) is not { } gate) return null;
        var conversion = new SemaphoreConversion(gate, models, solution, cancellation);
        if (await new Reentry(gate, models, solution, cancellation).MayHappenAsync().ConfigureAwait(false)) return null;
        // A semaphore that a synchronous method waits for would hold the thread of every coroutine that calls it.
        var callers = new CoroutineCallers(models, solution, cancellation);
        foreach (var waiter in conversion.SyncWaiters)
            if (await callers.ReachAsync(waiter).ConfigureAwait(false)) return null;
        return conversion.Edits();
    }

    private static async Task<SourceModels?> ModelsAsync(Site site, CancellationToken cancellation) =>
        await site.Document.Project.GetCompilationAsync(cancellation).ConfigureAwait(false) is { } compilation
            ? new SourceModels(compilation)
            : null;
}
