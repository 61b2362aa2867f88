using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

/// <summary>Finds the summary behind a key, reading the body when nobody has yet, and resolves what is dispatched at run time.</summary>
/// <remarks>One instance per compilation; safe for concurrent use.</remarks>
internal sealed class SummarySource(SourceModels models, Func<Compilation, SummaryStore> storeOf)
{
    private readonly Lazy<Dictionary<string, SummaryStore>> _stores = new(() => Stores(models.Compilation, storeOf));

    private readonly Lazy<HashSet<ISymbol>> _assemblies = new(() => AssembliesOf(models.Compilation));
    private readonly ConcurrentDictionary<string, ISymbol?> _symbols = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ISymbol?> _copies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _targets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MemberSummaries> _members = new(StringComparer.Ordinal);
    private readonly Implementations _implementations = new(models);
    private readonly object[] _reading = Enumerable.Range(0, 64).Select(static _ => new object()).ToArray();

    /// <summary>Set once, right after construction: the two need each other.</summary>
    public MemberReader Reader { get; set; } = null!;

    /// <summary>Keeps the symbol of a key at hand, so that it need not be sought by name.</summary>
    /// <remarks>
    /// A body of another project names its own copies, which are nobody here: they serve where this compilation finds nothing by the key.
    /// </remarks>
    public void Remember(string key, ISymbol symbol) => (IsOfHere(symbol) ? _symbols : _copies).TryAdd(key, symbol);

    private bool IsOfHere(ISymbol symbol) => symbol.ContainingAssembly is not { } assembly || _assemblies.Value.Contains(assembly)
        || !SourceModels.HasSource(symbol);

    public BodySummary? Get(string key, CancellationToken cancellation) => Member(BodyKey.OwnerOf(key), cancellation)?.Find(key);

    /// <summary>All bodies of a member, nested ones included.</summary>
    public IReadOnlyList<BodySummary> BodiesOf(IMethodSymbol method, CancellationToken cancellation)
    {
        if (BodyKey.Of(method) is not { } key) return [];
        Remember(key, method);
        return Member(key, cancellation)?.Bodies ?? [];
    }

    /// <summary>All bodies of the member with a key.</summary>
    public IReadOnlyList<BodySummary> BodiesOf(string owner, CancellationToken cancellation) => Member(owner, cancellation)?.Bodies ?? [];

    /// <summary>All bodies in the initialisers of a type.</summary>
    public IReadOnlyList<BodySummary> InitialisersOf(INamedTypeSymbol type, bool isStatic, CancellationToken cancellation)
    {
        if (BodyKey.Of(type) is not { } key) return [];
        Remember(key, type);
        return Member((isStatic ? BodyKey.StaticInitialiser : BodyKey.InstanceInitialiser) + key, cancellation)?.Bodies ?? [];
    }

    /// <summary>
    /// The bodies that a step's target may run: itself, the implementations behind a virtual call, the function in a field.
    /// </summary>
    public IReadOnlyList<string> TargetsOf(string target, CancellationToken cancellation)
    {
        if (target.StartsWith(BodyKey.Virtual, StringComparison.Ordinal)) return OverridesOf(target);
        if (target.StartsWith(BodyKey.Field, StringComparison.Ordinal)) return FunctionsIn(target, cancellation);
        return [target];
    }

    /// <summary>Static initialisers and the static constructor are two bodies.</summary>
    public ISymbol? SymbolOf(string key)
    {
        return _symbols.GetOrAdd(key, Find);

        ISymbol? Find(string wanted)
        {
            var bar = wanted.IndexOf('|');
            if (bar < 0) return null;
            var assembly = wanted.Substring(0, bar);
            foreach (var symbol in DocumentationCommentId.GetSymbolsForDeclarationId(wanted.Substring(bar + 1), models.Compilation))
                if (symbol.ContainingAssembly?.Name == assembly) return symbol;
            return _copies.TryGetValue(wanted, out var copy) ? copy : null;
        }
    }

    private static HashSet<ISymbol> AssembliesOf(Compilation compilation)
    {
        var assemblies = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { compilation.Assembly };
        foreach (var reference in compilation.References.OfType<CompilationReference>())
            if (compilation.GetAssemblyOrModuleSymbol(reference) is { } assembly) assemblies.Add(assembly);
        return assemblies;
    }

    private MemberSummaries? Member(string owner, CancellationToken cancellation)
    {
        if (_members.TryGetValue(owner, out var known)) return known;
        var store = StoreOf(owner);
        if (store.Members.TryGetValue(owner, out known) && IsCurrent(known)) return _members.GetOrAdd(owner, known);
        // Reading binds, which is dear: whoever wants the same member meanwhile waits for it. A reading asks for no other.
        lock (_reading[(owner.GetHashCode() & int.MaxValue) % _reading.Length])
        {
            if (_members.TryGetValue(owner, out known)) return known;
            if (store.Members.TryGetValue(owner, out known) && IsCurrent(known)) return _members.GetOrAdd(owner, known);
            var read = Read(owner, cancellation);
            store.Members[owner] = read;
            return _members.GetOrAdd(owner, read);
        }
    }

