using Microsoft.CodeAnalysis;

namespace Quintet.Analyzers.Catalogue;

/// <summary>
/// What is known about APIs that have no source here: our own files, then a user's. The last line about a member wins,
/// so a user can correct ours.
/// </summary>
/// <remarks>
/// The called symbol is looked up in the table, never the table in the compilation: an absent framework costs nothing.
/// Immutable and free of symbols, so one instance serves every compilation that has the same user lines.
/// </remarks>
internal sealed class ApiCatalogue
{
    private static readonly Lazy<ApiCatalogue> BuiltIn = new(static () => new ApiCatalogue(ReadEmbedded()));

    private readonly Dictionary<string, EntryList> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _namesOfBodies = new(StringComparer.Ordinal);

    private ApiCatalogue(IEnumerable<ApiEntry> entries)
    {
        foreach (var entry in entries) Add(entry);
        Roots = [.. _entries.Values.SelectMany(static list => list.All).Where(static entry => entry.Verb == ApiVerb.Root)];
    }

    /// <summary>The catalogue that ships in the analyzer.</summary>
    public static ApiCatalogue Default => BuiltIn.Value;

    /// <summary>Every line that gives code a context.</summary>
    public IReadOnlyList<ApiEntry> Roots { get; }

    /// <summary>Whether a line about some member of this name was read from a compiled body.</summary>
    public bool IsReadFromBody(string name) => _namesOfBodies.Contains(name);

    public IEnumerable<ApiEntry> All => _entries.Values.SelectMany(static list => list.All);

    /// <summary>The default catalogue with a user's lines on top.</summary>
    public static ApiCatalogue With(IReadOnlyCollection<ApiEntry> userLines) =>
        userLines.Count == 0 ? Default : new ApiCatalogue(ReadEmbedded().Concat(userLines));

    /// <summary>
    /// The line of one verb for a member: its own, that of a member which it overrides, or that of its containing type.
    /// </summary>
    public ApiEntry? Find(ISymbol symbol, ApiVerb verb)
    {
        foreach (var entry in FindAll(symbol))
            if (entry.Verb == verb) return entry;
        return null;
    }

    /// <summary>
    /// All lines for a member; a line about the very member comes before one about its base or its type. A nearer line
    /// settles whether the member has a cost: <c>MemoryStream.Read</c> is quiet although it overrides <c>Stream.Read</c>.
    /// </summary>
    public IEnumerable<ApiEntry> FindAll(ISymbol symbol)
    {
        bool quiet = false, costly = false;
        foreach (var entry in FindCandidates(symbol))
        {
            if (entry.Verb == ApiVerb.Quiet)
            {
                if (costly) continue;
                quiet = true;
            }
            else if (entry.Verb is ApiVerb.Blocks or ApiVerb.Burns or ApiVerb.Sized)
            {
                if (quiet) continue;
                costly = true;
            }

            yield return entry;
        }
    }

    private IEnumerable<ApiEntry> FindCandidates(ISymbol symbol)
    {
        var definition = Definition(symbol);
        for (var current = definition; current is not null; current = Overridden(current))
        {
            if (_names.Contains(current.Name) && IdOf(current) is { } own)
            {
                var id = FileAbstractions.Real(own);
                var plain = WithoutParameters(id);
                // A line that was read from the body of Load() says nothing about Load(int); one that somebody wrote does.
                var overloads = plain.Length != id.Length && _entries.TryGetValue(plain, out var list)
                    ? list.All.Where(static entry => entry.Via.Count == 0).ToList() : [];
                if (_entries.TryGetValue(id, out var exact))
                {
                    // What somebody says of all overloads is said on purpose; a line that was read from a body gives way to it.
                    foreach (var entry in exact.All)
                    {
                        // And one that was read says nothing about an override, which was read itself.
                        if (entry.Via.Count == 0 || overloads.Count == 0 && ReferenceEquals(current, definition)) yield return entry;
                    }
                }

                foreach (var entry in overloads) yield return entry;
            }

            if (current is not ITypeSymbol && current.ContainingType is { } type && _names.Contains(type.Name)
                && DocumentationCommentId.CreateDeclarationId(type.OriginalDefinition) is { } typeId
                && _entries.TryGetValue(typeId, out var ofType))
            {
                foreach (var entry in ofType.All) yield return entry;
            }
        }
    }

