using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

/// <summary>Reads a member of a type with everything nested in it, and gives one summary for each body.</summary>
internal sealed class MemberReader(
    SourceModels models, ApiCatalogue catalogue, Annotations annotations, EntryPoints entryPoints, SummarySource source)
{
    /// <summary>Longer bodies are generated tables; nobody's concurrency is decided there, and they cost minutes.</summary>
    private const int LongestBody = 400_000;

    private readonly ConcurrentDictionary<ISymbol, string?> _keys = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<ApiEntry>> _entries = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, SymbolShape> _shapes = new(SymbolEqualityComparer.Default);

    public SourceModels Models { get; } = models;

    public ApiCatalogue Catalogue { get; } = catalogue;

    public Annotations Annotations { get; } = annotations;

    public EntryPoints EntryPoints { get; } = entryPoints;

    /// <summary>The members that take locks for their callers.</summary>
    public LockWrappers Wrappers => LazyInitializer.EnsureInitialized(ref _wrappers, () => new LockWrappers(this))!;

    private LockWrappers? _wrappers;

    /// <summary>Keeps the symbol of a callee at hand for when its body is asked for.</summary>
    public void Remember(string key, ISymbol symbol) => source.Remember(key, symbol);

    /// <summary><see cref="BodyKey.Of"/>, remembered: documentation ids are the dearest part of reading a body.</summary>
    public string? KeyOf(ISymbol symbol) => _keys.GetOrAdd(symbol.OriginalDefinition, BodyKey.Of);

    /// <summary>What the catalogue says about a member, remembered.</summary>
    public ImmutableArray<ApiEntry> EntriesOf(ISymbol symbol) =>
        _entries.GetOrAdd(symbol is IMethodSymbol { ReducedFrom: { } reduced } ? reduced.OriginalDefinition : symbol.OriginalDefinition,
            definition => Catalogue.FindAll(definition).ToImmutableArray());

    /// <summary>What the syntax of a symbol says, remembered.</summary>
    public SymbolShape ShapeOf(ISymbol symbol) => _shapes.GetOrAdd(symbol.OriginalDefinition, SymbolShapes.Of);

    /// <summary>The summaries of a method and of its lambdas and local functions, the method's own last.</summary>
    public IReadOnlyList<BodySummary> Read(IMethodSymbol method, string key, CancellationToken cancellation)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellation);
            if (syntax.FullSpan.Length > LongestBody || !HasBody(syntax)) continue;
            var builder = new BodyBuilder(key, NameOf(method), method, syntax, EntryPoints.Of(method));
            return Read(builder, key, method, reader => reader.ReadMethod(method, syntax), syntax, cancellation);
        }

        return [];
    }

    /// <summary>The summary of a type's field and property initialisers, static or instance.</summary>
    public IReadOnlyList<BodySummary> ReadInitialisers(INamedTypeSymbol type, bool isStatic, string key, CancellationToken cancellation)
    {
        var syntax = type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        if (syntax is null) return [];
        var name = isStatic ? $"static {type.Name}" : $"new {type.Name}";
        var builder = new BodyBuilder(key, name, null, syntax, RunContext.Unknown);
        return Read(builder, key, null, reader => reader.ReadInitialisers(type, isStatic), syntax, cancellation);
    }

    private IReadOnlyList<BodySummary> Read(
        BodyBuilder builder, string key, IMethodSymbol? method, Func<BodyReader, IOperation?> read, SyntaxNode syntax,
            CancellationToken cancellation)
    {
        var reader = new BodyReader(this, builder, key, syntax.SpanStart, cancellation);
        try
        {
            var body = read(reader);
            var cpu = body is null ? CpuShape.Empty : CpuCost.Of(body, method, cancellation);
            reader.Finish(cpu);
        }
        catch (InsufficientExecutionStackException)
        {
            // An expression nested thousands of levels deep: generated data, nothing that runs for its effects.
            return [];
        }

        return reader.Summaries;
    }

    /// <summary>As the user reads it in a path.</summary>
    public static string NameOf(IMethodSymbol method) => method.MethodKind switch
    {
        MethodKind.Constructor => $"new {method.ContainingType.Name}",
        MethodKind.StaticConstructor => $"static {method.ContainingType.Name}",
        MethodKind.PropertyGet or MethodKind.PropertySet when method.AssociatedSymbol is IPropertySymbol { IsIndexer: true } =>
            $"{method.ContainingType.Name}[]",
        MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove => method.AssociatedSymbol!.Name,
        MethodKind.UserDefinedOperator or MethodKind.Conversion => $"{method.ContainingType.Name} operator",
        MethodKind.Destructor => $"~{method.ContainingType.Name}",
        MethodKind.ExplicitInterfaceImplementation => method.Name.Substring(method.Name.LastIndexOf('.') + 1),
        MethodKind.AnonymousFunction => "lambda",
        _ when method.Name == "<Main>$" => "Main",
        _ => method.Name,
    };

    private static bool HasBody(SyntaxNode syntax) => syntax switch
    {
        BaseMethodDeclarationSyntax method =>
            method.Body is not null || method.ExpressionBody is not null || method is ConstructorDeclarationSyntax,
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
        _ => true,
    };
}
