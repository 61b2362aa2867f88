namespace Quintet.Tests.Tool;

public sealed class SeverityTests
{
    /// <summary>Every way to silence a finding stands beside one that is left as it is.</summary>
    [Fact]
    public async Task What_the_build_does_not_report_is_not_reported()
    {
        using var tree = new SourceTree()
            .With(".editorconfig", """
                root = true
                [Quiet.cs]
                dotnet_diagnostic.QNT4001.severity = none
                [Hint.cs]
                dotnet_diagnostic.QNT4001.severity = suggestion
                [Grave.cs]
                dotnet_diagnostic.QNT4001.severity = error
                """)
            .WithProject("App", "<PropertyGroup><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup>")
            .With("App/Loud.cs", Sleeper("Loud"))
            .With("App/Quiet.cs", Sleeper("Quiet"))
            .With("App/Hint.cs", Sleeper("Hint"))
            .With("App/Grave.cs", Sleeper("Grave"))
            .With("App/Pragma.cs", "#pragma warning disable QNT4001\n" + Sleeper("Pragma"))
            .With("App/Attribute.cs", Suppressed + Sleeper("Attribute"))
            .With("App/Suppressions.cs", """
                using System.Diagnostics.CodeAnalysis;
                [assembly: SuppressMessage("Concurrency", "QNT4001", Scope = "type", Target = "~T:Target")]
                """)
            .With("App/Target.cs", Sleeper("Target"))
            .WithProject("Silent", "<PropertyGroup><NoWarn>$(NoWarn);QNT4001</NoWarn></PropertyGroup>")
            .With("Silent/Silent.cs", Sleeper("Silent"))
            .WithSolution("App/App.csproj", "Silent/Silent.csproj");

        var (run, report) = await ToolRun.CheckAsync(tree["All.sln"], "--severity", "info", "--only", "QNT4001");

        var findings = report.GetProperty("findings").EnumerateArray()
            .Select(finding => $"{finding.GetProperty("file")} {finding.GetProperty("severity")}");
        Assert.Equal(["App/Grave.cs error", "App/Hint.cs info", "App/Loud.cs warning"], findings);
        Assert.Equal(1, run.ExitCode);
    }

    private const string Suppressed = "[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Concurrency\", \"QNT4001\")]\n";

    private static string Sleeper(string name) => $$"""
        public class {{name}}
        {
            public async System.Threading.Tasks.Task RunAsync()
            {
                System.Threading.Thread.Sleep(1000);
                await System.Threading.Tasks.Task.Yield();
            }
        }
        """;
}
