using System.Reflection;

namespace Quintet.Tests.Tool;

/// <summary>What we tell others we do ourselves: our own sources, checked by our own rules.</summary>
public sealed class SelfApplicationTests
{
    [Fact]
    public async Task No_source_of_ours_gets_a_warning()
    {
        var root = typeof(SelfApplicationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Root").Value!;

        // Restored already: this test was built from it.
        var (run, report) = await ToolRun.CheckAsync(Path.Combine(root, "src"), "--no-restore");

        Assert.Empty(report.GetProperty("problems").EnumerateArray());
        Assert.All(report.GetProperty("projects").EnumerateArray(), project => Assert.Equal(0, project.GetProperty("errors").GetInt32()));
        string[] projects = ["Analyzers", "BuildTasks", "CatalogueScan", "CodeFixes", "Generators", "Runtime", "Tool"];
        Assert.Equal(projects,
            report.GetProperty("projects").EnumerateArray().Select(project => project.GetProperty("name").GetString()!)
                .Order(StringComparer.Ordinal));
        Assert.Equal([], ToolRun.Findings(report));
        Assert.Equal(0, run.ExitCode);
    }
}
