using Quintet.Analyzers.Catalogue;

namespace Quintet.Tests.Catalogue;

/// <summary>The catalogue's own files, line by line, as they are embedded in the analyzer.</summary>
internal static class CatalogueLines
{
    private const string Prefix = "Quintet.Catalogue.";

    public static IReadOnlyDictionary<string, string> Files { get; } = ReadFiles();

    public static IReadOnlyList<ApiEntry> Entries { get; } = [.. Files.Values.SelectMany(static text => CatalogueFile.Read(text))];

    private static Dictionary<string, string> ReadFiles()
    {
        var assembly = typeof(ApiCatalogue).Assembly;
        var files = new Dictionary<string, string>();
        foreach (var name in assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            files.Add(name[Prefix.Length..], reader.ReadToEnd());
        }

        return files;
    }
}
