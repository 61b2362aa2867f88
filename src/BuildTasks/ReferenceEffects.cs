using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Quintet.Analyzers.Catalogue;
using Quintet.BuildTasks.Caching;
using Quintet.BuildTasks.Inference;
using Quintet.BuildTasks.Reading;

namespace Quintet.BuildTasks;

/// <summary>What the assemblies that a project refers to do, as lines of the catalogue's format.</summary>
/// <param name="cache">What was read before.</param>
/// <param name="process">Who reads where there is much to read; null for nobody but this process.</param>
internal sealed class ReferenceEffects(EffectCache cache, ReaderProcess? process = null)
{
    /// <summary>Changes when the same assembly would be described otherwise.</summary>
    private static readonly string Format = "1-" + typeof(ReferenceEffects).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    private readonly Lazy<KnowledgePage> _catalogue = new(Knowledge.OfCatalogue);
    private int _read;
    private int _visibleMembers;

    /// <summary>How many assemblies were read here, and not found in the cache.</summary>
    public int Read => _read;

    /// <summary>How many methods and accessors of the assemblies that were read others can call.</summary>
    public int VisibleMembers => _visibleMembers;

    /// <summary>Files that hold no managed code or none that can be read, as a rule in the order in which they were given.</summary>
    public List<string> Unreadable { get; } = [];

    /// <summary>A file is there that somebody holds, or that is closed to us: another build may see what is in it.</summary>
    public bool IsAnyClosed { get; private set; }

    /// <summary>The lines of all assemblies, those that others refer to first, without the shared frameworks.</summary>
    /// <param name="implementations">The assemblies with bodies.</param>
    /// <param name="reader">Who is compiled against them: what is internal is told to friends only; null for anybody.</param>
    public IReadOnlyList<string> LinesOf(IEnumerable<string> implementations, string? reader = null)
    {
        var text = new MemoryStream();
        Write(text, implementations, reader);
        return EffectText.LinesOf(text.ToArray());
    }

    /// <summary>Writes the lines of all assemblies as <see cref="LinesOf"/> gives them, and gives their number.</summary>
    public int Write(Stream text, IEnumerable<string> implementations, string? reader)
    {
        string[] paths = [.. implementations];
        var found = new Dictionary<string, Reference>(StringComparer.OrdinalIgnoreCase);
        foreach (var reference in Headers(paths))
            if (reference is not null && !found.ContainsKey(reference.Name)) found.Add(reference.Name, reference);
        var ordered = Ordered(found);
        var unknown = new List<Reference>();
        foreach (var reference in ordered)
        {
            reference.Key = KeyOf(reference);
            if (!IsKept(reference)) unknown.Add(reference);
        }

        if (unknown.Count > 0 && process?.Read(paths, unknown.Sum(static reference => reference.Length)) == true)
            unknown.RemoveAll(IsKept);
        ReadAll(unknown);
        var count = 0;
        foreach (var reference in ordered)
        {
            foreach (var (start, end, lines) in EffectLines.SeenBy(reader, reference.Text))
            {
                text.Write(reference.Text, start, end - start);
                count += lines;
            }
        }

        return count;
    }

    private bool IsKept(Reference reference)
    {
        if (cache.Find(reference.Name, reference.Key) is not { } kept) return false;
        reference.Text = kept;
        return true;
    }

    private void ReadAll(List<Reference> unknown)
    {
        if (unknown.Count == 0) return;
        // Those of one level know nothing of each other; the largest first, so that none is left over at the end.
        foreach (var level in unknown.GroupBy(static reference => reference.Level).OrderBy(static level => level.Key))
            Together(level.OrderByDescending(static reference => reference.Length), Tell);
    }

    private void Tell(Reference reference)
    {
        // What was found in the cache is only parsed when a body has to be judged by it.
        var knowledge = new Knowledge([_catalogue.Value, .. reference.Below.Where(static below => below.Text.Length > 0)
            .Select(static below => below.Page)]);
        // Of a file that somebody holds just now nothing is known, and nothing is kept.
        if (TextOf(reference, knowledge) is not { } text)
        {
            lock (Unreadable) Unreadable.Add(reference.Path);
            return;
        }

        reference.Text = text;
        cache.Keep(reference.Name, reference.Key, text);
    }

    private byte[]? TextOf(Reference reference, Knowledge knowledge)
    {
        Interlocked.Increment(ref _read);
        using var stream = Open(reference.Path);
        if (stream is null) return null;
        return AssemblyReader.Read(stream, new KnownMembers(knowledge.HasEffects, knowledge.HasEffect), facts =>
        {
            Interlocked.Add(ref _visibleMembers, facts.Visible);
            return EffectText.Of(EffectLines.Of(facts, knowledge));
        }) ?? [];
    }

    /// <summary>The references in the order in which they were given, without what is not read.</summary>
    private List<Reference?> Headers(string[] paths)
    {
        var found = new AssemblyFacts?[paths.Length];
        var (index, unknown) = Known(paths, found);
        // Then nobody reads them twice.
        if (unknown.Count > 0 && process?.Read(paths, unknown.Sum(at => LengthToRead(paths[at]))) == true)
            (index, unknown) = Known(paths, found);
        if (unknown.Count > 0) ReadHeaders(paths, found, unknown, index);
        var references = new List<Reference?>(paths.Length);
        for (var i = 0; i < paths.Length; i++)
        {
            if (found[i] is null) Unreadable.Add(paths[i]);
            references.Add(found[i] is not { } header || IsFramework(header.Name) ? null : new Reference(paths[i], header));
        }

        return references;
    }

