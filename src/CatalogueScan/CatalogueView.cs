using Quintet.Analyzers.Catalogue;

namespace Quintet.CatalogueScan;

/// <summary>What the catalogue says already, by name: the scan has no symbols to ask with.</summary>
internal sealed class CatalogueView
{
    private readonly ILookup<string, ApiEntry> _entries;

    private CatalogueView(IEnumerable<ApiEntry> entries) =>
        _entries = entries.ToLookup(static entry => ApiCatalogue.WithoutParameters(entry.Id), StringComparer.Ordinal);

    public static CatalogueView Load() => new(ApiCatalogue.Default.All);

    /// <summary>"listed", "quiet" or "new".</summary>
    public string StateOf(ScannedMethod method)
    {
        var entries = _entries[ApiCatalogue.WithoutParameters(method.Id)].Concat(_entries[PropertyId(method)]);
        var verbs = entries.Select(static entry => entry.Verb).ToHashSet();
        if (verbs.Contains(ApiVerb.Blocks) || verbs.Contains(ApiVerb.Burns)) return "listed";
        return verbs.Contains(ApiVerb.Quiet) ? "quiet" : "new";
    }

    /// <summary>Accessors are listed as their property.</summary>
    private static string PropertyId(ScannedMethod method) =>
        method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal)
            ? $"P:{method.Type}.{method.Name[4..]}"
            : "";
}
