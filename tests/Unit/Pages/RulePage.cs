using System.Text.RegularExpressions;

namespace Quintet.Tests.Pages;

/// <summary>One page of docs/rules as its tests see it.</summary>
internal sealed partial class RulePage
{
    public const string Begin = "<!-- generated -->";
    public const string End = "<!-- /generated -->";

    private RulePage(string id, string text)
    {
        (Id, Text) = (id, text);
        Blocks = [.. ReadBlocks(text)];
        Sections = [.. text.Split('\n').Where(static line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(static line => line[3..])];
    }

    public string Id { get; }

    public string Text { get; }

    public IReadOnlyList<string> Sections { get; }

    public IReadOnlyList<PageBlock> Blocks { get; }

    public string Title => Text.Split('\n')[0];

    /// <summary>The line between the markers.</summary>
    public string? Generated => GeneratedFile.Region(Text, Begin, End);

    /// <summary>The first paragraph below the generated line.</summary>
    public string FirstParagraph
    {
        get
        {
            var after = Text[(Text.IndexOf(End, StringComparison.Ordinal) + End.Length)..].TrimStart('\n');
            return after[..after.IndexOf("\n\n", StringComparison.Ordinal)].Replace('\n', ' ');
        }
    }

    public static string Folder => Path.Combine(Repository.Root, "docs", "rules");

    public static IEnumerable<string> Ids => Directory.EnumerateFiles(Folder, "*.md")
        .Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static string PathOf(string id) => Path.Combine(Folder, id + ".md");

    public static RulePage Read(string id) => new(id, File.ReadAllText(PathOf(id)));

    public IReadOnlyList<PageBlock> Under(string section) => [.. Blocks.Where(block => block.Section == section)];

    /// <summary>The ids that a line promises at its end: <c>// QNT4001</c> or <c>// QNT3003, QNT4001</c>.</summary>
    public static IEnumerable<string> MarksOf(string line) =>
        Mark().Match(line) is { Success: true } mark ? mark.Groups[1].Value.Split(", ") : [];

    public static string WithoutMarks(string code) =>
        string.Join('\n', code.Split('\n').Select(static line => Mark().Replace(line, "").TrimEnd()));

    private static IEnumerable<PageBlock> ReadBlocks(string text)
    {
        var section = "";
        List<string>? code = null;
        var start = 0;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (code is null && lines[i].StartsWith("## ", StringComparison.Ordinal)) section = lines[i][3..];
            else if (code is null && lines[i] == "```csharp") (code, start) = ([], i + 2);
            else if (code is not null && lines[i] == "```")
            {
                yield return new PageBlock(section, start, string.Join('\n', code));
                code = null;
            }
            else code?.Add(lines[i]);
        }
    }

    [GeneratedRegex(@" *// (QNT\d{4}(?:, QNT\d{4})*)$")]
    private static partial Regex Mark();
}
