// Draws the stratified sample of warnings that docs/evaluation.md judges.
//
//     dotnet run bench/Evaluation/Sample.cs -- [--seed N] [--most N] [--source FOLDER] results/*.json
//
// Each file is what `quintet check … --json FILE` wrote for one repository; the file's name is the repository's name.
// A stratum is one rule in one repository. Of each stratum at most `--most` (20) warnings are taken, those with the smallest
// hash of seed and place: the same seed draws the same warnings, and one that a later version no longer reports is not
// replaced by another, as long as the stratum was drawn whole. With `--source`, the source around each site and hop follows.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

var seed = "20261124";
var most = 20;
string? source = null;
var files = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--seed") seed = args[++i];
    else if (args[i] == "--most") most = int.Parse(args[++i]);
    else if (args[i] == "--source") source = args[++i];
    else files.Add(args[i]);
}

if (files.Count == 0)
{
    Console.Error.WriteLine("Name at least one JSON report of 'quintet check --json'.");
    return 2;
}

var warnings = files.Order(StringComparer.Ordinal).SelectMany(Warnings).ToList();
var sample = warnings
    .GroupBy(warning => (warning.Repository, warning.Id))
    .OrderBy(stratum => stratum.Key.Repository, StringComparer.Ordinal).ThenBy(stratum => stratum.Key.Id, StringComparer.Ordinal)
    .SelectMany(stratum => stratum.OrderBy(warning => Rank(seed, warning), StringComparer.Ordinal).Take(most))
    .ToList();

Console.WriteLine(
    $"{sample.Count} of {warnings.Count} warnings, {files.Count} repositories, seed {seed}, at most {most} of a rule in a repository; " +
    $"{sample.Count(warning => warning.Transitive)} of the sample and {warnings.Count(warning => warning.Transitive)} of all through a "
    + $"call");
foreach (var warning in sample)
{
    Console.WriteLine($"{warning.Repository} | {warning.Id} | {warning.File}:{warning.Line} | {warning.Path}");
    if (source is null) continue;

    Console.WriteLine("    " + warning.Message);
    foreach (var (file, line) in warning.Hops.Prepend((warning.File, warning.Line)).Take(4)) Print(Path.Combine(source, warning.Root, file),
        line);
}

return 0;

static IEnumerable<Warning> Warnings(string file)
{
    using var report = JsonDocument.Parse(File.ReadAllText(file));
    var root = report.RootElement.GetProperty("root").GetString() ?? "";
    foreach (var finding in report.RootElement.GetProperty("findings").EnumerateArray())
    {
        if (finding.GetProperty("severity").GetString() is not ("warning" or "error")) continue;

        yield return new Warning(
            Path.GetFileNameWithoutExtension(file), root, Text(finding, "id"), Text(finding, "file"),
            finding.GetProperty("line").GetInt32(),
            Text(finding, "message"), Text(finding, "path"), !finding.GetProperty("direct").GetBoolean(),
            [.. finding.GetProperty("hops").EnumerateArray().Select(hop => (Text(hop, "file"), hop.GetProperty("line").GetInt32()))]);
    }

    static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}

static string Rank(string seed, Warning warning) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
    $"{seed}|{warning.Repository}|{warning.Id}|{warning.File}|{warning.Line}")));

static void Print(string path, int line)
{
    if (!File.Exists(path)) return;

    Console.WriteLine($"    -- {path}");
    var lines = File.ReadAllLines(path);
    for (var i = Math.Max(0, line - 8); i < Math.Min(lines.Length, line + 5); i++)
        Console.WriteLine($"    {(i == line - 1 ? ">" : " ")}{i + 1,5} {lines[i]}");
}

internal sealed record Warning(
    string Repository, string Root, string Id, string File, int Line, string Message, string Path, bool Transitive,
        (string File, int Line)[] Hops);