    private (HeaderIndex Index, List<int> Unknown) Known(string[] paths, AssemblyFacts?[] found)
    {
        var index = new HeaderIndex(cache.Folder, Format);
        var unknown = new List<int>();
        for (var i = 0; i < paths.Length; i++)
            if ((found[i] = index.Find(paths[i])) is null) unknown.Add(i);
        return (index, unknown);
    }

    private void ReadHeaders(string[] paths, AssemblyFacts?[] found, List<int> unknown, HeaderIndex index)
    {
        Together(unknown, at =>
        {
            using var stream = Open(paths[at]);
            found[at] = stream is null ? null : AssemblyReader.ReadHeader(stream);
        });
        foreach (var at in unknown)
            if (found[at] is { } header) index.Enter(paths[at], header);
        index.Save();
    }

    /// <summary>On all processors: a build that reads references waits for them, and each is read for itself.</summary>
    private static void Together<T>(IEnumerable<T> all, Action<T> act) =>
        Parallel.ForEach(Partitioner.Create(all, EnumerablePartitionerOptions.NoBuffering), act);

    /// <summary>As far as the name of a file tells; what is no matter is read as far as its header only.</summary>
    private static long LengthToRead(string path)
    {
        try
        {
            return !IsFramework(Path.GetFileNameWithoutExtension(path)) && new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        }
        catch (Exception missing) when (EffectCache.IsOfFiles(missing))
        {
            return 0;
        }
    }

    private FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            if (File.Exists(path)) IsAnyClosed = true;
            return null;
        }
    }

    /// <summary>The catalogue, curated by hand, speaks for these.</summary>
    private static bool IsFramework(string name) =>
        name is "mscorlib" or "netstandard" or "System" or "WindowsBase" or "PresentationCore" or "PresentationFramework" or "Quintet"
        || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal)
        || name is "Microsoft.CSharp" or "Microsoft.VisualBasic" or "Microsoft.VisualBasic.Core";

    /// <summary>Dependencies before those who refer to them; by name where nothing else decides.</summary>
    private static List<Reference> Ordered(Dictionary<string, Reference> found)
    {
        var ordered = new List<Reference>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var placed = new HashSet<Reference>();
        foreach (var name in found.Keys.OrderBy(static name => name, StringComparer.Ordinal)) Visit(name);
        return ordered;

        void Visit(string name)
        {
            if (!found.TryGetValue(name, out var reference) || !seen.Add(name)) return;
            foreach (var other in reference.References.OrderBy(static other => other, StringComparer.Ordinal)) Visit(other);
            // Of those that refer to each other in a circle, only who comes first is known to the others.
            reference.Direct = [.. reference.References.OrderBy(static other => other, StringComparer.Ordinal)
                .Select(other => found.TryGetValue(other, out var known) ? known : null).OfType<Reference>().Where(placed.Contains)
                .Distinct()];
            ordered.Add(reference);
            placed.Add(reference);
        }
    }

    private static string KeyOf(Reference reference)
    {
        var words = new StringBuilder(Format).Append('|').Append(reference.Version.ToString("N"));
        foreach (var other in reference.Direct) words.Append('|').Append(other.Key);
        var text = words.ToString();
        // Nobody has to be kept from making two that are alike: who gives an assembly to a build gives it tasks, too. A cryptographic hash
        // would be dearer than all else here, as its library has to be loaded first.
        const ulong Prime = 1099511628211;
        var (first, second) = (14695981039346656037UL, 0x9E3779B97F4A7C15UL);
        for (var i = 0; i < text.Length; i++)
        {
            first = (first ^ text[i]) * Prime;
            second = (second + text[i]) * Prime ^ second >> 29;
        }

        return first.ToString("x16", CultureInfo.InvariantCulture) + second.ToString("x16", CultureInfo.InvariantCulture);
    }

    private sealed class Reference(string path, AssemblyFacts header)
    {
        private IReadOnlyList<Reference> _direct = [];
        private IReadOnlyList<Reference>? _below;
        private KnowledgePage? _page;

        public string Path { get; } = path;

        public string Name { get; } = header.Name;

        public Guid Version { get; } = header.Version;

        public long Length { get; } = header.Length;

        public IReadOnlyList<string> References { get; } = header.References;

        /// <summary>The assemblies among the others that this one refers to.</summary>
        public IReadOnlyList<Reference> Direct
        {
            get => _direct;
            set
            {
                _direct = value;
                Level = value.Count == 0 ? 0 : 1 + value.Max(static other => other.Level);
            }
        }

        /// <summary>All assemblies whose members this one may name, also those that another one hands on.</summary>
        /// <remarks>Only asked for where somebody is read; several who ask at once are told the same.</remarks>
        public IReadOnlyList<Reference> Below => _below ??= [.. Direct.SelectMany(static other => other.Below).Concat(Direct).Distinct()];

        /// <summary>How many must be known one after the other before this one.</summary>
        public int Level { get; private set; }

        public string Key { get; set; } = "";

        /// <summary>Its lines, as they are kept.</summary>
        public byte[] Text { get; set; } = [];

        public KnowledgePage Page => LazyInitializer.EnsureInitialized(
            ref _page, () => new KnowledgePage(EffectText.LinesOf(Text).SelectMany(static line => CatalogueFile.Read(line))))!;
    }
}