    /// <summary>Each project's summaries are kept with it, so that a project that many others use is read once.</summary>
    private SummaryStore StoreOf(string owner)
    {
        var start = owner.LastIndexOf(' ', Math.Max(owner.IndexOf('|'), 0)) + 1;
        var bar = owner.IndexOf('|');
        var assembly = bar < start ? "" : owner.Substring(start, bar - start);
        return _stores.Value.TryGetValue(assembly, out var store) ? store : Own;
    }

    private SummaryStore Own => _stores.Value[models.Compilation.AssemblyName ?? ""];

    private static Dictionary<string, SummaryStore> Stores(Compilation compilation, Func<Compilation, SummaryStore> storeOf)
    {
        var stores = new Dictionary<string, SummaryStore>(StringComparer.Ordinal);
        var pending = new Stack<Compilation>([compilation]);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            if (stores.ContainsKey(next.AssemblyName ?? "")) continue;
            stores.Add(next.AssemblyName ?? "", storeOf(next));
            foreach (var reference in next.References.OfType<CompilationReference>()) pending.Push(reference.Compilation);
        }

        return stores;
    }

    /// <summary>
    /// A stored summary counts while its tree is part of this compilation. Another compilation that shares the store may put its own in
    /// the place at any time, so what was taken once is kept here.
    /// </summary>
    private bool IsCurrent(MemberSummaries known) => known.Tree is not { } tree || models.Has(tree) && known.Parts.All(models.Has);

    private MemberSummaries Read(string owner, CancellationToken cancellation)
    {
        var isStatic = owner.StartsWith(BodyKey.StaticInitialiser, StringComparison.Ordinal);
        if (isStatic || owner.StartsWith(BodyKey.InstanceInitialiser, StringComparison.Ordinal))
        {
            var plain = owner.Substring(isStatic ? BodyKey.StaticInitialiser.Length : BodyKey.InstanceInitialiser.Length);
            var type = AtHome(SymbolOf(plain), plain) as INamedTypeSymbol;
            return type is null ? Nothing : ToMember(type, Reader.ReadInitialisers(type, isStatic, owner, cancellation));
        }

        if (AtHome(SymbolOf(owner), owner) is not IMethodSymbol method) return Nothing;
        // Of a partial member, the part with the body is read.
        method = method.PartialImplementationPart ?? method;
        return ToMember(method, Reader.Read(method, owner, cancellation));
    }

    /// <summary>
    /// The symbol as the project sees it that declares it. A project with other references has copies of it, which are equal to nothing
    /// that its bodies name.
    /// </summary>
    private ISymbol? AtHome(ISymbol? symbol, string key)
    {
        if (symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree is not { } tree || models.ForeignOwnerOf(tree) is not { } home
            || SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, home.Assembly)) return symbol;
        foreach (var declared in DocumentationCommentId.GetSymbolsForDeclarationId(key.Substring(key.IndexOf('|') + 1), home))
            if (SymbolEqualityComparer.Default.Equals(declared.ContainingAssembly, home.Assembly)) return declared;
        return symbol;
    }

    private static readonly MemberSummaries Nothing = new(null, []);

    private static MemberSummaries ToMember(ISymbol owner, IReadOnlyList<BodySummary> bodies) =>
        new(bodies.Count > 0 ? bodies[0].Tree : owner.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree, bodies)
        {
            // A method is read from one place; the initialisers of a type from all of its parts.
            Parts = owner is INamedTypeSymbol type ? TreesOf(type) : ImmutableArray<SyntaxTree>.Empty,
        };

    private IReadOnlyList<string> OverridesOf(string target)
    {
        if (Own.Overrides.TryGetValue(target, out var known)) return known;
        var found = SymbolOf(BodyKey.NamedBy(target)) is not IMethodSymbol method ? []
            : BodyKey.ContractOf(target) is not { } contract ? _implementations.Of(method, BodyKey.ConstructionOf(target), this)
            : SymbolOf(contract) is INamedTypeSymbol type ? _implementations.Below(method, type, this) : [];
        return Own.Overrides.GetOrAdd(target, found);
    }

    private IReadOnlyList<string> FunctionsIn(string target, CancellationToken cancellation)
    {
        if (_targets.TryGetValue(target, out var known)) return known;
        if (!Own.Fields.TryGetValue(target, out var stored) || !stored.Trees.All(models.Has))
        {
            stored = SymbolOf(target.Substring(BodyKey.Field.Length))
                is { Kind: SymbolKind.Field or SymbolKind.Property or SymbolKind.Event } holder
                ? (TreesOf(holder.ContainingType), DelegateFields.TargetsOf(holder, models, cancellation))
                : (ImmutableArray<SyntaxTree>.Empty, []);
            Own.Fields[target] = stored;
        }

        return _targets.GetOrAdd(target, stored.Targets);
    }

    private static ImmutableArray<SyntaxTree> TreesOf(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Select(static part => part.SyntaxTree).Distinct().ToImmutableArray();
}
