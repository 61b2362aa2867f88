using System.Text.Json;
using Quintet.Tool.Commands;

namespace Quintet.Tests.Tool;

/// <summary>The tool run in this process with the arguments of a command line.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static async Task<ToolRun> OfAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        return new ToolRun(code, output.ToString(), error.ToString());
    }

    /// <summary>A check with its findings as a script reads them.</summary>
    public static async Task<(ToolRun Run, JsonElement Report)> CheckAsync(params string[] arguments)
    {
        var file = Path.GetTempFileName();
        try
        {
            var run = await OfAsync(["check", .. arguments, "--json", file]);
            Assert.True(new FileInfo(file).Length > 0, run.Output + run.Error);
            return (run, JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Findings as <c>id file member</c>, sorted.</summary>
    public static string[] Findings(JsonElement report) =>
        [.. report.GetProperty("findings").EnumerateArray()
            .Select(finding => $"{finding.GetProperty("id")} {finding.GetProperty("file")} {finding.GetProperty("line")}")
            .Order(StringComparer.Ordinal)];
}
