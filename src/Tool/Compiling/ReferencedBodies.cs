extern alias buildtasks;

using buildtasks::Quintet.BuildTasks;
using buildtasks::Quintet.BuildTasks.Caching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Quintet.Tool.Loading;

namespace Quintet.Tool.Compiling;

/// <summary>
/// What the packages of a checked project do, read from their compiled bodies, as the build does it for a project that has our package.
/// Projects of the solution are not read: their source is at hand.
/// </summary>
internal sealed class ReferencedBodies(TemporaryFolder temporary)
{
    private const string FileName = "quintet.effects.quintet.txt";

    private readonly EffectCache _cache = new(temporary.File("effects"));
    private readonly Dictionary<string, AdditionalText> _texts = new(StringComparer.Ordinal);

    /// <summary>The file for a set of references; the same for the same set, so that what was computed from it is used again.</summary>
    public AdditionalText? Of(string? reader, IEnumerable<string> references, IEnumerable<AdditionalText> given)
    {
        if (given.Any(static file => file.Path.EndsWith("effects.quintet.txt", StringComparison.OrdinalIgnoreCase))) return null;
        var bodies = references.Where(static path => !IsFramework(path)).Select(PackageLayout.ImplementationOf);
        var lines = new ReferenceEffects(_cache).LinesOf(bodies, reader);
        if (lines.Count == 0) return null;
        var text = string.Join('\n', lines);
        if (!_texts.TryGetValue(text, out var file)) _texts.Add(text, file = new Text(SourceText.From(text)));
        return file;
    }

    private static bool IsFramework(string path) =>
        path.Contains($"{Path.DirectorySeparatorChar}packs{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private sealed class Text(SourceText text) : AdditionalText
    {
        public override string Path => FileName;

        public override SourceText GetText(CancellationToken cancellationToken = default) => text;
    }
}
