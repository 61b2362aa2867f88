using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

// When a statement may run before those that stand before it
// ----------------------------------------------------------
// It leaves them behind in the lock, so that what it did after them it does before them. That is the same only if each of them
// always comes to its end (a return that guards the work must still guard it), sets nothing that the work reads, reads nothing
// that the work sets, and changes nothing that others can see: whoever looks without the lock would see it later, and if the work
// throws, never.

/// <summary>Which of a lock's statements another one of them needs, and whether it can go ahead of the others.</summary>
internal sealed class LockOrder(SemanticModel model, IReadOnlyList<StatementSyntax> body, CancellationToken cancellation)
{
    private readonly QuietCode _quiet = new(new SourceModels(model.Compilation), cancellation, isReading: true);

    /// <summary>
    /// The statements that have to leave together with one of them, or with a part of it; null when it cannot go ahead of the rest.
    /// </summary>
    public IReadOnlyList<int>? NeededBy(int at, ExpressionSyntax? part)
    {
        var flow = part is null ? model.AnalyzeDataFlow(body[at]) : model.AnalyzeDataFlow(part);
        if (flow is not { Succeeded: true }) return null;
        var reads = new HashSet<ISymbol>(flow.ReadInside, SymbolEqualityComparer.Default);
        var writes = new HashSet<ISymbol>(flow.WrittenInside, SymbolEqualityComparer.Default);
        var needed = new List<int>();
        var left = new List<DataFlowAnalysis>();
        for (var i = at - 1; i >= 0; i--)
        {
            if (model.AnalyzeDataFlow(body[i]) is not { Succeeded: true } before) return null;
            if (before.WrittenInside.Concat(before.VariablesDeclared).Any(symbol => reads.Contains(symbol) || writes.Contains(symbol)))
            {
                needed.Insert(0, i);
                reads.UnionWith(before.ReadInside);
                writes.UnionWith(before.WrittenInside);
                continue;
            }

            if (!AlwaysEnds(model, body[i]) || !_quiet.Is(body[i])
                || before.WrittenInside.Any(symbol => !LocalValues.IsDeclaredIn(symbol, body[i].Parent!))) return null;
            left.Add(before);
        }

        return left.Any(before => before.WrittenInside.Concat(before.VariablesDeclared).Any(reads.Contains)
            || before.ReadInside.Concat(before.WrittenInside).Any(writes.Contains)) ? null : needed;
    }

    public static bool AlwaysEnds(SemanticModel model, StatementSyntax statement) =>
        model.AnalyzeControlFlow(statement) is { Succeeded: true, ExitPoints.IsEmpty: true, ReturnStatements.IsEmpty: true,
            EndPointIsReachable: true }
        && !statement.DescendantNodesAndSelf().Any(static node => node is ThrowStatementSyntax or ThrowExpressionSyntax
            or YieldStatementSyntax or GotoStatementSyntax or LabeledStatementSyntax);
}
