using System.Security.Cryptography;
using System.Text;
using Quintet.Analyzers.Catalogue;
using Quintet.BuildTasks.Caching;
using Quintet.BuildTasks.Inference;
using Quintet.BuildTasks.Reading;

namespace Quintet.BuildTasks;

/// <summary>What the assemblies that a project refers to do, as lines of the catalogue's format.</summary>
internal sealed class ReferenceEffects(EffectCache cache)
{
    /// <summary>Changes when the same assembly would be described otherwise.</summary>
    private static readonly string Format = "1-" + typeof(ReferenceEffects).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    /// <summary>How many assemblies were read, and not found in the cache.</summary>
    public int Read { get; private set; }

    /// <summary>How many methods and accessors of the assemblies that were read others can call.</summary>
    public int VisibleMembers { get; private set; }

    /// <summary>Files that hold no managed code or none that can be read, in the order in which they were given.</summary>
    public List<string> Unreadable { get; } = [];

    /// <summary>The lines of all assemblies, those that others refer to first, without the shared frameworks.</summary>
    /// <param name="implementations">The assemblies with bodies.</param>
    /// <param name="reader">Who is compiled against them: what is internal is told to friends only; null for anybody.</param>
    public IReadOnlyList<string> LinesOf(IEnumerable<string> implementations, string? reader = null)
    {
        var headers = new Dictionary<string, Header>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in implementations)
            if (HeaderOf(path) is { } header && !headers.ContainsKey(header.Name)) headers.Add(header.Name, header);
        var knowledge = new Lazy<Knowledge>(Knowledge.OfCatalogue);
        var keys = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var (all, told) = (new List<string>(), new List<string>());
        var parsed = 0;
        foreach (var header in Ordered(headers))
        {
            var key = KeyOf(header, keys);
            keys.Add(header.Name, key);
            var lines = cache.Find(header.Name, key);
            if (lines is null)
            {
                // What was found in the cache is only parsed when a body has to be judged by it.
                for (; parsed < all.Count; parsed++) knowledge.Value.Add(CatalogueFile.Read(all[parsed]));
                lines = ReadLines(header, knowledge.Value);
                cache.Keep(header.Name, key, lines);
            }

            all.AddRange(lines);
            told.AddRange(EffectLines.SeenBy(reader, lines));
        }

        return told;
    }

    private string[] ReadLines(Header header, Knowledge knowledge)
    {
        Read++;
        using var stream = Open(header.Path);
        if (stream is null || AssemblyReader.Read(stream) is not { } facts) return [];
        VisibleMembers += facts.Methods.Count(static method => method.IsVisible);
        return [.. EffectLines.Of(facts, knowledge)];
    }

    private Header? HeaderOf(string path)
    {
        using var stream = Open(path);
        if (stream is not null && AssemblyReader.ReadHeader(stream) is { } facts)
            return IsFramework(facts.Name) ? null : new Header(facts.Name, path, facts.Version, facts.References);
        Unreadable.Add(path);
        return null;
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
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
    private static List<Header> Ordered(Dictionary<string, Header> headers)
    {
        var ordered = new List<Header>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in headers.Keys.OrderBy(static name => name, StringComparer.Ordinal)) Visit(name);
        return ordered;

        void Visit(string name)
        {
            if (!headers.TryGetValue(name, out var header) || !seen.Add(name)) return;
            foreach (var reference in header.References.OrderBy(static reference => reference, StringComparer.Ordinal)) Visit(reference);
            ordered.Add(header);
        }
    }

    private static string KeyOf(Header header, Dictionary<string, string> keys)
    {
        var text = new StringBuilder(Format).Append('|').Append(header.Version.ToString("N"));
        foreach (var reference in header.References.OrderBy(static reference => reference, StringComparer.Ordinal))
            if (keys.TryGetValue(reference, out var key)) text.Append('|').Append(key);
        using var hash = SHA256.Create();
        return BitConverter.ToString(hash.ComputeHash(Encoding.UTF8.GetBytes(text.ToString())), 0, 12).Replace("-", "").ToLowerInvariant();
    }

    private sealed record Header(string Name, string Path, Guid Version, IReadOnlyList<string> References);
}
