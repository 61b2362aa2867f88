namespace Quintet.Tests.Package;

/// <summary>A helper that blocks, one project or one package away: whoever looks, the same is found.</summary>
[Collection(PackageCollection.Name)]
public sealed class ReferenceEffectsTests(PackedAnalyzers package)
{
    private const string Store = """
        using System.IO;

        namespace Lib
        {
            public sealed class Store
            {
                public string Load(string path) => Disk.Read(path);

                public string Name(string path) => Disk.Name(path);
            }

            internal static class Disk
            {
                public static string Read(string path) => File.ReadAllText(path);

                public static string Name(string path) => Path.GetFileName(path);
            }
        }
        """;

    private const string Desk = """
        using System.IO;
        using System.Threading.Tasks;
        using Lib;

        public sealed class Desk
        {
            public async Task<string> OpenAsync(TextWriter log, Store store)
            {
                await log.WriteLineAsync(store.Name("a"));
                return store.Load("a");
            }

            public async Task<string> CloseAsync(TextWriter log, Store store)
            {
                await log.WriteLineAsync(store.Name("a"));
                return Shut(store);
            }

            private static string Shut(Store store) => store.Load("a");
        }
        """;

    private const string Effects = "App/obj/Debug/net10.0/quintet.effects.quintet.txt";

    private const string Project = """<ProjectReference Include="../Lib/Lib.csproj" />""";

    private static readonly string[] Found =
    [
        "QNT4002 App/Desk.cs:10 OpenAsync → Load → Read → File.ReadAllText",
        "QNT4002 App/Desk.cs:16 CloseAsync → Shut → Load → Read → File.ReadAllText",
    ];

    [Fact]
    public async Task The_compiler_a_live_workspace_and_the_tool_find_the_same_one_project_away()
    {
        // dotnet format tells of what it can fix, and netstandard2.0 has no File.ReadAllTextAsync to fix this with.
        var folder = Solution(Project).Write("Lib/Lib.csproj", LibraryProject("1.0.0", framework: "net10.0"));

        Assert.Equal(Found, await CompilerAsync(folder));
        Assert.Equal(Found, await WorkspaceAsync(folder));
        Assert.Equal(Found, await ToolAsync(folder));
    }

    [Fact]
    public async Task The_compiler_and_the_tool_find_the_same_in_a_package_and_a_library_can_say_what_it_knows_better()
    {
        var folder = await PackLibraryAsync(Solution(Reference("1.0.0")), "1.0.0");

        Assert.Equal(Found, await CompilerAsync(folder));
        Assert.Equal(Found, await ToolAsync(folder));

        await PackLibraryAsync(folder, "1.0.1", """
            <None Include="Lib.Acme.targets;acme.quintet.txt" Pack="true" PackagePath="buildTransitive" />
            """);
        WriteApp(folder, Reference("1.0.1"));

        Assert.Empty(await CompilerAsync(folder));
        Assert.Empty(await ToolAsync(folder));
    }

