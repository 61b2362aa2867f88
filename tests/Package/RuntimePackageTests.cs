using System.IO.Compression;
using System.Xml.Linq;

namespace Quintet.Tests.Package;

/// <summary>The package with the runtime: what it holds, that it brings the analyzers, and that two references warn once.</summary>
[Collection(PackageCollection.Name)]
public sealed class RuntimePackageTests(PackedAnalyzers package)
{
    private const string Program = """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Quintet.Goroutines;

        GoScheduler.Run(async () =>
        {
            var numbers = new Chan<int>();
            Go.Run(Count(numbers));
            var sum = 0;
            await foreach (var number in numbers) sum += number;
            Console.WriteLine(sum);
        }, options: null);

        static async GoTask Count(ISendChan<int> numbers)
        {
            for (var i = 1; i <= 10; i++) await numbers.SendAsync(i);
            numbers.Close();
        }

        public sealed class Desk
        {
            public async Task OpenAsync()
            {
                Thread.Sleep(10);
                await Task.Yield();
            }
        }
        """;

    [Fact]
    public async Task The_package_holds_the_runtime_and_depends_on_the_analyzers_of_the_same_version()
    {
        await using var archive = await ZipFile.OpenReadAsync(package.RuntimeNupkg, TestContext.Current.CancellationToken);
        var entries = archive.Entries.Select(entry => entry.FullName)
            .Where(entry => !entry.StartsWith("package/", StringComparison.Ordinal))
            .Where(entry => entry is not ("_rels/.rels" or "[Content_Types].xml"));
        Assert.Equal(
            [
                "Quintet.nuspec", "README.md", "analyzers/dotnet/cs/Quintet.Generators.dll",
                "lib/net10.0/Quintet.dll", "lib/net10.0/Quintet.xml",
            ],
            entries.Order(StringComparer.Ordinal));

        await using var stream = await archive.GetEntry("Quintet.nuspec")!.OpenAsync(TestContext.Current.CancellationToken);
        var nuspec = await XDocument.LoadAsync(stream, LoadOptions.None, TestContext.Current.CancellationToken);
        var dependency = Assert.Single(nuspec.Descendants(), element => element.Name.LocalName == "dependency");
        Assert.Equal(
            (PackedAnalyzers.Id, $"[{package.Version}]", "all"),
            ((string?)dependency.Attribute("id"), (string?)dependency.Attribute("version"), (string?)dependency.Attribute("include")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_reference_brings_the_models_and_the_analyzers_and_two_warn_once(bool both)
    {
        var items = both ? $"""<PackageReference Include="{PackedAnalyzers.Id}" Version="{package.Version}" PrivateAssets="all" />""" : "";
        var folder = package.NewFolder()
            .WriteProject("Fresh.csproj", "net10.0", "Exe", items, PackedAnalyzers.RuntimeId)
            .Write("Program.cs", Program);

        string[] arguments = ["build", "Fresh.csproj", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-tl:off"];
        var shown = (await folder.RunAsync(arguments)).Succeeded();
        var warnings = shown.Output.Split('\n').Where(line => line.Contains("warning QNT4001", StringComparison.Ordinal)).Distinct();
        Assert.Contains("Program.cs(25,9)", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal("55", (await folder.PrintedAsync("Fresh.csproj")).Trim());
    }

    // crash_test.go: an unrecovered panic in any goroutine ends the program, with its text on the error stream.
    [Fact]
    public async Task A_panic_in_a_goroutine_ends_the_process()
    {
        var folder = package.NewFolder()
            .WriteProject("Crash.csproj", "net10.0", "Exe", "", PackedAnalyzers.RuntimeId)
            .Write("Program.cs", """
                using System;
                using Quintet.Goroutines;

                GoScheduler.Run(async () =>
                {
                    Go.Run(Fail());
                    await new Chan<int>().ReceiveAsync();
                    Console.WriteLine("not reached");
                }, options: null);

                static async GoTask Fail()
                {
                    await Go.Yield();
                    throw new FormatException("it broke");
                }
                """);
        var run = await folder.RunAsync("run", "--project", "Crash.csproj");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("panic: FormatException: it broke", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("not reached", run.Output, StringComparison.Ordinal);
    }
}
