namespace Quintet.Tests.Tool;

public sealed class BadInputTests
{
    [Fact]
    public async Task What_cannot_be_a_solution_is_one_line_and_exit_code_2()
    {
        using var tree = new SourceTree()
            .With("text.txt", "")
            .With("empty/readme.md", "")
            .With("broken.sln", "this is no solution")
            .With("broken.slnx", "<Solution><Project")
            .With("broken.slnf", "{ \"solution\"")
            .With("empty.slnf", "{ }")
            .With("two/a.sln", "")
            .With("two/b.sln", "");
        string[][] commands =
        [
            ["check", tree["nowhere.sln"]],
            ["check", tree["text.txt"]],
            ["check", tree["empty"]],
            ["check", tree["broken.sln"]],
            ["check", tree["broken.slnx"]],
            ["check", tree["broken.slnf"]],
            ["check", tree["empty.slnf"]],
            ["check", tree["two"]],
            ["check", tree.Root, "--only", "QNT9"],
            ["check", tree.Root, "--sarif", tree["no/such/folder.sarif"]],
            ["check", tree.Root, "--write-baseline"],
            ["fix", tree["nowhere.csproj"]],
            ["explain", "QNT9999"],
        ];

        foreach (var command in commands)
        {
            var run = await ToolRun.OfAsync(command);

            Assert.True(run.ExitCode == 2, $"{string.Join(' ', command)}: {run.ExitCode} {run.Output}{run.Error}");
            Assert.StartsWith("quintet: ", run.Error);
            Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public async Task An_unknown_option_or_value_is_bad_usage()
    {
        Assert.Equal(2, (await ToolRun.OfAsync("check", ".", "--unknown")).ExitCode);
        Assert.Equal(2, (await ToolRun.OfAsync("check", ".", "--fail-on", "sometimes")).ExitCode);
        Assert.Equal(2, (await ToolRun.OfAsync("chek")).ExitCode);
        Assert.Equal(0, (await ToolRun.OfAsync("check", "--help")).ExitCode);
    }

    [Fact]
    public async Task Each_project_that_fails_has_its_line_and_the_rest_is_analysed()
    {
        using var tree = new SourceTree()
            .WithProject("Good").With("Good/Store.cs", SourceTree.Blocking)
            .WithProject("Wrong").With("Wrong/Wrong.cs", SourceTree.Blocking + "\npublic class Wrong : Missing { Other field; }")
            .WithProject("Package", "<ItemGroup><PackageReference Include=\"Quintet.No.Such.Package\" Version=\"1.0.0\" /></ItemGroup>")
            .With("Package/Store.cs", SourceTree.Blocking)
            .With("Malformed/Malformed.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup>")
            .With("Foreign/Foreign.csproj", "<Project Sdk=\"Quintet.No.Such.Sdk/1.0.0\" />")
            .With("Basic/Basic.vbproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />")
            .WithSolution(
                "Good/Good.csproj",
                "Wrong/Wrong.csproj",
                "Package/Package.csproj",
                "Malformed/Malformed.csproj",
                "Foreign/Foreign.csproj",
                "Basic/Basic.vbproj",
                "Gone/Gone.csproj");
        var before = tree.Hash();

        var (run, report) = await ToolRun.CheckAsync(tree["All.sln"], "--only", "QNT4001");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(before, tree.Hash());
        Assert.Equal(
            ["QNT4001 Good/Store.cs 8", "QNT4001 Package/Store.cs 8", "QNT4001 Wrong/Wrong.cs 8"],
            ToolRun.Findings(report));
        Assert.Contains("Basic.vbproj: skipped: a Visual Basic project, not C#", run.Lines);
        Assert.Contains("Gone.csproj: the solution names it, but it does not exist", run.Lines);
        const string compilerErrors = "Wrong.csproj (net10.0): does not compile: 2 errors, first Wrong.cs(23): CS0246";
        Assert.Contains(run.Lines, line => line.StartsWith(compilerErrors));
        Assert.Contains(run.Lines, line => line.StartsWith("Package.csproj: does not restore (NU1101"));
        Assert.DoesNotContain("Good.csproj", run.Output);
        foreach (var project in (string[])["Malformed", "Foreign"])
            Assert.Single(run.Lines, line => line.StartsWith($"{project}.csproj: does not load"));
        Assert.DoesNotContain("   at ", run.Output + run.Error);
    }

    [Fact]
    public async Task An_sdk_that_is_not_installed_is_replaced_and_named()
    {
        using var tree = new SourceTree()
            .WithProject("App").With("App/Store.cs", SourceTree.Blocking)
            .With("global.json", "{ \"sdk\": { \"version\": \"6.0.999\", \"rollForward\": \"disable\" } }");

        var (run, report) = await ToolRun.CheckAsync(tree.Root);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(2, report.GetProperty("findings").GetArrayLength());
        Assert.Contains(run.Lines, line => line.StartsWith("global.json asks for an SDK that is not installed: "));
    }

    [Fact]
    public async Task A_cancelled_run_says_so()
    {
        using var tree = new SourceTree().WithProject("App");
        var error = new StringWriter();

        var code = await Quintet.Tool.Commands.CommandLine.RunAsync(
            ["check", tree.Root], new StringWriter(), error, new CancellationToken(canceled: true));

        Assert.Equal((130, "quintet: cancelled"), (code, error.ToString().Trim()));
    }
}
