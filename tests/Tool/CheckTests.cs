using System.Text.Json;

namespace Quintet.Tests.Tool;

public sealed class CheckTests
{
    [Fact]
    public async Task The_tree_is_untouched_wherever_its_projects_want_their_output()
    {
        using var tree = new SourceTree()
            .With("Directory.Build.props", """
                <Project><PropertyGroup><BaseIntermediateOutputPath>out/obj/</BaseIntermediateOutputPath></PropertyGroup></Project>
                """)
            .WithProject("Library")
            .With("Library/Store.cs", SourceTree.Blocking)
            .WithProject("App", """
                <PropertyGroup>
                  <IntermediateOutputPath>temporary/</IntermediateOutputPath>
                  <OutputPath>../output/</OutputPath>
                  <GenerateDocumentationFile>true</GenerateDocumentationFile>
                  <RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>
                  <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
                </PropertyGroup>
                <ItemGroup><ProjectReference Include="../Library/Library.csproj" /></ItemGroup>
                """)
            .With("App/App.cs", "public class App { public Store Store = new(); }")
            .With("App/obj/Stale.cs", "this is what an earlier build left")
            .WithSolution("Library/Library.csproj", "App/App.csproj");
        var before = tree.Hash();

        var (run, report) = await ToolRun.CheckAsync(tree["All.sln"]);

        Assert.Equal(before, tree.Hash());
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["QNT4001 Library/Store.cs 8", "QNT4002 Library/Store.cs 16"], ToolRun.Findings(report));
    }

    [Fact]
    public async Task A_solution_filter_means_the_projects_that_it_names()
    {
        using var tree = new SourceTree()
            .WithProject("Asked").With("Asked/Store.cs", SourceTree.Blocking)
            .WithProject("Other").With("Other/Store.cs", SourceTree.Blocking)
            .WithSolution("Asked/Asked.csproj", "Other/Other.csproj")
            .With("filters/Asked.slnf", """{ "solution": { "path": "..\\All.sln", "projects": [ "Asked\\Asked.csproj" ] } }""");

        var (_, report) = await ToolRun.CheckAsync(tree["filters/Asked.slnf"]);

        Assert.Equal(["QNT4001 Asked/Store.cs 8", "QNT4002 Asked/Store.cs 16"], ToolRun.Findings(report));
    }

    [Fact]
    public async Task A_lock_across_an_await_has_a_fix_where_a_semaphore_can_take_its_place()
    {
        const string Text = """
            using System.Threading;
            using System.Threading.Tasks;

            public class NAME
            {
                GATE

                public async Task SaveAsync()
                {
                    Monitor.Enter(_gate);
                    try
                    {
                        await Task.Delay(1);
                    }
                    finally
                    {
                        Monitor.Exit(_gate);
                    }
                }
            }

            """;
        static string Of(string name, string gate) =>
            Text.Replace("NAME", name, StringComparison.Ordinal).Replace("GATE", gate, StringComparison.Ordinal);
        using var tree = new SourceTree().WithProject("App")
            .With("App/Own.cs", Of("Own", "private readonly object _gate = new();"))
            .With("App/Seen.cs", Of("Seen", "public readonly object _gate = new();"));

        var run = await ToolRun.OfAsync("check", tree.Root, "--only", "QNT3008");

        Assert.EndsWith("(fix available)", Assert.Single(run.Lines, line => line.StartsWith("App/Own.cs(13,13): ")));
        Assert.DoesNotContain("(fix available)", Assert.Single(run.Lines, line => line.StartsWith("App/Seen.cs(13,13): ")));
    }

    [Fact]
    public async Task The_output_tells_model_place_path_fix_and_totals()
    {
        using var tree = new SourceTree().WithProject("App").With("App/Store.cs", SourceTree.Blocking);

        var (run, report) = await ToolRun.CheckAsync(tree.Root, "--timings");

        Assert.Contains("Coroutines", run.Lines);
        Assert.Contains(run.Lines, line => line.StartsWith("App/Store.cs(8,20): warning QNT4001: ") && line.EndsWith("(fix available)"));
        var deep = Assert.Single(run.Lines, line => line.StartsWith("App/Store.cs(16,16): warning QNT4002: "));
        Assert.Contains("DeepAsync → Load → Read → File.ReadAllText", deep);
        Assert.Contains(run.Lines, line => line.StartsWith("via App/Store.cs(19,48) → App/Store.cs(21,48)"));
        Assert.Contains(run.Lines, line => line.StartsWith("2 findings (QNT4001 1, QNT4002 1)"));
        Assert.Contains(run.Lines, line => line.StartsWith("1 project, 1 file, 22 lines;"));
        var project = Assert.Single(report.GetProperty("projects").EnumerateArray());
        Assert.Equal(22, project.GetProperty("lines").GetInt32());
        Assert.Equal("net10.0", project.GetProperty("framework").GetString());
    }

    [Fact]
    public async Task A_finding_in_two_target_frameworks_is_one_finding()
    {
        using var tree = new SourceTree()
            .WithProject("App", frameworks: "net10.0;netstandard2.0")
            .With("App/Store.cs", """
                using System.Threading;
                using System.Threading.Tasks;

                public class Store
                {
                    public async Task BothAsync()
                    {
                        Thread.Sleep(1000);
                        await Task.Yield();
                    }

                #if NETSTANDARD
                    public async Task OldAsync()
                    {
                        Thread.Sleep(1000);
                        await Task.Yield();
                    }
                #endif
                }
                """);

        var (run, report) = await ToolRun.CheckAsync(tree.Root);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(2, report.GetProperty("projects").GetArrayLength());
        Assert.Equal(["QNT4001 App/Store.cs 15", "QNT4001 App/Store.cs 8"], ToolRun.Findings(report));
    }

    [Fact]
    public async Task A_single_project_is_judged_alone_but_its_references_are_followed()
    {
        using var tree = new SourceTree()
            .WithProject("Library")
            .With("Library/Store.cs", SourceTree.Blocking)
            .With("Library/Files.cs", "public static class Files { public static string Load() => System.IO.File.ReadAllText(\"x\"); }")
            .WithProject("App", "<ItemGroup><ProjectReference Include=\"..\\Library\\Library.csproj\" /></ItemGroup>")
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
                """);

        var (run, report) = await ToolRun.CheckAsync(tree["App/App.csproj"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["QNT4002 App.cs 8"], ToolRun.Findings(report));
        var hop = report.GetProperty("findings")[0].GetProperty("hops").EnumerateArray().Last();
        Assert.Equal("../Library/Files.cs", hop.GetProperty("file").GetString());
    }

    [Fact]
    public async Task Only_and_skip_take_ids_and_families()
    {
        using var tree = new SourceTree().WithProject("App").With("App/Store.cs", SourceTree.Blocking);

        var (only, report) = await ToolRun.CheckAsync(tree.Root, "--only", "QNT4", "--skip", "QNT4001");
        var (skip, _) = await ToolRun.CheckAsync(tree.Root, "--skip", "QNT4");

        Assert.Equal(["QNT4002 App/Store.cs 16"], ToolRun.Findings(report));
        Assert.Equal((1, 0), (only.ExitCode, skip.ExitCode));
    }

    [Fact]
    public async Task Fail_on_decides_the_exit_code()
    {
        using var tree = new SourceTree().WithProject("App").With("App/Store.cs", """
            public class Store
            {
                public int Wait(System.Threading.Tasks.Task<int> task) => task.Result;
            }
            """);

        var (quiet, hidden) = await ToolRun.CheckAsync(tree.Root);
        var (shown, info) = await ToolRun.CheckAsync(tree.Root, "--severity", "info");
        var (failing, _) = await ToolRun.CheckAsync(tree.Root, "--fail-on", "info");

        Assert.Empty(ToolRun.Findings(hidden));
        Assert.Contains("1 of severity info", quiet.Output);
        Assert.Equal(["QNT4004 App/Store.cs 3"], ToolRun.Findings(info));
        Assert.Equal((0, 0, 1), (quiet.ExitCode, shown.ExitCode, failing.ExitCode));
    }

    [Fact]
    public async Task Without_restore_the_trees_own_restore_is_read_and_left_alone()
    {
        using var tree = new SourceTree().WithProject("App").With("App/Store.cs", SourceTree.Blocking);
        var (never, _) = await ToolRun.CheckAsync(tree.Root, "--no-restore");
        Assert.False(Directory.Exists(tree["App/obj"]));
        await Dotnet.RunAsync(tree.Root, "restore", tree["App/App.csproj"]);
        var before = tree.Hash();

        var (run, report) = await ToolRun.CheckAsync(tree.Root, "--no-restore");

        Assert.Equal(before, tree.Hash());
        Assert.Equal((3, 1), (never.ExitCode, run.ExitCode));
        Assert.Equal(2, report.GetProperty("findings").GetArrayLength());
    }
}
