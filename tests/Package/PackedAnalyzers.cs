using System.Globalization;

namespace Quintet.Tests.Package;

/// <summary>
/// The package, packed once for all tests: under a version that no cache has seen, into a feed of its own, beside a
/// package cache of its own, so that what is tested is what was just built.
/// </summary>
public sealed class PackedAnalyzers : IAsyncLifetime
{
    public const string Id = "Quintet.Analyzers";
    public const string RuntimeId = "Quintet";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quintet-package-");
    private int _workspaces;

    public string Version { get; } = "0.0.1-test." + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    public string Feed => Path.Combine(_folder.FullName, "feed");

    /// <summary>The package with the runtime, which depends on the other one.</summary>
    public string RuntimeNupkg => Path.Combine(Feed, $"{RuntimeId}.{Version}.nupkg");

    public string Nupkg => Path.Combine(Feed, $"{Id}.{Version}.nupkg");

    internal IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["NUGET_PACKAGES"] = Path.Combine(_folder.FullName, "cache"),
    };

    public async ValueTask InitializeAsync()
    {
        var nothing = new Dictionary<string, string>();
        string[] projects = [Checkout.PathOf("src", "CodeFixes", "CodeFixes.csproj"), Checkout.PathOf("src", "Runtime", "Runtime.csproj")];
        foreach (var project in projects)
        {
            // Not built again: the tests look at what the other tests looked at, and no build runs under their feet.
            string[] arguments = ["pack", project, "--no-build", "-c", Checkout.Configuration, $"-p:PackageVersion={Version}", "-o", Feed];
            (await Dotnet.RunAsync(Checkout.Root, nothing, arguments)).Succeeded();
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A folder with a configuration that only adds the feed; the user's own sources stay.</summary>
    internal FreshFolder NewFolder()
    {
        var folder = new FreshFolder(this, Path.Combine(_folder.FullName, "fresh" + Interlocked.Increment(ref _workspaces)));
        folder.Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="quintet-local" value="{Feed}" />
              </packageSources>
            </configuration>
            """);
        return folder;
    }
}
