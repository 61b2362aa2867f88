using System.Text.RegularExpressions;

namespace Quintet.Tests.Package;

/// <summary>A stranger's code: a folder outside the repository with projects that reference the package.</summary>
internal sealed partial class FreshFolder(PackedAnalyzers package, string path)
{
    public string PathOf(string name) => Path.Combine(path, name);

    public FreshFolder Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text + "\n");
        return this;
    }

    public string Read(string name) => File.ReadAllText(PathOf(name));

    public FreshFolder WriteProject(
        string name, string framework, string? outputType = null, string items = "", string id = PackedAnalyzers.Id) => Write(name, $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{framework}</TargetFramework>
            <LangVersion>latest</LangVersion>
            <OutputType>{outputType ?? "Library"}</OutputType>
            <ImplicitUsings>disable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="{id}" Version="{package.Version}" PrivateAssets="all" />
            {items}
          </ItemGroup>
        </Project>
        """);

    public Task<Outcome> RunAsync(params string[] arguments) => Dotnet.RunAsync(path, package.Environment, arguments);

    /// <summary>Builds everything again and gives back what the build says about the code.</summary>
    public async Task<IReadOnlyList<Shown>> BuildAsync(string project)
    {
        string[] arguments = ["build", project, "--no-incremental", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-tl:off"];
        var built = (await RunAsync(arguments)).Succeeded();
        return [.. ShownLine().Matches(built.Output).Select(ToShown).Distinct().OrderBy(shown => shown.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Each finding of what was printed, with the call path that its message tells.</summary>
    public IReadOnlyList<string> Paths(Outcome printed) =>
        [.. ShownLine().Matches(printed.Output + printed.Errors).Select(match => $"{ToShown(match)} {match.Groups["path"].Value}")
            .Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Applies the fixes of these ids as a user does from the command line.</summary>
    public async Task FormatAsync(string project, string severity, params string[] ids)
    {
        string[] arguments = ["format", "analyzers", project, "--no-restore", "--severity", severity, "--diagnostics", .. ids];
        (await RunAsync(arguments)).Succeeded();
    }

    public async Task<string> PrintedAsync(string project) =>
        (await RunAsync("run", "--no-build", "--project", project)).Succeeded().Output;

    private Shown ToShown(Match match) => new(
        match.Groups["id"].Value,
        Path.GetRelativePath(path, Path.Combine(path, match.Groups["file"].Value.Trim())).Replace('\\', '/'),
        int.Parse(match.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^(?<file>[^\r\n(]+)\((?<line>\d+),\d+\): warning (?<id>[A-Z]+\d+):(?:[^\r\n]*?\((?<path>[^()\r\n]*→[^()\r\n]*)\))?",
        RegexOptions.Multiline)]
    private static partial Regex ShownLine();
}
