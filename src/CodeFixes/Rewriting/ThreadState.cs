using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>State that each thread has of its own. What was put there before an await may be on another thread after it.</summary>
internal sealed class ThreadState(SourceModels models, CancellationToken cancellation)
{
    private const int Deepest = 3;

    private readonly Dictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a function uses such state before a place and again in what is done there or after it.</summary>
    public bool IsSplitAt(SyntaxNode at, SyntaxNode function)
    {
        var uses = UsesIn(function, 0).ToList();
        if (uses.Count == 0) return false;
        var again = at.Ancestors().TakeWhile(node => node != function)
            .LastOrDefault(static node => Functions.IsLoop(node));
        if (again is not null && uses.Any(use => again.Span.Contains(use.Span) && !at.Span.Contains(use.Span))) return true;
        return uses.Any(use => use.SpanStart < at.SpanStart) && uses.Any(use => use.SpanStart >= at.SpanStart);
    }

    private IEnumerable<SyntaxNode> UsesIn(SyntaxNode declaration, int depth)
    {
        if (declaration is TypeDeclarationSyntax || models.Of(declaration.SyntaxTree) is not { } model) yield break;
        var code = declaration is CompilationUnitSyntax unit
            ? unit.Members.OfType<GlobalStatementSyntax>().SelectMany(static statement => Functions.OwnNodes(statement))
            : Functions.OwnNodes(declaration);
        foreach (var name in code.OfType<SimpleNameSyntax>())
        {
            cancellation.ThrowIfCancellationRequested();
            if (model.GetSymbolInfo(name, cancellation).Symbol is { } symbol && IsOfThread(symbol, depth)) yield return name;
        }
    }

    private bool IsOfThread(ISymbol symbol, int depth) => symbol switch
    {
        IFieldSymbol { IsStatic: true } field =>
            field.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute"),
        IPropertySymbol { Name: "Value", ContainingType.Name: "ThreadLocal" } => true,
        IPropertySymbol { GetMethod: { } getter } => Follows(getter, depth),
        IMethodSymbol { Name: "GetData" or "SetData", ContainingType.Name: "Thread" } => true,
        IMethodSymbol method => Follows(method, depth),
        _ => false,
    };

    private bool Follows(IMethodSymbol method, int depth)
    {
        if (depth >= Deepest) return false;
        if (_known.TryGetValue(method.OriginalDefinition, out var known)) return known;
        _known[method.OriginalDefinition] = false;
        return _known[method.OriginalDefinition] = method.OriginalDefinition.DeclaringSyntaxReferences
            .Any(reference => UsesIn(reference.GetSyntax(cancellation), depth + 1).Any());
    }
}
