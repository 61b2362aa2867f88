using System.Globalization;
using Quintet.BuildTasks.Reading;

namespace Quintet.BuildTasks.Caching;

/// <summary>
/// What the files that were looked at on this machine are called and refer to, by path, length and time of the last change: a build that
/// has seen all its references opens none of them.
/// </summary>
/// <remarks>
/// One file of lines. Builds side by side replace it whole, and what one of them does not know it looks up again; a file that is not as it
/// should be counts as none.
/// </remarks>
internal sealed class HeaderIndex
{
    /// <summary>Who builds that many different references starts anew now and then.</summary>
    private const int MostEntries = 8192;

    private readonly string? _path;
    private readonly string _format;
    private readonly Dictionary<string, string> _lines = new(StringComparer.Ordinal);
    private bool _isChanged;

    /// <param name="folder">Where the index lies; null for nowhere.</param>
    /// <param name="format">Whoever writes another format does not read this one.</param>
    public HeaderIndex(string? folder, string format)
    {
        (_path, _format) = (folder is null ? null : Path.Combine(folder, "index", "references.txt"), format);
        if (_path is null) return;
        try
        {
            if (!File.Exists(_path)) return;
            var lines = File.ReadAllLines(_path);
            if (lines.Length == 0 || lines[0] != format) return;
            for (var i = 1; i < lines.Length; i++)
                if (lines[i].IndexOf('\t') is > 0 and var end) _lines[lines[i].Substring(0, end)] = lines[i].Substring(end + 1);
        }
        catch (Exception unreadable) when (EffectCache.IsOfFiles(unreadable))
        {
            _lines.Clear();
        }
    }

    /// <summary>The header of a file that has not changed since it was entered; null for any other.</summary>
    public AssemblyFacts? Find(string path)
    {
        if (!_lines.TryGetValue(path, out var line) || StampOf(path, out var length) is not { } stamp) return null;
        var words = line.Split('\t');
        if (words.Length != 4 || words[0] != stamp || !Guid.TryParseExact(words[2], "N", out var version)) return null;
        return new AssemblyFacts
        {
            Name = words[1], Version = version, Length = length,
            References = words[3].Length == 0 ? [] : words[3].Split('|'),
        };
    }

    public void Enter(string path, AssemblyFacts header)
    {
        if (_path is null || IsOdd(path) || IsOdd(header.Name) || header.References.Any(IsOdd)) return;
        if (StampOf(path, out _) is not { } stamp) return;
        if (_lines.Count >= MostEntries) _lines.Clear();
        _lines[path] = string.Join("\t", stamp, header.Name, header.Version.ToString("N"), string.Join("|", header.References));
        _isChanged = true;
    }

    /// <summary>Writes what was entered.</summary>
    public void Save()
    {
        if (_isChanged)
            EffectCache.Replace(_path!, EffectText.Of(_lines.Select(static line => $"{line.Key}\t{line.Value}").Prepend(_format)));
    }

    /// <summary>Changes with the content of the file. Of a link nobody knows; then there is none.</summary>
    private static string? StampOf(string path, out long length)
    {
        length = 0;
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || (file.Attributes & FileAttributes.ReparsePoint) != 0) return null;
            length = file.Length;
            return length.ToString(CultureInfo.InvariantCulture) + "." + file.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception unreadable) when (EffectCache.IsOfFiles(unreadable))
        {
            return null;
        }
    }

    /// <summary>A name that would be read as several.</summary>
    private static bool IsOdd(string name) => name.Length == 0 || name.IndexOfAny(['\t', '\n', '\r', '|']) >= 0;
}
