using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

/// <summary>Which bodies a virtual or interface call may reach in the source that is seen here.</summary>
internal sealed class Implementations(SourceModels models)
{
    private readonly Lazy<Dictionary<ISymbol, List<INamedTypeSymbol>>> _below = new(() => TypesBelow(models.Compilation));
    private readonly ConcurrentDictionary<INamedTypeSymbol, string?> _constructions = new(SymbolEqualityComparer.Default);

    /// <param name="method">The method that is called.</param>
    /// <param name="construction">The constructed type that it is called on, or null when any will do.</param>
    /// <param name="source">Where the bodies are.</param>
    public IReadOnlyList<string> Of(IMethodSymbol method, string? construction, SummarySource source)
    {
        var search = new Search(method, construction, this, source);
        var isContract = method.ContainingType.TypeKind == TypeKind.Interface;
        if (!method.IsAbstract && !isContract) search.Add(method);
        if (!_below.Value.TryGetValue(method.ContainingType.OriginalDefinition, out var types)) return search.Keys;
        foreach (var type in types)
        {
            if (isContract) search.AddImplementation(type);
            else search.AddOverride(type);
        }

        return search.Keys;
    }

    /// <param name="method">The method that is called.</param>
    /// <param name="contract">The contract that has it from another one.</param>
    /// <param name="source">Where the bodies are.</param>
    public IReadOnlyList<string> Below(IMethodSymbol method, INamedTypeSymbol contract, SummarySource source)
    {
        var search = new Search(method, null, this, source);
        if (_below.Value.TryGetValue(contract.OriginalDefinition, out var types))
            foreach (var type in types) search.AddImplementation(type);
        return search.Keys;
    }

    /// <summary>The body that a call runs for an object whose class is known; null where none is seen.</summary>
    public static IMethodSymbol? In(INamedTypeSymbol made, IMethodSymbol called)
    {
        if (called.ContainingType.TypeKind == TypeKind.Interface)
            return (made.FindImplementationForInterfaceMember(called) as IMethodSymbol)?.OriginalDefinition;
        var definition = called.OriginalDefinition;
        for (var type = made; type is not null; type = type.BaseType)
        {
            foreach (var candidate in type.GetMembers(called.Name).OfType<IMethodSymbol>())
            {
                if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, definition) || Overrides(candidate, definition))
                    return candidate.OriginalDefinition;
            }
        }

        return null;
    }

    /// <summary>There are types below, or nobody can say.</summary>
    private bool MayBeAbove(ITypeSymbol type) => !type.IsSealed && !type.IsValueType
        && (type.TypeKind != TypeKind.Class || !SourceModels.HasSource(type) || _below.Value.ContainsKey(type.OriginalDefinition));

    private static IEnumerable<INamedTypeSymbol> Ancestors(INamedTypeSymbol type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType) yield return ancestor;
    }

    private static bool Overrides(IMethodSymbol candidate, IMethodSymbol definition)
    {
        for (var overridden = candidate.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, definition)) return true;
        return false;
    }

    /// <summary>For each interface and class: the classes and structs that implement or extend it, in source.</summary>
    private static Dictionary<ISymbol, List<INamedTypeSymbol>> TypesBelow(Compilation compilation)
    {
        var below = new Dictionary<ISymbol, List<INamedTypeSymbol>>(SymbolEqualityComparer.Default);
        var pending = new Stack<INamespaceOrTypeSymbol>([compilation.Assembly.GlobalNamespace]);
        foreach (var reference in compilation.References.OfType<CompilationReference>())
            if (compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly) pending.Push(assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            foreach (var child in pending.Pop().GetMembers())
            {
                if (child is not INamespaceOrTypeSymbol container) continue;
                pending.Push(container);
                if (container is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type) continue;
                foreach (var contract in type.AllInterfaces) Add(contract, type);
                for (var ancestor = type.BaseType; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType)
                    Add(ancestor, type);
            }
        }

        return below;

        void Add(INamedTypeSymbol above, INamedTypeSymbol type)
        {
            if (!SourceModels.HasSource(above)) return;
            if (!below.TryGetValue(above.OriginalDefinition, out var types)) below.Add(above.OriginalDefinition, types = []);
            types.Add(type);
        }
    }

    /// <summary>The bodies that a call of one method may run.</summary>
    private sealed class Search(
        IMethodSymbol method, string? construction, Implementations all, SummarySource source)
    {
        public List<string> Keys { get; } = [];

        public void Add(IMethodSymbol found)
        {
            if (found.IsAbstract || !SourceModels.HasSource(found.OriginalDefinition) || BodyKey.Of(found) is not { } key
                || Keys.Contains(key)) return;
            source.Remember(key, found.OriginalDefinition);
            Keys.Add(key);
        }

        public void AddImplementation(INamedTypeSymbol type)
        {
            foreach (var contract in type.AllInterfaces)
            {
                if (!IsCalled(contract)) continue;
                foreach (var candidate in contract.GetMembers(method.Name))
                {
                    if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method)
                        && type.FindImplementationForInterfaceMember(candidate) is IMethodSymbol found)
                        AddBelow(type, found);
                }
            }

            // An accessor is found through its property.
            if (method.AssociatedSymbol is IPropertySymbol && Keys.Count == 0) AddAccessor(type);
        }

        /// <summary>A base class may leave the member to those below it, or let them replace it.</summary>
        private void AddBelow(INamedTypeSymbol type, IMethodSymbol found) =>
            Add(found.IsAbstract || found.IsVirtual || found.IsOverride ? In(type, found) ?? found : found);

        private void AddAccessor(INamedTypeSymbol type)
        {
            foreach (var contract in type.AllInterfaces)
            {
                if (!IsCalled(contract)) continue;
                foreach (var candidate in contract.GetMembers(method.AssociatedSymbol!.Name).OfType<IPropertySymbol>())
                {
                    if (type.FindImplementationForInterfaceMember(candidate) is not IPropertySymbol found) continue;
                    if ((method.MethodKind == MethodKind.PropertyGet ? found.GetMethod : found.SetMethod) is { } accessor)
                        AddBelow(type, accessor);
                }
            }
        }

        private bool IsCalled(INamedTypeSymbol above) =>
            SymbolEqualityComparer.Default.Equals(above.OriginalDefinition, method.ContainingType.OriginalDefinition)
            && (construction is null || all._constructions.GetOrAdd(above, Construction.Of) is not { } built || built == construction
                || Construction.Takes(above).Any(all.MayBeAbove));

        public void AddOverride(INamedTypeSymbol type)
        {
            if (construction is not null && !Ancestors(type).Any(IsCalled)) return;
            foreach (var candidate in type.GetMembers(method.Name).OfType<IMethodSymbol>())
                if (Overrides(candidate, method)) Add(candidate);
        }
    }
}
