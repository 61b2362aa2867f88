using System.CommandLine;
using Quintet.Tool.Analysis;

namespace Quintet.Tool.Commands;

/// <summary><c>--only</c> and <c>--skip</c>, which several commands have.</summary>
internal sealed class SelectionOptions
{
    public Option<string[]> Only { get; } = new("--only")
    {
        Description = "Only these rules: ids or beginnings of ids, such as QNT4002 or QNT4",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "ID",
    };

    public Option<string[]> Skip { get; } = new("--skip")
    {
        Description = "All but these rules",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "ID",
    };

    public SelectedRules Read(ParseResult parsed) => new(Split(parsed.GetValue(Only)), Split(parsed.GetValue(Skip)));

    private static string[] Split(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
