using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Whether a holder of a lock may take it again: a monitor lets its owner in a second time, a semaphore makes it wait for itself.
/// </summary>
internal sealed class Reentry(GateField gate, SourceModels models, Solution solution, CancellationToken cancellation)
{
    /// <summary>Bodies looked at for one lock; code that reaches further is too much to be certain about.</summary>
    private const int MostBodies = 400;

    private readonly HashSet<SyntaxNode> _seen = [];

    public async Task<bool> MayHappenAsync()
    {
        foreach (var taken in gate.Uses.Where(static use => use.Takes))
        {
            if (HeldFrom(taken) is not { } held) return true;
            if (gate.Uses.Any(other => other.Takes && other != taken && other.Node.SyntaxTree == taken.Node.SyntaxTree
                && held.Contains(other.Node.Span))) return true;
            if (Functions.Around(taken.Node) is not { } function || YieldsIn(function, held)
                || await ReachesTakerAsync(function, held).ConfigureAwait(false)) return true;
        }

        return false;
    }

    /// <summary>Whoever walks an iterator runs at each element that it yields, and may ask the same object for something else.</summary>
    private static bool YieldsIn(SyntaxNode function, TextSpan held) => Functions.OwnNodes(function)
        .Any(node => node.IsKind(SyntaxKind.YieldReturnStatement) && held.Contains(node.Span));

    /// <summary>While a use holds the lock; null when that cannot be told.</summary>
    private TextSpan? HeldFrom(GateUse taken)
    {
        if (taken.Node is LockStatementSyntax held) return held.Statement.Span;
        if (taken.Node is UsingStatementSyntax scope) return scope.Statement.Span;
        var function = Functions.Around(taken.Node);
        var last = gate.Uses.LastOrDefault(use => use.Action == GateAction.Exit && use.Node.SpanStart > taken.Node.SpanStart
            && Functions.Around(use.Node) == function);
        return last is null || function is null ? null : TextSpan.FromBounds(taken.Node.Span.End, last.Node.Span.End);
    }

    private async Task<bool> ReachesTakerAsync(SyntaxNode body, TextSpan? within)
    {
        if (models.Of(body.SyntaxTree) is not { } model || _seen.Count > MostBodies) return true;
        foreach (var node in body.DescendantNodes().Where(node => within is not { } span || span.Contains(node.Span)))
        {
            if (node is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or SimpleNameSyntax
                or ElementAccessExpressionSyntax)) continue;
            var symbol = model.GetSymbolInfo(node, cancellation).Symbol;
            if (symbol is IMethodSymbol { MethodKind: MethodKind.DelegateInvoke }) return true;
            if (symbol is IPropertySymbol or IMethodSymbol && await LeadsToTakerAsync(symbol).ConfigureAwait(false)) return true;
        }

        return false;
    }

    private async Task<bool> LeadsToTakerAsync(ISymbol symbol)
    {
        var targets = new List<ISymbol> { symbol.OriginalDefinition };
        if (SourceModels.HasSource(symbol) && (symbol.IsAbstract || symbol.IsVirtual || symbol.IsOverride))
        {
            targets.AddRange(await SymbolFinder.FindImplementationsAsync(symbol, solution, cancellationToken: cancellation)
                .ConfigureAwait(false));
            targets.AddRange(await SymbolFinder.FindOverridesAsync(symbol, solution, cancellationToken: cancellation)
                .ConfigureAwait(false));
        }

        foreach (var declaration in targets.SelectMany(static target => target.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(cancellation)))
        {
            if (!_seen.Add(declaration)) continue;
            if (gate.Uses.Any(use => use.Takes && use.Node.SyntaxTree == declaration.SyntaxTree
                && declaration.Span.Contains(use.Node.Span))) return true;
            if (await ReachesTakerAsync(declaration, null).ConfigureAwait(false)) return true;
        }

        return false;
    }
}
