using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Effects;

namespace Quintet.Analyzers;

/// <summary>What the user told us about APIs: additional files named <c>*.quintet.txt</c>, and keys in <c>.editorconfig</c>.</summary>
internal sealed class UserLines
{
    private const string FileSuffix = ".quintet.txt";

    private static readonly ImmutableDictionary<string, Effects.Declared> Keys = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        new KeyValuePair<string, Effects.Declared>("quintet.blocking", Effects.Declared.Blocking),
        new KeyValuePair<string, Effects.Declared>("quintet.non_blocking", Effects.Declared.NonBlocking),
        new KeyValuePair<string, Effects.Declared>("quintet.cpu_bound", Effects.Declared.CpuBound),
    ]);

    /// <summary>What the build read from references; a user's own lines come after it, and the last line about a member wins.</summary>
    private const string OfReferences = "effects" + FileSuffix;

    // Equal texts give the same catalogue, so that summaries survive edits (they hang on the catalogue's identity).
    private static readonly ConditionalWeakTable<SourceText, Made> Known = new();

    private UserLines(ApiCatalogue catalogue, IReadOnlyDictionary<string, Declared> declared) =>
        (Catalogue, Declared) = (catalogue, declared);

    public ApiCatalogue Catalogue { get; }

    /// <summary>By documentation id, with or without parameter list.</summary>
    public IReadOnlyDictionary<string, Declared> Declared { get; }

    public static UserLines Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        var texts = options.AdditionalFiles
            .Where(static file => file.Path.EndsWith(FileSuffix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(static file => file.Path.EndsWith(OfReferences, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .Select(file => file.GetText(cancellation)).OfType<SourceText>().ToList();
        var catalogue = texts.Count == 0 ? ApiCatalogue.Default : Known.GetValue(texts[0], static _ => new Made()).Of(texts);
        return new UserLines(catalogue, ReadKeys(compilation, options));
    }

    private static Dictionary<string, Declared> ReadKeys(Compilation compilation, AnalyzerOptions options)
    {
        var declared = new Dictionary<string, Declared>(StringComparer.Ordinal);
        AnalyzerConfigOptions? last = null;
        foreach (var tree in compilation.SyntaxTrees)
        {
            var config = options.AnalyzerConfigOptionsProvider.GetOptions(tree);
            if (ReferenceEquals(config, last)) continue;
            last = config;
            foreach (var key in Keys)
            {
                if (!config.TryGetValue(key.Key, out var list)) continue;
                foreach (var id in IdsIn(list))
                    declared[id] = declared.TryGetValue(id, out var known) ? known | key.Value : key.Value;
            }
        }

        return declared;
    }

    /// <summary>Commas separate ids, and within an id its parameters and type arguments.</summary>
    private static IEnumerable<string> IdsIn(string list)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= list.Length; i++)
        {
            var letter = i < list.Length ? list[i] : ',';
            depth += letter is '(' or '{' or '[' ? 1 : letter is ')' or '}' or ']' ? -1 : 0;
            if (letter is not (',' or ' ') || depth > 0 && i < list.Length) continue;
            if (i > start) yield return list.Substring(start, i - start).Replace(" ", "");
            start = i + 1;
        }
    }

    /// <summary>The catalogues made from files of which one is the first.</summary>
    private sealed class Made
    {
        /// <summary>More generations than an editor has open at once.</summary>
        private const int MostKept = 4;

        private readonly List<(List<SourceText> Texts, ApiCatalogue Catalogue)> _made = [];

        public ApiCatalogue Of(List<SourceText> texts)
        {
            lock (_made)
            {
                foreach (var (known, made) in _made)
                    if (known.SequenceEqual(texts)) return made;
                var catalogue = ApiCatalogue.With(texts.SelectMany(static text => CatalogueFile.Read(text.ToString())).ToList());
                if (_made.Count == MostKept) _made.RemoveAt(0);
                _made.Add((texts, catalogue));
                return catalogue;
            }
        }
    }
}
