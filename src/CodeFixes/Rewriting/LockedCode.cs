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
    /// Whether anything under the lock, beside one part of it, changes a device, so that the lock may keep readers off it.
    /// </summary>
    public bool ChangesDevice()
    {
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        return Statements().Any(held => Changes(held.Statement, seen, 0));
    }

    private bool Changes(SyntaxNode code, HashSet<IMethodSymbol> seen, int depth)
    {
        if (models.Of(code.SyntaxTree) is not { } model) return true;
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax)) continue;
            if (model.GetSymbolInfo(node, cancellation).Symbol is not IMethodSymbol method) continue;
            if (KnownCalls.IsDevice(method) && !KnownCalls.OnlyGets(method)) return true;
            if (depth >= Deepest || !seen.Add(method.OriginalDefinition)) continue;
            foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
                if (Changes(reference.GetSyntax(cancellation), seen, depth + 1)) return true;
        }

        return false;
    }
}
