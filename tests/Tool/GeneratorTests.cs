namespace Quintet.Tests.Tool;

public sealed class GeneratorTests
{
    private const string Roslyn =
        """
        <ItemGroup><PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="4.8.0" PrivateAssets="all" /></ItemGroup>
        """;

    private const string Uses =
        """
        <ItemGroup>
          <ProjectReference Include="../Generator/Generator.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
        </ItemGroup>
        """;

    /// <summary>The class that it adds blocks, so a finding proves that it ran and that its code is followed.</summary>
    private const string FilesGenerator =
        """
        using Microsoft.CodeAnalysis;

        [Generator]
        public sealed class FilesGenerator : IIncrementalGenerator
        {
            public void Initialize(IncrementalGeneratorInitializationContext context) =>
                context.RegisterPostInitializationOutput(output => output.AddSource(
                    "Files.g.cs",
                    "public static class Files { public static string Load() => System.IO.File.ReadAllText(\"x\"); }"));
        }
        """;

    // What it returns throws when it is walked, which is after the driver has looked.
    [Fact]
    public async Task A_generator_that_fails_late_is_named_and_the_others_run()
    {
        using var tree = new SourceTree()
            .WithProject("Generator", Roslyn, "netstandard2.0")
            .With("Generator/FilesGenerator.cs", FilesGenerator)
            .With("Generator/LateGenerator.cs", """
                using System.Collections.Generic;
                using Microsoft.CodeAnalysis;

                [Generator]
                public sealed class LateGenerator : IIncrementalGenerator
                {
                    public void Initialize(IncrementalGeneratorInitializationContext context) =>
                        context.RegisterSourceOutput(
                            context.CompilationProvider.SelectMany((compilation, _) => Names(compilation)), (_, _) => { });

                    private static IEnumerable<string> Names(Compilation compilation)
                    {
                        yield return compilation.AssemblyName!;
                        throw new System.NullReferenceException();
                    }
                }
                """)
            .WithProject("App", Uses)
            .With("App/App.cs", """
                using System.Threading.Tasks;

                public class App
                {
                    public async Task<string> RunAsync()
                    {
                        await Task.Yield();
                        return Files.Load();
                    }
                }
                """)
            .WithSolution("App/App.csproj", "Generator/Generator.csproj");

        var (run, report) = await ToolRun.CheckAsync(tree["All.sln"]);

        Assert.Equal(["QNT4002 App/App.cs 8"], ToolRun.Findings(report));
        Assert.Contains("its generator LateGenerator failed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("FilesGenerator failed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generators_of_the_framework_and_of_the_solution_itself_run()
    {
        using var tree = new SourceTree()
            .WithProject("Generator", Roslyn, "netstandard2.0")
            .With("Generator/FilesGenerator.cs", FilesGenerator)
            .WithProject("App", Uses)
            .With("App/App.cs", """
                using System.Text.RegularExpressions;
                using System.Threading.Tasks;

                public partial class App
                {
                    [GeneratedRegex("a+")]
                    private static partial Regex Pattern();

                    public async Task<string> RunAsync()
                    {
                        await Task.Yield();
                        return Pattern().Replace(Files.Load(), "b");
                    }
                }
                """)
            .WithSolution("App/App.csproj", "Generator/Generator.csproj");
        var before = tree.Hash();

        var (run, report) = await ToolRun.CheckAsync(tree["All.sln"]);

        Assert.True(run.ExitCode == 1, run.Output);
        Assert.Equal(["QNT4002 App/App.cs 12"], ToolRun.Findings(report));
        Assert.Equal(before, tree.Hash());
    }
}
