using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>All code of a type that runs under one lock statement or another on the same field.</summary>
internal sealed class LockedCode(SourceModels models, ISymbol gate, CancellationToken cancellation)
{
    private const int Deepest = 6;

    /// <summary>The lock statements on it: on a field in all parts of its type, on a local in its member.</summary>
    public IEnumerable<LockStatementSyntax> Statements() => gate.ContainingType is not { } type
        ? []
        : (gate is IFieldSymbol ? type : gate.ContainingSymbol).DeclaringSyntaxReferences.Select(
            reference => reference.GetSyntax(cancellation))
            .SelectMany(static part => part.DescendantNodes().OfType<LockStatementSyntax>())
            .Where(held => models.Of(held.SyntaxTree) is { } model
                && SymbolEqualityComparer.Default.Equals(LockStatements.Gate(model, held, cancellation), gate));

    /// <summary>
    /// Whether code that leaves the lock uses a device which something under the lock changes, so that the lock may keep readers off it.
    /// What only computes finds nothing half written.
    /// </summary>
    public bool KeepsOffDevice(IEnumerable<SyntaxNode> leaving)
    {
        var used = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        if (!leaving.Any(code => Calls(code, KnownCalls.IsDevice, used, 0))) return false;
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        return Statements().Any(held =>
            Calls(held.Statement, static method => KnownCalls.IsDevice(method) && !KnownCalls.OnlyGets(method), seen, 0));
    }

    private bool Calls(SyntaxNode code, Func<IMethodSymbol, bool> wanted, HashSet<IMethodSymbol> seen, int depth)
    {
        if (models.Of(code.SyntaxTree) is not { } model) return true;
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax)) continue;
            if (model.GetSymbolInfo(node, cancellation).Symbol is not IMethodSymbol method) continue;
            if (wanted(method)) return true;
            if (depth >= Deepest || !seen.Add(method.OriginalDefinition)) continue;
            foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
                if (Calls(reference.GetSyntax(cancellation), wanted, seen, depth + 1)) return true;
        }

        return false;
    }
}
