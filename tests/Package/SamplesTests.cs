using System.Text.Json;
using System.Text.RegularExpressions;

namespace Quintet.Tests.Package;

/// <summary>Runs the tool on each sample: every line marked wrong is found, and nothing else is.</summary>
public sealed partial class SamplesTests
{
    private static readonly string[] Names = ["EventLoops", "GilThreads", "Goroutines", "Mandelbrot", "OrderDesk"];

    public static TheoryData<string> Samples => new(Names);

    [Fact]
    public void Every_sample_is_read()
    {
        var folders = Directory.EnumerateDirectories(Checkout.PathOf("samples")).Select(folder => Path.GetFileName(folder));
        Assert.Equal(Names, folders.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Samples))]
    public void The_committed_list_is_what_the_marks_say(string sample) =>
        Checkout.AssertMatches(Path.Combine(Folder(sample), "expected-findings.txt"), Marks(sample));

    [Theory, MemberData(nameof(Samples))]
    public void Every_sample_has_a_wrong_line(string sample) => Assert.NotEmpty(Marks(sample));

    [Fact]
    public void Every_file_of_OrderDesk_with_a_wrong_line_holds_its_correct_twin()
    {
        var wrong = SourceFiles("OrderDesk").Where(file => Mark().IsMatch(File.ReadAllText(file)));

        Assert.All(wrong, file => Assert.Contains("// right", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Samples))]
    public async Task Check_finds_every_wrong_line_and_nothing_else(string sample)
    {
        var report = Path.Combine(Path.GetTempPath(), $"quintet-samples-{Guid.NewGuid():N}.json");
        try
        {
            var tool = Checkout.PathOf("src", "Tool", "bin", Checkout.Configuration, "net10.0", "quintet.dll");
            // The others refer to the runtime as a project: what its bodies possibly do, once or after a fault, is not theirs.
            var severity = sample == "OrderDesk" ? "info" : "warning";
            string[] arguments = [tool, "check", Folder(sample), "--severity", severity, "--fail-on", "never", "--json", report];
            (await Dotnet.RunAsync(Checkout.Root, new Dictionary<string, string>(), arguments)).Succeeded();

            var found = Findings(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
            var missing = Marks(sample).Except(found).Select(finding => "not found: " + finding);
            var superfluous = found.Except(Marks(sample)).Select(finding => "not due:   " + finding);
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

    private static string Folder(string sample) => Checkout.PathOf("samples", sample);

    private static IEnumerable<string> Marks(string sample) =>
        from file in SourceFiles(sample)
        from numbered in File.ReadLines(file).Select((text, index) => (text, line: index + 1))
        from id in Mark().Match(numbered.text).Groups["id"].Captures
        select $"{id.Value} {Relative(sample, file)}:{numbered.line}";

    private static IEnumerable<string> SourceFiles(string sample) =>
        Directory.EnumerateFiles(Folder(sample), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Relative(sample, file).Split('/').Any(part => part is "bin" or "obj"))
            .OrderBy(file => Relative(sample, file), StringComparer.Ordinal);

    private static string Relative(string sample, string file) => Path.GetRelativePath(Folder(sample), file).Replace('\\', '/');

    /// <summary><c>// wrong: QNT3003 QNT4001</c> at the end of a line.</summary>
    [GeneratedRegex(@"// wrong:(?: (?<id>QNT\d{4}))+\s*$", RegexOptions.Multiline)]
    private static partial Regex Mark();
}
