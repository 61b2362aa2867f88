using System.Text.RegularExpressions;

namespace Quintet.Tool.Loading;

/// <summary>
/// The SDK whose MSBuild loads the solution: the one that its own build would use, and when <c>global.json</c> asks for one
/// that is not installed, the newest that is.
/// </summary>
internal sealed partial class DotnetSdk
{
    private readonly string _program;
    private readonly string[] _prefix;
    private readonly string _folder;
    private readonly Dictionary<string, string?> _environment;

    private DotnetSdk(string program, string[] prefix, string folder, Dictionary<string, string?> environment, string? remark) =>
        (_program, _prefix, _folder, _environment, Remark) = (program, prefix, folder, environment, remark);

    /// <summary>What the user should know about the choice, if anything.</summary>
    public string? Remark { get; }

    public static async Task<DotnetSdk> ForAsync(string folder, CancellationToken cancellation)
    {
        var program = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        var environment = Clean();
        // Without a wish there is nothing to ask for.
        if (!HasGlobalJson(folder)) return new DotnetSdk(program, ["msbuild"], folder, environment, remark: null);
        try
        {
            var asked = await ProcessRun.StartAsync(program, ["--version"], folder, environment, cancellation);
            if (asked.ExitCode == 0) return new DotnetSdk(program, ["msbuild"], folder, environment, remark: null);

            var list = await ProcessRun.StartAsync(program, ["--list-sdks"], folder, environment, cancellation);
            return Newest(program, folder, environment, list.Output)
                ?? throw new UserError("no .NET SDK is installed: it is needed to load a solution");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw NotFound();
        }
    }

    public async Task<ProcessRun> MSBuildAsync(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        try
        {
            return await ProcessRun.StartAsync(_program, [.. _prefix, .. arguments], _folder, _environment, cancellation);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw NotFound();
        }
    }

    private static UserError NotFound() => new("'dotnet' was not found: the .NET SDK is needed to load a solution");

    private static bool HasGlobalJson(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "global.json"))) return true;
        }

        return false;
    }

    private static DotnetSdk? Newest(string program, string folder, Dictionary<string, string?> environment, IReadOnlyList<string> list)
    {
        var newest = list
            .Select(line => InstalledSdk().Match(line))
            .Where(match => match.Success)
            .MaxBy(match => Version.TryParse(match.Groups["number"].Value, out var number) ? number : new Version());
        if (newest is null) return null;

        var version = newest.Groups["version"].Value;
        var root = Path.Combine(newest.Groups["folder"].Value, version);
        // MSBuild started by path asks the host for an SDK again and would meet global.json: these two variables decide instead.
        environment["DOTNET_MSBUILD_SDK_RESOLVER_SDKS_DIR"] = Path.Combine(root, "Sdks");
        environment["DOTNET_MSBUILD_SDK_RESOLVER_SDKS_VER"] = version;
        environment["MSBuildSDKsPath"] = Path.Combine(root, "Sdks");
        environment["MSBuildExtensionsPath"] = root + Path.DirectorySeparatorChar;
        var remark = $"global.json asks for an SDK that is not installed: {version} is used instead";
        return new DotnetSdk(program, [Path.Combine(root, "MSBuild.dll")], folder, environment, remark);
    }

    /// <summary>Started by <c>dotnet run</c> or a test host, the tool inherits settings of that build, which are not ours.</summary>
    private static Dictionary<string, string?> Clean()
    {
        var environment = new Dictionary<string, string?>
        {
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            // Many builds install their repository's git hooks on the way, unless told not to: a look at code leaves no trace.
            ["HUSKY"] = "0",
        };
        string[] inherited = ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly"];
        foreach (var name in inherited) environment[name] = null;
        return environment;
    }

    [GeneratedRegex(@"^(?<version>(?<number>\d+\.\d+\.\d+)\S*) \[(?<folder>.+)\]$")]
    private static partial Regex InstalledSdk();
}
