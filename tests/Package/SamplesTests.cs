using System.Text.Json;
using System.Text.RegularExpressions;

namespace Quintet.Tests.Package;

/// <summary>Runs the tool on samples/OrderDesk: every line marked wrong is found, and nothing else is.</summary>
public sealed partial class SamplesTests
{
    private static string Samples => Checkout.PathOf("samples", "OrderDesk");

    private static string ExpectedFindings => Path.Combine(Samples, "expected-findings.txt");

    [Fact]
    public void The_committed_list_is_what_the_marks_say() => Checkout.AssertMatches(ExpectedFindings, Marks());

    [Fact]
    public void Every_file_with_a_wrong_line_holds_its_correct_twin()
    {
        var wrong = SourceFiles().Where(file => Mark().IsMatch(File.ReadAllText(file)));

        Assert.All(wrong, file => Assert.Contains("// right", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_finds_every_wrong_line_and_nothing_else()
    {
        var report = Path.Combine(Path.GetTempPath(), $"quintet-samples-{Guid.NewGuid():N}.json");
        try
        {
            var tool = Checkout.PathOf("src", "Tool", "bin", Checkout.Configuration, "net10.0", "quintet.dll");
            string[] arguments = [tool, "check", Samples, "--severity", "info", "--fail-on", "never", "--json", report];
            (await Dotnet.RunAsync(Checkout.Root, new Dictionary<string, string>(), arguments)).Succeeded();

            var found = Findings(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
            var missing = Marks().Except(found).Select(finding => "not found: " + finding);
            var superfluous = found.Except(Marks()).Select(finding => "not due:   " + finding);
            var differences = string.Join("\n", missing.Concat(superfluous));
            Assert.True(differences.Length == 0, differences);
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static List<string> Findings(string report)
    {
        using var json = JsonDocument.Parse(report);
        return [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(finding =>
            $"{finding.GetProperty("id")} {finding.GetProperty("file")}:{finding.GetProperty("line")}")];
    }

    private static IEnumerable<string> Marks() =>
        from file in SourceFiles()
        from numbered in File.ReadLines(file).Select((text, index) => (text, line: index + 1))
        from id in Mark().Match(numbered.text).Groups["id"].Captures
        select $"{id.Value} {Relative(file)}:{numbered.line}";

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Samples, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Relative(file).Split('/').Any(part => part is "bin" or "obj"))
            .OrderBy(Relative, StringComparer.Ordinal);

    private static string Relative(string file) => Path.GetRelativePath(Samples, file).Replace('\\', '/');

    /// <summary><c>// wrong: QNT3003 QNT4001</c> at the end of a line.</summary>
    [GeneratedRegex(@"// wrong:(?: (?<id>QNT\d{4}))+\s*$", RegexOptions.Multiline)]
    private static partial Regex Mark();
}