    [Fact]
    public async Task Nothing_is_read_again_and_a_user_has_the_last_word()
    {
        var folder = Solution(Project);

        Assert.Equal(Found, await CompilerAsync(folder));
        // The target is passed over, not run and quick.
        var again = (await folder.RunAsync(
            "build", "App/App.csproj", "--no-restore", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-tl:off", "-v:d")).Succeeded();
        Assert.Contains("Skipping target \"QuintetReadReferenceEffects\" because all output files are up-to-date", again.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("assembly(ies) read", again.Output, StringComparison.Ordinal);

        Assert.Empty(await CompilerAsync(folder, "-p:QuintetReadReferences=false"));

        folder.Write("App/own.quintet.txt", "quiet  M:Lib.Store.Load  -- our disk is made of memory");
        WriteApp(folder, Project + """<AdditionalFiles Include="own.quintet.txt" />""");
        Assert.Empty(await CompilerAsync(folder));
    }

    /// <summary>A package's files are as old as the package, and older than the last build.</summary>
    [Fact]
    public async Task Another_reference_is_read_however_old_its_file_is()
    {
        var folder = Solution(Project);
        await OldLibraryAsync(folder, "blocking");
        folder.Write("Lib/Store.cs", Store.Replace("File.ReadAllText(path)", "path", StringComparison.Ordinal));
        await OldLibraryAsync(folder, "quiet");

        Assert.DoesNotContain("M:Lib", await EffectsOfAsync(folder, "quiet"), StringComparison.Ordinal);
        Assert.Contains("M:Lib.Store.Load", await EffectsOfAsync(folder, "blocking"), StringComparison.Ordinal);
        Assert.DoesNotContain("M:Lib", await EffectsOfAsync(folder, "quiet"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_target_framework_reads_its_own_references()
    {
        var folder = Solution(Project);
        folder.Write("App/Directory.Build.props", """
            <Project><PropertyGroup><TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks></PropertyGroup></Project>
            """);
        WriteApp(folder, Project, framework: "");

        Assert.Equal(Found, await CompilerAsync(folder));
        foreach (var framework in (string[])["net10.0", "netstandard2.0"])
            Assert.Contains("M:Lib.Store.Load(System.String)", folder.Read($"App/obj/Debug/{framework}/quintet.effects.quintet.txt"),
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_editor_that_only_asks_for_the_command_line_gets_the_same_file()
    {
        var folder = Solution(Project);
        (await folder.RunAsync("restore", "All.slnx")).Succeeded();

        // The other project was never built: there is nothing to read, and nothing fails.
        Assert.Contains(Path.GetFileName(Effects), await CommandLineAsync(folder), StringComparison.Ordinal);
        Assert.DoesNotContain("M:Lib", folder.Read(Effects), StringComparison.Ordinal);

        (await folder.RunAsync("build", "Lib/Lib.csproj", "--no-restore", "-nodeReuse:false", "-p:UseSharedCompilation=false")).Succeeded();
        Assert.Contains(Path.GetFileName(Effects), await CommandLineAsync(folder), StringComparison.Ordinal);
        Assert.Contains("M:Lib.Store.Load(System.String)", folder.Read(Effects), StringComparison.Ordinal);
        var designed = folder.Read(Effects);
        Assert.Equal(Found, await CompilerAsync(folder, "--no-restore"));
        Assert.Equal(designed, folder.Read(Effects));
    }

    [Fact]
    public async Task Two_builds_in_two_folders_are_equal_byte_by_byte()
    {
        var (one, other) = (Solution(Project), Solution(Project));
        string[] deterministic = ["-p:DebugType=none", "-p:Deterministic=true", "-p:ContinuousIntegrationBuild=true"];

        Assert.Equal(Found, await CompilerAsync(one, deterministic));
        Assert.Equal(Found, await CompilerAsync(other, deterministic));

        Assert.Equal(one.Read(Effects), other.Read(Effects));
        Assert.DoesNotContain(Path.GetDirectoryName(one.PathOf("All.slnx"))!, one.Read(Effects), StringComparison.Ordinal);
        const string Output = "App/bin/Debug/net10.0/App.dll";
        Assert.Equal(File.ReadAllBytes(one.PathOf(Output)), File.ReadAllBytes(other.PathOf(Output)));
    }

    /// <summary>What the design-time build of an editor says that the compiler would be given.</summary>
    private static async Task<string> CommandLineAsync(FreshFolder folder) => (await folder.RunAsync(
        "msbuild", "App/App.csproj", "-t:Compile", "-p:DesignTimeBuild=true", "-p:BuildingInsideVisualStudio=true",
        "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:BuildProjectReferences=false", "-nodeReuse:false",
        "-getItem:CscCommandLineArgs")).Succeeded().Output;

    private static async Task OldLibraryAsync(FreshFolder folder, string name)
    {
        (await folder.RunAsync("build", "Lib/Lib.csproj", "-nodeReuse:false", "-p:UseSharedCompilation=false")).Succeeded();
        Directory.CreateDirectory(folder.PathOf(name));
        File.Copy(folder.PathOf("Lib/bin/Debug/netstandard2.0/Lib.dll"), folder.PathOf($"{name}/Lib.dll"));
        File.SetLastWriteTimeUtc(folder.PathOf($"{name}/Lib.dll"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    private static async Task<string> EffectsOfAsync(FreshFolder folder, string name)
    {
        WriteApp(folder, $"""<Reference Include="Lib"><HintPath>../{name}/Lib.dll</HintPath></Reference>""");
        (await folder.RunAsync("build", "App/App.csproj", "-nodeReuse:false", "-p:UseSharedCompilation=false")).Succeeded();
        return folder.Read(Effects);
    }

    private static string Reference(string version) => $"""<PackageReference Include="Lib.Acme" Version="{version}" />""";

    private FreshFolder Solution(string reference)
    {
        var folder = package.NewFolder().Write("App/Desk.cs", Desk).Write("Lib/Store.cs", Store);
        folder.Write("Lib/Lib.csproj", LibraryProject("1.0.0"));
        folder.Write("All.slnx", reference == Project
            ? """<Solution><Project Path="App/App.csproj" /><Project Path="Lib/Lib.csproj" /></Solution>"""
            : """<Solution><Project Path="App/App.csproj" /></Solution>""");
        WriteApp(folder, reference);
        return folder;
    }

    private static void WriteApp(FreshFolder folder, string items, string framework = "net10.0") =>
        folder.WriteProject("App/App.csproj", framework, items: items);

    private static string LibraryProject(string version, string items = "", string framework = "netstandard2.0") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{framework}</TargetFramework>
            <PackageId>Lib.Acme</PackageId>
            <Version>{version}</Version>
          </PropertyGroup>
          <ItemGroup>{items}</ItemGroup>
        </Project>
        """;

    /// <summary>Packs the library beside the solution, into the folder that its configuration names.</summary>
    private async Task<FreshFolder> PackLibraryAsync(FreshFolder folder, string version, string items = "")
    {
        folder.Write("Lib/Lib.csproj", LibraryProject(version, items));
        folder.Write("Lib/acme.quintet.txt", "quiet  M:Lib.Store.Load  -- Acme's disk is made of memory");
        folder.Write("Lib/Lib.Acme.targets", """
            <Project>
              <ItemGroup>
                <AdditionalFiles Include="$(MSBuildThisFileDirectory)acme.quintet.txt" Visible="false" />
              </ItemGroup>
            </Project>
            """);
        (await folder.RunAsync("pack", "Lib/Lib.csproj", "-c", "Release", "-o", package.Feed, "-nodeReuse:false")).Succeeded();
        return folder;
    }

    private static async Task<IReadOnlyList<string>> CompilerAsync(FreshFolder folder, params string[] properties)
    {
        string[] arguments = ["build", "All.slnx", "--no-incremental", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-tl:off"];
        return folder.Paths((await folder.RunAsync([.. arguments, .. properties])).Succeeded());
    }

    /// <summary><c>dotnet format</c> opens the solution as editors do: a referenced project is a compilation, not a file.</summary>
    private static async Task<IReadOnlyList<string>> WorkspaceAsync(FreshFolder folder) => folder.Paths(await folder.RunAsync(
        "format", "analyzers", "All.slnx", "--no-restore", "--verify-no-changes", "--severity", "warn", "-v", "n"));

    private static async Task<IReadOnlyList<string>> ToolAsync(FreshFolder folder) => folder.Paths(await folder.RunAsync(
        Checkout.PathOf("src", "Tool", "bin", Checkout.Configuration, "net10.0", "quintet.dll"), "check", "All.slnx"));
}
