using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>A private field that is a lock and nothing else, with every place that mentions it.</summary>
internal sealed class GateField
{
    private static readonly HashSet<string> Kinds =
        new(StringComparer.Ordinal) { "Object", "Lock", "Mutex", "ReaderWriterLockSlim", "SpinLock" };

    private GateField(IFieldSymbol symbol, VariableDeclaratorSyntax declaration, IReadOnlyList<GateUse> uses)
    {
        Symbol = symbol;
        Declaration = declaration;
        Uses = uses;
    }

    public IFieldSymbol Symbol { get; }

    public VariableDeclaratorSyntax Declaration { get; }

    public IReadOnlyList<GateUse> Uses { get; }

    /// <summary>
    /// The lock that a statement or call takes; null when it is no field of this kind, or is used for something else too.
    /// </summary>
    public static GateField? TakenAt(SyntaxNode taking, SourceModels models, CancellationToken cancellation)
    {
        if (models.Of(taking.SyntaxTree) is not { } model) return null;
        var names = taking switch
        {
            LockStatementSyntax held => held.Expression.DescendantNodesAndSelf(),
            InvocationExpressionSyntax or ExpressionStatementSyntax => taking.DescendantNodes(),
            _ => [],
        };
        var field = names.OfType<SimpleNameSyntax>().Select(name => model.GetSymbolInfo(name, cancellation).Symbol).OfType<IFieldSymbol>()
            .FirstOrDefault(static field => Kinds.Contains(field.Type.Name));
        return field is null ? null : Of(field, models, cancellation);
    }

    public static GateField? Of(IFieldSymbol field, SourceModels models, CancellationToken cancellation)
    {
        if (field.DeclaredAccessibility is not (Accessibility.Private or Accessibility.NotApplicable) || !Kinds.Contains(field.Type.Name))
            return null;
        if (field.Type.SpecialType != SpecialType.System_Object && field.Type.ContainingNamespace?.ToDisplayString() != "System.Threading")
            return null;
        if (field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation)
            is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: FieldDeclarationSyntax } } declaration)
            return null;
        if (declaration.Initializer is { Value: var value } && !GateUse.IsPlainCreation(value)) return null;
        var uses = new List<GateUse>();
        foreach (var part in field.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)))
        {
            if (models.Of(part.SyntaxTree) is not { } model) return null;
            foreach (var name in part.DescendantNodes(descendIntoTrivia: false).OfType<SimpleNameSyntax>()
                .Where(name => name.Identifier.ValueText == field.Name))
            {
                if (!SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol?.OriginalDefinition,
                    field.OriginalDefinition)) continue;
                if (GateUse.Of(name, model, cancellation) is not { } use) return null;
                uses.Add(use);
            }
        }

        return new GateField(field, declaration, uses);
    }
}
