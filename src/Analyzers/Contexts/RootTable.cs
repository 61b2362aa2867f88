using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;

namespace Quintet.Analyzers.Contexts;

/// <summary>The catalogue's root lines, ordered so that a type or an attribute finds its own without any search.</summary>
/// <remarks>Free of symbols: one table serves every compilation that uses the same catalogue.</remarks>
internal sealed class RootTable
{
    private static readonly ConditionalWeakTable<ApiCatalogue, RootTable> Tables = new();

    private readonly Dictionary<string, List<ApiEntry>> _byType = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ApiEntry>> _attributes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ApiEntry>> _attributeNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _typeNames = new(StringComparer.Ordinal);

    private RootTable(ApiCatalogue catalogue)
    {
        foreach (var entry in catalogue.Roots)
        {
            if (entry.By != RootSelector.Attribute)
            {
                AddTo(_byType, OwningTypeId(entry.Id), entry);
                continue;
            }

            AddTo(_attributes, entry.Id, entry);
            AddTo(_attributeNames, SimpleName(entry.Id), entry);
        }

        foreach (var id in _byType.Keys) _typeNames.Add(SimpleName(id));
    }

    public static RootTable Of(ApiCatalogue catalogue) => Tables.GetValue(catalogue, static c => new RootTable(c));

    /// <summary>Lines about a type or one of its members, written for the type's definition.</summary>
    public IReadOnlyList<ApiEntry> OfType(INamedTypeSymbol type)
    {
        // Names first: spelling a documentation id for every base type of a solution would cost more than all else here.
        if (!_typeNames.Contains(type.Name)) return [];
        var id = DocumentationCommentId.CreateDeclarationId(type.OriginalDefinition);
        return id is not null && _byType.TryGetValue(id, out var entries) ? entries : [];
    }

    /// <summary>Lines about an attribute class: by its full name or that of a base, or by a bare name that the line gives.</summary>
    public IEnumerable<ApiEntry> OfAttribute(INamedTypeSymbol attribute)
    {
        // An attribute whose package is missing is known by its name alone. Better a test too many than a wrong warning in one.
        if (attribute.TypeKind == TypeKind.Error)
            return Named(_attributeNames, attribute.Name).Concat(Named(_attributeNames, attribute.Name + "Attribute"));

        var found = Enumerable.Empty<ApiEntry>();
        for (var current = attribute; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            if (!_attributeNames.ContainsKey(current.Name)) continue;
            found = found.Concat(Named(_attributes, DocumentationCommentId.CreateDeclarationId(current.OriginalDefinition) ?? ""));
            if (current.ContainingNamespace is { IsGlobalNamespace: false }) found = found.Concat(Named(_attributes, "T:" + current.Name));
        }

        return found;
    }

    private static IEnumerable<ApiEntry> Named(Dictionary<string, List<ApiEntry>> table, string key) =>
        table.TryGetValue(key, out var entries) ? entries : [];

    private static void AddTo(Dictionary<string, List<ApiEntry>> table, string key, ApiEntry entry)
    {
        if (!table.TryGetValue(key, out var list)) table.Add(key, list = []);
        list.Add(entry);
    }

    private static string OwningTypeId(string id)
    {
        if (id[0] == 'T') return id;
        var plain = ApiCatalogue.WithoutParameters(id);
        return "T:" + plain.Substring(2, Math.Max(plain.LastIndexOf('.') - 2, 0));
    }

    private static string SimpleName(string typeId)
    {
        var name = typeId.Substring(Math.Max(typeId.LastIndexOf('.'), typeId.IndexOf(':')) + 1);
        var arity = name.IndexOf('`');
        return arity < 0 ? name : name.Substring(0, arity);
    }
}
