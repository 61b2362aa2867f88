using System.Text.RegularExpressions;

namespace Quintet.Tool.Loading;

/// <summary>The errors of an MSBuild run, each given to the project that it is about.</summary>
internal sealed partial class BuildMessages
{
    private readonly Dictionary<string, List<string>> _byProject = new(StringComparer.Ordinal);

    public BuildMessages(IEnumerable<string> output)
    {
        foreach (var match in output.Select(line => ErrorLine().Match(line)).Where(match => match.Success))
        {
            var text = $"{match.Groups["code"].Value}: {match.Groups["text"].Value}".TrimStart(':', ' ');
            // Restore names the project in front, everything else in brackets at the end, with its global properties.
            var project = match.Groups["place"].Value is var place && place.EndsWith("proj", StringComparison.OrdinalIgnoreCase)
                ? place
                : match.Groups["project"].Value;
            Add(project, text);
        }
    }

    public List<string> All { get; } = [];

    public IReadOnlyList<string> Of(string project) => _byProject.GetValueOrDefault(project, []);

    /// <summary>A package that is missing leaves a project that can be read; any other error does not.</summary>
    public static bool IsNotOfRestore(string error) => !error.StartsWith("NU", StringComparison.Ordinal);

    public void Add(BuildMessages others)
    {
        foreach (var (project, errors) in others._byProject)
        {
            foreach (var error in errors) Add(project, error);
        }
    }

    private void Add(string project, string text)
    {
        All.Add(text);
        if (!_byProject.TryGetValue(project, out var errors)) _byProject[project] = errors = [];
        if (!errors.Contains(text)) errors.Add(text);
    }

    [GeneratedRegex(
        @"^\s*(?<place>[^(]*?)?(\(\d+(,\d+)?\))?\s*: (\w+ )?error (?<code>\w+)?\s*: (?<text>.*?)" +
        @"(\s*\[(?<project>[^\[\]]+?proj)(::[^\[\]]*)?\])*(\s*\[TargetFramework=[^\]]*\])?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex ErrorLine();
}
