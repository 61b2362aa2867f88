using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Fields that one lock guards and that no operation uses together with others: each group could have a lock of its own.</summary>
/// <param name="State">The group's fields and properties, in the order of their declaration.</param>
/// <param name="Held">The lock statements that guard them.</param>
internal sealed record LockGroup(IReadOnlyList<ISymbol> State, IReadOnlyList<LockStatementSyntax> Held)
{
    /// <summary>
    /// The groups of a lock; null where there are no two, or where it is not certain that they have nothing to do with each other.
    /// </summary>
    public static IReadOnlyList<LockGroup>? Of(GateField gate, SourceModels models, CancellationToken cancellation)
    {
        if (gate.Uses.Count == 0 || gate.Uses.Any(static use => use.Node is not LockStatementSyntax)
            || gate.Declaration.Initializer is null) return null;
        var touched = new TouchedState(models, cancellation);
        var groups = new List<(HashSet<ISymbol> State, List<LockStatementSyntax> Held)>();
        foreach (var operation in gate.Uses.Select(static use => (LockStatementSyntax)use.Node).GroupBy(static held => OperationOf(held)))
        {
            var state = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            foreach (var held in operation)
            {
                if (held.Statement.DescendantNodes().OfType<LockStatementSyntax>().Any()
                    || held.Ancestors().OfType<LockStatementSyntax>().Any()) return null;
                if (touched.Of(held.Statement) is not { } found) return null;
                state.UnionWith(found.Where(symbol => Changes(symbol, models, cancellation)));
            }

            // What is guarded here is not seen, so it may tie the groups together.
            if (state.Count == 0) return null;
            var joined = groups.Where(group => group.State.Overlaps(state)).ToList();
            foreach (var group in joined) state.UnionWith(group.State);
            groups.RemoveAll(group => joined.Contains(group));
            groups.Add((state, [.. joined.SelectMany(static group => group.Held), .. operation]));
        }

        return groups.Count < 2 ? null : [.. groups
            .Select(static group =>
                new LockGroup([.. group.State.OrderBy(static symbol => symbol.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
                    .ThenBy(static symbol => symbol.Locations[0].SourceSpan.Start)], group.Held))
            .OrderBy(static group => group.State[0].Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(static group => group.State[0].Locations[0].SourceSpan.Start)];
    }

    /// <summary>The member that holds the lock; the two accessors of a property are one operation.</summary>
    private static SyntaxNode OperationOf(LockStatementSyntax held) => held.FirstAncestorOrSelf<MemberDeclarationSyntax>()!;

    /// <summary>State that is set while its object is made and never again ties nobody together.</summary>
    private static bool Changes(ISymbol symbol, SourceModels models, CancellationToken cancellation)
    {
        if (symbol is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field || !Unchanging.Is(field.Type)) return true;
        return field.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation))
            .SelectMany(static part => part.DescendantNodes()).OfType<SimpleNameSyntax>()
            .Where(name => name.Identifier.ValueText == field.Name && Functions.Around(name) is not (null or ConstructorDeclarationSyntax))
            .Any(name => models.Of(name.SyntaxTree)?.GetOperation(ParallelBody.Whole(name), cancellation) is { } use
                && LocalValues.IsWritten(use));
    }
}
