using System.Diagnostics.CodeAnalysis;

namespace Quintet.Analyzers.Catalogue;

/// <summary>
/// Reads the catalogue's line format, the same for our own files and for a user's additional files:
/// <code>verb  documentation-id  [key=value …]  -- reason</code>
/// </summary>
/// <remarks>
/// Blank lines and lines that start with <c>#</c> are skipped. Keys: <c>kind</c>, <c>weight</c> (long, brief, written),
/// <c>twin</c> (a documentation id, <c>await</c>, <c>auto</c>, <c>none</c>), <c>unless</c>, <c>when</c>, <c>arg</c>, <c>where</c>,
/// <c>by</c>, <c>names</c>, and for lines made from compiled code <c>via</c>, <c>certainty</c> (definite, possible)
/// and <c>given</c>; lists are separated by commas. docs/adding-an-api.md explains each with an example.
/// </remarks>
internal static class CatalogueFile
{
    private const string ReasonMark = " -- ";

    private static readonly HashSet<string> Keys =
        ["kind", "weight", "twin", "unless", "when", "arg", "where", "by", "names", "via", "certainty", "given"];

    public static IEnumerable<ApiEntry> Read(string text, ICollection<string>? errors = null)
    {
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (TryParse(line, out var entry, out var error)) yield return entry;
            else errors?.Add($"line {number}: {error}: {line}");
        }
    }

    public static bool TryParse(string line, [NotNullWhen(true)] out ApiEntry? entry, [NotNullWhen(false)] out string? error)
    {
        entry = null;
        var mark = line.IndexOf(ReasonMark, StringComparison.Ordinal);
        var reason = mark < 0 ? "" : line.Substring(mark + ReasonMark.Length).Trim();
        var words = (mark < 0 ? line : line.Substring(0, mark)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2) { error = "expected 'verb documentation-id [key=value …] -- reason'"; return false; }
        if (!TryWord<ApiVerb>(words[0], out var verb)) { error = $"unknown verb '{words[0]}'"; return false; }
        if (words[1].Length < 3 || words[1][1] != ':')
        {
            error = $"'{words[1]}' is not a documentation id such as M:System.IO.File.Copy";
            return false;
        }

        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words.Skip(2))
        {
            var equals = word.IndexOf('=');
            if (equals <= 0) { error = $"'{word}' is not key=value"; return false; }
            var key = word.Substring(0, equals);
            if (keys.ContainsKey(key)) { error = $"'{key}' is given twice"; return false; }
            keys.Add(key, word.Substring(equals + 1));
        }

        return TryBuild(verb, words[1], keys, reason, out entry, out error);
    }

    private static bool TryBuild(
        ApiVerb verb,
        string id,
        Dictionary<string, string> keys,
        string reason,
        [NotNullWhen(true)] out ApiEntry? entry,
        [NotNullWhen(false)] out string? error)
    {
        entry = null;
        var unknown = keys.Keys.FirstOrDefault(static key => !Keys.Contains(key));
        if (unknown is not null) { error = $"unknown key '{unknown}'"; return false; }
        if (!TryFlags<ApiConditions>(keys, "unless", out var unless, out error)) return false;
        if (!TryFlags<ApiConditions>(keys, "when", out var when, out error)) return false;
        if (!TryFlags<RunContext>(keys, "where", out var where, out error)) return false;
        if (!TryOne<BlockKind>(keys, "kind", out var kind, out error)) return false;
        if (!TryOne<RootSelector>(keys, "by", out var by, out error)) return false;
        if (verb == ApiVerb.Blocks && kind == BlockKind.None) kind = BlockKind.Wait;
        if (verb is ApiVerb.Runs or ApiVerb.Root && where == RunContext.Unknown) { error = $"'{verb}' needs where="; return false; }
        if (verb == ApiVerb.Root && by == RootSelector.None) { error = "'root' needs by="; return false; }

        var weight = keys.TryGetValue("weight", out var word) ? word : "long";
        if (weight is not ("long" or "brief" or "written")) { error = $"unknown weight '{weight}'"; return false; }
        var certainty = keys.TryGetValue("certainty", out var sure) ? sure : "definite";
        if (certainty is not ("definite" or "possible")) { error = $"unknown certainty '{certainty}'"; return false; }
        var twin = keys.TryGetValue("twin", out var named) ? named : "auto";
        if (twin is not ("auto" or "await" or "none") && !twin.StartsWith("M:", StringComparison.Ordinal))
        {
            error = $"unknown twin '{twin}'";
            return false;
        }

        var given = keys.TryGetValue("given", out var value) ? ApiGiven.Parse(value) : null;
        if (value is not null && given is null) { error = $"'{value}' is not parameter:true or parameter:false"; return false; }

        entry = new ApiEntry
        {
            Verb = verb,
            Id = id,
            Kind = kind,
            Brief = weight == "brief",
            OnlyWritten = weight == "written",
            Twin = twin == "none" ? null : twin,
            Unless = unless,
            When = when,
            Where = where,
            Argument = keys.TryGetValue("arg", out var argument) ? argument : null,
            By = by,
            Names = keys.TryGetValue("names", out var names) ? names.Split(',') : [],
            IsPossible = certainty == "possible",
            Given = given,
            Via = keys.TryGetValue("via", out var via) ? via.Replace('_', ' ').Split('>') : [],
            Reason = reason,
        };
        error = null;
        return true;
    }

    private static bool TryOne<T>(Dictionary<string, string> keys, string key, out T value, [NotNullWhen(false)] out string? error)
        where T : struct, Enum
    {
        value = default;
        error = null;
        if (!keys.TryGetValue(key, out var word) || TryWord(word, out value)) return true;
        error = $"unknown {key} '{word}'";
        return false;
    }

    private static bool TryFlags<T>(Dictionary<string, string> keys, string key, out T value, [NotNullWhen(false)] out string? error)
        where T : struct, Enum
    {
        value = default;
        error = null;
        if (!keys.TryGetValue(key, out var list)) return true;
        var bits = 0;
        foreach (var word in list.Split(','))
        {
            if (!TryWord<T>(word, out var one)) { error = $"unknown {key} '{word}'"; return false; }
            bits |= Convert.ToInt32(one, System.Globalization.CultureInfo.InvariantCulture);
        }

        value = (T)Enum.ToObject(typeof(T), bits);
        return true;
    }

    /// <summary>Words are written in lower case with hyphens: <c>in-memory</c> is <see cref="ApiVerb.InMemory"/>.</summary>
    private static bool TryWord<T>(string word, out T value) where T : struct, Enum =>
        Enum.TryParse(word.Replace("-", ""), ignoreCase: true, out value) && !char.IsDigit(word[0]);
}
