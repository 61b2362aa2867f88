using Quintet.Analyzers.Catalogue;

namespace Quintet.BuildTasks.Inference;

/// <summary>Lines by the member that they speak of; nobody changes them any more.</summary>
internal sealed class KnowledgePage
{
    private readonly Dictionary<string, List<ApiEntry>> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    public KnowledgePage(IEnumerable<ApiEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (!_entries.TryGetValue(entry.Id, out var list)) _entries.Add(entry.Id, list = []);
            list.Add(entry);
            if (entry.Verb is ApiVerb.Blocks or ApiVerb.Burns) _types.Add(TypeOf(entry.Id));
        }
    }

    /// <summary>The lines about what is spelled so; null for none.</summary>
    public List<ApiEntry>? About(string spelling) => _entries.TryGetValue(spelling, out var list) ? list : null;

    /// <summary>Whether some line says what a member of a type does.</summary>
    public bool SpeaksOf(string type) => _types.Contains(type);

    private static string TypeOf(string id)
    {
        var end = id.IndexOf('(');
        var dot = id.LastIndexOf('.', end < 0 ? id.Length - 1 : end);
        return dot < 2 ? "" : id.Substring(2, dot - 2);
    }
}
