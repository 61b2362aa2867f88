using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

// What else can be computed before the lock of a round
// ----------------------------------------------------
// In a parallel loop nobody can tell when a round adds what it has computed, nor which rounds have added theirs when one of them
// throws. So a later computation may go ahead of earlier additions as long as it sees nothing of them: they write nothing that it
// reads, and touch no object that it looks at.

/// <summary>The work of later statements in the lock of a parallel body, beside that which leaves it anyway.</summary>
internal sealed class LockRest(
    SemanticModel model, SourceModels models, Unguarded unguarded, Func<SyntaxNode, bool> isWork, CancellationToken cancellation)
{
    private readonly QuietCode _quiet = new(models, cancellation);

    /// <summary>The shrink that takes along what it can of the statements behind its own.</summary>
    public LockShrink Beside(LockShrink shrink)
    {
        if (shrink.Computed is not { } first) return shrink;
        var body = LockStatements.Body(shrink.Held);
        var function = Functions.Around(shrink.Held)!;
        List<(ExpressionSyntax Value, string Name)> all = [(first, shrink.Name)];
        var kept = new List<StatementSyntax>();
        foreach (var statement in body.Where(statement => !shrink.Moved.Contains(statement)))
        {
            if (statement.SpanStart > first.Span.End && ValueOf(statement, kept, all) is { } value
                && !LockShrink.AreMentionedAfter(
                    model, [.. shrink.Moved, .. all.Select(static one => one.Value), value], body, unguarded, cancellation))
                all.Add((value, LocalNames.For(model, value, function, all.Select(static one => one.Name))));
            // What it waits for, whom it wakes, or whether it comes to its end, would be before the rest no more.
            if (!LockOrder.AlwaysEnds(model, statement) || !_quiet.Is(statement)) break;
            kept.Add(statement);
        }

        return all.Count == 1 ? shrink : shrink.With([.. all.Skip(1)]);
    }

    private ExpressionSyntax? ValueOf(
        StatementSyntax statement, List<StatementSyntax> kept, List<(ExpressionSyntax Value, string Name)> leaving) =>
        Functions.OwnNodes(statement).Where(isWork).OfType<ExpressionSyntax>()
            .Select(work => LockShrink.Widest(model, statement, work, unguarded, cancellation)).OfType<ExpressionSyntax>()
            .FirstOrDefault(value => SeesNothingOf(value, kept, leaving));

    private bool SeesNothingOf(
        ExpressionSyntax value, List<StatementSyntax> kept, List<(ExpressionSyntax Value, string Name)> leaving)
    {
        if (model.AnalyzeDataFlow(value) is not { Succeeded: true } flow || !flow.WrittenInside.IsEmpty) return false;
        var reads = new HashSet<ISymbol>(flow.ReadInside, SymbolEqualityComparer.Default);
        if (kept.Any(statement => model.AnalyzeDataFlow(statement) is not { Succeeded: true } before
            || before.WrittenInside.Concat(before.VariablesDeclared).Any(reads.Contains))) return false;
        var objects = new HashSet<ISymbol>(reads.Where(static symbol => !Unchanging.Is(TypeOf(symbol))), SymbolEqualityComparer.Default);
        return objects.Count == 0 || !kept.SelectMany(static statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>()
            .Where(name => !leaving.Any(one => one.Value.Span.Contains(name.Span)))
            .Any(name => model.GetSymbolInfo(name, cancellation).Symbol is { } symbol && objects.Contains(symbol));
    }

    private static ITypeSymbol TypeOf(ISymbol symbol) => symbol is ILocalSymbol local ? local.Type : ((IParameterSymbol)symbol).Type;
}