    /// <summary>
    /// A symbol's documentation id as people and the compiler's XML files write it. Roslyn appends the return type of every
    /// method; documentation ids have it for conversions only.
    /// </summary>
    public static string? IdOf(ISymbol symbol)
    {
        var id = DocumentationCommentId.CreateDeclarationId(symbol);
        var tilde = id?.IndexOf('~') ?? -1;
        return tilde < 0 || symbol is IMethodSymbol { MethodKind: MethodKind.Conversion } ? id : id!.Substring(0, tilde);
    }

    /// <summary>A documentation id stripped of its parameter list and of a method's arity.</summary>
    public static string WithoutParameters(string id)
    {
        var open = id.IndexOf('(');
        var end = open < 0 ? id.IndexOf('~') : open;
        var plain = end < 0 ? id : id.Substring(0, end);
        var arity = plain.IndexOf("``", StringComparison.Ordinal);
        return arity < 0 ? plain : plain.Substring(0, arity);
    }

    private void Add(ApiEntry entry)
    {
        if (_entries.TryGetValue(entry.Id, out var list)) list.Add(entry);
        else _entries.Add(entry.Id, new EntryList(entry));
        _names.Add(NameOf(entry.Id));
        if (entry.Via.Count > 0) _namesOfBodies.Add(NameOf(entry.Id));
    }

    /// <summary>The symbol's metadata name as Roslyn spells it: <c>.ctor</c> for <c>#ctor</c>, no arity.</summary>
    private static string NameOf(string id)
    {
        var plain = WithoutParameters(id);
        var name = plain.Substring(Math.Max(plain.LastIndexOf('.'), plain.IndexOf(':')) + 1);
        var arity = name.IndexOf('`');
        if (arity >= 0) name = name.Substring(0, arity);
        return name switch { "#ctor" => ".ctor", "#cctor" => ".cctor", "Item" => "this[]", _ => name };
    }

    private static ISymbol Definition(ISymbol symbol) =>
        symbol is IMethodSymbol { ReducedFrom: { } reduced } ? reduced.OriginalDefinition : symbol.OriginalDefinition;

    private static ISymbol? Overridden(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method.OriginalDefinition,
        IPropertySymbol { OverriddenProperty: { } property } => property.OriginalDefinition,
        _ => null,
    };

    private static IEnumerable<ApiEntry> ReadEmbedded()
    {
        var assembly = typeof(ApiCatalogue).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().OrderBy(static name => name, StringComparer.Ordinal))
        {
            if (!name.StartsWith("Quintet.Catalogue.", StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            foreach (var entry in CatalogueFile.Read(reader.ReadToEnd())) yield return entry;
        }
    }

    /// <summary>The lines about one id: at most one of each verb and argument, the last one wins.</summary>
    private sealed class EntryList(ApiEntry first)
    {
        private readonly List<ApiEntry> _list = [first];

        public IEnumerable<ApiEntry> All => _list;

        public void Add(ApiEntry entry)
        {
            _list.RemoveAll(old =>
                old.Verb == entry.Verb && old.Argument == entry.Argument && old.By == entry.By || Contradicts(old, entry));
            _list.Add(entry);
        }

        private static bool Contradicts(ApiEntry old, ApiEntry entry) =>
            old.Verb == ApiVerb.Quiet && entry.Verb is ApiVerb.Blocks or ApiVerb.Burns
            || entry.Verb == ApiVerb.Quiet && old.Verb is ApiVerb.Blocks or ApiVerb.Burns or ApiVerb.Sized;
    }
}
