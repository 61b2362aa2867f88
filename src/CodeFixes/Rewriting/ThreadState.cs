using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>State that each thread has of its own. What was put there before an await may be on another thread after it.</summary>
internal sealed class ThreadState
{
    private const int Deepest = 3;

    private static readonly ConditionalWeakTable<Compilation, Answers> Known = new();

    private readonly Answers _known;
    private readonly CancellationToken _cancellation;

    private ThreadState(Answers known, CancellationToken cancellation) =>
        (_known, _cancellation) = (known, cancellation);

    /// <summary>The state as a compilation uses it. Every finding of it asks, and the answers are found once.</summary>
    public static ThreadState Of(Compilation compilation, CancellationToken cancellation) =>
        new(Known.GetValue(compilation, static asked => new Answers(asked)), cancellation);

    /// <summary>Whether a function uses such state before a place and again in what is done there or after it.</summary>
    public bool IsSplitAt(SyntaxNode at, SyntaxNode function)
    {
        // A long chain has an await at each of its links, and all ask for one function.
        var uses = _known.Uses.GetOrAdd(function, asked => [.. UsesIn(asked, 0)]);
        if (uses.Count == 0) return false;
        var again = at.Ancestors().TakeWhile(node => node != function)
            .LastOrDefault(static node => Functions.IsLoop(node));
        if (again is not null && uses.Any(use => again.Span.Contains(use.Span) && !at.Span.Contains(use.Span))) return true;
        return uses.Any(use => use.SpanStart < at.SpanStart) && uses.Any(use => use.SpanStart >= at.SpanStart);
    }

    private IEnumerable<SyntaxNode> UsesIn(SyntaxNode declaration, int depth)
    {
        if (declaration is TypeDeclarationSyntax || _known.Models.Of(declaration.SyntaxTree) is not { } model) yield break;
        var code = declaration is CompilationUnitSyntax unit
            ? unit.Members.OfType<GlobalStatementSyntax>().SelectMany(static statement => Functions.OwnNodes(statement))
            : Functions.OwnNodes(declaration);
        foreach (var name in code.OfType<SimpleNameSyntax>())
        {
            _cancellation.ThrowIfCancellationRequested();
            if (model.GetSymbolInfo(name, _cancellation).Symbol is { } symbol && IsOfThread(symbol, depth)) yield return name;
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
        return _known.ByDepth[depth].GetOrAdd(method.OriginalDefinition, asked => asked.DeclaringSyntaxReferences
            .Any(reference => UsesIn(reference.GetSyntax(_cancellation), depth + 1).Any()));
    }

    private sealed class Answers(Compilation compilation)
    {
        public SourceModels Models { get; } = new(compilation);

        public ConcurrentDictionary<SyntaxNode, IReadOnlyList<SyntaxNode>> Uses { get; } = new();

        // How far down a method was asked of decides how far it was followed.
        public ConcurrentDictionary<IMethodSymbol, bool>[] ByDepth { get; } =
            [.. Enumerable.Range(0, Deepest)
                .Select(static _ => new ConcurrentDictionary<IMethodSymbol, bool>(SymbolEqualityComparer.Default))];
    }
}
