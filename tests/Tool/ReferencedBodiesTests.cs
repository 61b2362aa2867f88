namespace Quintet.Tests.Tool;

/// <summary>What an assembly without source does is read from its body, unless the project says that it is not to be read.</summary>
public sealed class ReferencedBodiesTests
{
    private const string Desk = """
        using System.Threading.Tasks;

        public class Desk
        {
            public async Task<string> OpenAsync()
            {
                await Task.Yield();
                return Lib.Store.Load("a");
            }
        }
        """;

    private const string Store = """
        namespace Lib
        {
            public static class Store
            {
                public static string Load(string path) => System.IO.File.ReadAllText(path);
            }
        }
        """;

    [Fact]
    public async Task A_blocking_body_without_source_is_found_unless_the_project_turned_reading_off()
    {
        using var library = new SourceTree().WithProject("Lib", frameworks: "netstandard2.0").With("Lib/Store.cs", Store);
        await Dotnet.RunAsync(library["Lib"], "build", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        using var tree = new SourceTree()
            .With("App/Desk.cs", Desk)
            .WithProject("App", Reference(library));

        var (run, report) = await ToolRun.CheckAsync(tree["App/App.csproj"]);

        Assert.True(run.ExitCode == 1, run.Output);
        Assert.Equal(["QNT4002 Desk.cs 8"], ToolRun.Findings(report));
        Assert.Contains("OpenAsync → Load → File.ReadAllText", run.Output, StringComparison.Ordinal);

        tree.WithProject("App", "<PropertyGroup><QuintetReadReferences>false</QuintetReadReferences></PropertyGroup>" + Reference(library));
        (run, report) = await ToolRun.CheckAsync(tree["App/App.csproj"]);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Empty(ToolRun.Findings(report));
    }

    private static string Reference(SourceTree library) =>
        $"""<ItemGroup><Reference Include="{library["Lib/bin/Debug/netstandard2.0/Lib.dll"]}" /></ItemGroup>""";
}
