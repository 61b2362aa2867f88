using Quintet.Analyzers.Catalogue;

namespace Quintet.BuildTasks.Inference;

/// <summary>What is known of members whose bodies are not read here: the catalogue's lines, then those of assemblies read before.</summary>
internal sealed class Knowledge
{
    private readonly Dictionary<string, List<ApiEntry>> _entries = new(StringComparer.Ordinal);

    private Knowledge()
    {
    }

    /// <summary>The catalogue that ships with the analyzers.</summary>
    public static Knowledge OfCatalogue()
    {
        var knowledge = new Knowledge();
        var assembly = typeof(Knowledge).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().OrderBy(static name => name, StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            knowledge.Add(CatalogueFile.Read(reader.ReadToEnd()));
        }

        return knowledge;
    }

    public void Add(IEnumerable<ApiEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (!_entries.TryGetValue(entry.Id, out var list)) _entries.Add(entry.Id, list = []);
            list.Add(entry);
        }
    }

    /// <summary>The lines about a member: with its parameters, or for all overloads; a property's for its accessors.</summary>
    public IEnumerable<ApiEntry> About(string id)
    {
        foreach (var spelling in Spellings(id))
        {
            if (!_entries.TryGetValue(spelling, out var list)) continue;
            // A line that was read from the body of Load() says nothing about Load(int); one that somebody wrote does.
            var said = IsOfOverloads(id, spelling) ? list.FindAll(static entry => entry.Via.Count == 0) : list;
            if (said.Count > 0) return said;
        }

        return [];
    }

    /// <summary>Whether objects of a type live in memory.</summary>
    public bool IsInMemory(string type) =>
        _entries.TryGetValue("T:" + type, out var list) && list.Any(static entry => entry.Verb == ApiVerb.InMemory);

    private static bool IsOfOverloads(string id, string spelling) => spelling.Length < id.Length && spelling[0] == 'M';

    private static IEnumerable<string> Spellings(string id)
    {
        yield return id;
        var plain = WithoutParameters(id);
        yield return plain;
        var accessor = plain.LastIndexOf(".get_", StringComparison.Ordinal);
        if (accessor < 0) accessor = plain.LastIndexOf(".set_", StringComparison.Ordinal);
        if (accessor >= 0) yield return "P:" + plain.Substring(2, accessor - 1) + plain.Substring(accessor + 5);
    }

    private static string WithoutParameters(string id)
    {
        var open = id.IndexOf('(');
        var plain = open < 0 ? id : id.Substring(0, open);
        var arity = plain.IndexOf("``", StringComparison.Ordinal);
        return arity < 0 ? plain : plain.Substring(0, arity);
    }
}
