using System.Runtime.CompilerServices;
using Quintet.Analyzers.Catalogue;
using Quintet.BuildTasks.Reading;

namespace Quintet.BuildTasks.Inference;

/// <summary>
/// What is known of members whose bodies are not read here: the catalogue's lines, then those of the assemblies that the one which is read
/// refers to. Each assembly that is read has an instance of its own, which is used by one thread.
/// </summary>
/// <param name="pages">Lines by the member that they speak of; nobody changes them any more.</param>
internal sealed class Knowledge(IReadOnlyList<KnowledgePage> pages)
{
    private readonly Dictionary<string, IReadOnlyList<ApiEntry>> _about = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _speaksOf = new(StringComparer.Ordinal);

    /// <summary>The lines of the catalogue that ships with the analyzers.</summary>
    public static KnowledgePage OfCatalogue()
    {
        var assembly = typeof(Knowledge).Assembly;
        var lines = new List<ApiEntry>();
        foreach (var name in assembly.GetManifestResourceNames().OrderBy(static name => name, StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            lines.AddRange(CatalogueFile.Read(reader.ReadToEnd()));
        }

        return new KnowledgePage(lines);
    }

    /// <summary>The lines about a member: with its parameters, or for all overloads; a property's for its accessors.</summary>
    public IReadOnlyList<ApiEntry> About(string id)
    {
        if (!_about.TryGetValue(id, out var said)) _about.Add(id, said = Find(id));
        return said;
    }

    /// <summary>Whether a call of some member of a type may do something to its caller.</summary>
    [MethodImpl(Speed.Hot)]
    public bool HasEffects(string type)
    {
        // The members of a type are asked for one after the other, and an assembly may stand on thirty others.
        if (!_speaksOf.TryGetValue(type, out var known)) _speaksOf.Add(type, known = AnySpeaksOf(type));
        return known;
    }

    /// <summary>Whether a call of a member may do something to its caller that is worth telling of.</summary>
    public bool HasEffect(string id)
    {
        foreach (var entry in About(id))
        {
            if (entry.Verb == ApiVerb.Quiet) return false;
            if (entry.Verb is ApiVerb.Blocks or ApiVerb.Burns && !(entry.Brief && entry.IsPossible)
                && CallJudge.MayHold(entry, id)) return true;
        }

        return false;
    }

    /// <summary>Whether objects of a type live in memory.</summary>
    public bool IsInMemory(string type) => Lines("T:" + type).Exists(static entry => entry.Verb == ApiVerb.InMemory);

    [MethodImpl(Speed.Hot)]
    private IReadOnlyList<ApiEntry> Find(string id)
    {
        foreach (var spelling in Spellings(id))
        {
            var list = Lines(spelling);
            // A line that was read from the body of Load() says nothing about Load(int); one that somebody wrote does.
            if (list.Count > 0 && IsOfOverloads(id, spelling)) list = list.FindAll(static entry => entry.Via.Count == 0);
            if (list.Count > 0) return list;
        }

        return [];
    }

    private bool AnySpeaksOf(string type)
    {
        foreach (var page in pages)
            if (page.SpeaksOf(type)) return true;
        return false;
    }

    private List<ApiEntry> Lines(string spelling)
    {
        List<ApiEntry>? found = null;
        foreach (var page in pages)
        {
            if (page.About(spelling) is not { } list) continue;
            found = found is null ? list : [.. found, .. list];
        }

        return found ?? [];
    }

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
