using System.Text.Json;

namespace Quintet.Tests.Tool;

public sealed class ReportTests
{
    [Fact]
    public async Task Sarif_holds_rules_paths_and_fingerprints()
    {
        using var tree = new SourceTree().WithProject("The App").With("The App/Store.cs", SourceTree.Blocking);

        await ToolRun.OfAsync("check", tree.Root, "--sarif", tree["out.sarif"]);

        var log = JsonDocument.Parse(await File.ReadAllTextAsync(tree["out.sarif"], TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        Assert.EndsWith("sarif-2.1.0.json", log.GetProperty("$schema").GetString());
        var run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToArray();
        Assert.Equal(rules.Length, rules.Select(rule => rule.GetProperty("id").GetString()).Distinct().Count());
        var results = run.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(["QNT4001", "QNT4002"], results.Select(result => result.GetProperty("ruleId").GetString()));
        foreach (var result in results) AssertResult(result, rules);
        Assert.Equal(2, results.Select(Fingerprint).Distinct().Count());

        var steps = results[1].GetProperty("codeFlows")[0].GetProperty("threadFlows")[0].GetProperty("locations").EnumerateArray()
            .Select(step => step.GetProperty("location").GetProperty("physicalLocation").GetProperty("region"))
            .Select(region => region.GetProperty("startLine").GetInt32());
        Assert.Equal([16, 19, 21], steps);
        Assert.Equal(2, results[1].GetProperty("relatedLocations").GetArrayLength());
    }

    [Fact]
    public async Task A_baseline_holds_back_what_it_records_wherever_the_lines_move()
    {
        using var tree = new SourceTree().WithProject("App").With("App/Store.cs", SourceTree.Blocking);
        var baseline = tree["known.json"];

        var (first, recorded) = await ToolRun.CheckAsync(tree.Root, "--baseline", baseline);
        tree.With("App/Store.cs", "// two lines\n// more\n" + SourceTree.Blocking);
        var (second, known) = await ToolRun.CheckAsync(tree.Root, "--baseline", baseline);
        tree.With("App/New.cs", SourceTree.Blocking.Replace("Store", "Other"));
        var (third, fresh) = await ToolRun.CheckAsync(tree.Root, "--baseline", baseline);
        File.Delete(tree["App/Store.cs"]);
        var (fourth, _) = await ToolRun.CheckAsync(tree.Root, "--baseline", baseline, "--write-baseline");

        Assert.Equal((0, 0, 1, 0), (first.ExitCode, second.ExitCode, third.ExitCode, fourth.ExitCode));
        Assert.Empty(ToolRun.Findings(recorded));
        Assert.Contains($"2 finding(s) recorded in {baseline}", first.Lines);
        Assert.Empty(ToolRun.Findings(known));
        Assert.Contains("2 in the baseline", second.Output);
        Assert.Equal(["QNT4001 App/New.cs 8", "QNT4002 App/New.cs 16"], ToolRun.Findings(fresh));
        Assert.DoesNotContain("Store.cs", await File.ReadAllTextAsync(baseline, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_no_baseline_is_bad_usage()
    {
        using var tree = new SourceTree().WithProject("App").With("App/App.cs", "class App;").With("other.json", "{ \"version\": 7 }");

        var run = await ToolRun.OfAsync("check", tree.Root, "--baseline", tree["other.json"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is not a baseline", run.Error);
    }

    [Fact]
    public async Task Explain_shows_the_rule()
    {
        var run = await ToolRun.OfAsync("explain", "qnt4002");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("# QNT4002: ", run.Output);
        Assert.Contains("## Not flagged", run.Lines);
        Assert.DoesNotContain("<!--", run.Output);
    }

    private static void AssertResult(JsonElement result, JsonElement[] rules)
    {
        var rule = rules[result.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal(result.GetProperty("ruleId").GetString(), rule.GetProperty("id").GetString());
        Assert.Contains(result.GetProperty("level").GetString(), (string[])["note", "warning", "error"]);
        Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
        var place = Assert.Single(result.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
        Assert.Equal("The%20App/Store.cs", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal("SRCROOT", place.GetProperty("artifactLocation").GetProperty("uriBaseId").GetString());
        Assert.True(place.GetProperty("region").GetProperty("startLine").GetInt32() > 0);
        Assert.NotEmpty(Fingerprint(result));
    }

    private static string Fingerprint(JsonElement result) =>
        result.GetProperty("partialFingerprints").GetProperty("quintet/v1").GetString()!;
}
