namespace Quintet.Tests.Package;

/// <summary>Restores the package into projects that never heard of it, builds, fixes, builds again.</summary>
[Collection(PackageCollection.Name)]
public sealed class ConsumptionTests(PackedAnalyzers package)
{
    private const string Desk = """
        using System;
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;

        public sealed class Desk
        {
            public async Task<int> OpenAsync(TextWriter log)
            {
                Thread.Sleep(10);
                await log.WriteLineAsync("open");
                return 1;
            }

            public async Task<int> CloseAsync(TextWriter log)
            {
                Settle(20); // until the drawer is shut
                await log.WriteLineAsync("closed");
                return 2;
            }

            private static void Settle(int milliseconds) => Thread.Sleep(milliseconds);
        }
        """;

    private const string Program = """
        using System;
        using System.Threading.Tasks;

        Console.WriteLine(await Served.Open(new Desk()) + await Served.Close(new Desk()));

        // Called through fields, as a server calls: what only start-up code reaches is not reported.
        internal static class Served
        {
            public static readonly Func<Desk, Task<int>> Open = desk => desk.OpenAsync(Console.Out);
            public static readonly Func<Desk, Task<int>> Close = desk => desk.CloseAsync(Console.Out);
        }
        """;

    [Fact]
    public async Task A_program_is_warned_fixed_and_then_builds_without_a_warning()
    {
        var folder = package.NewFolder().WriteProject("Fresh.csproj", "net10.0", "Exe").Write("Desk.cs", Desk).Write("Program.cs", Program);

        Assert.Equal([new("QNT4001", "Desk.cs", 10), new("QNT4002", "Desk.cs", 17)], await folder.BuildAsync("Fresh.csproj"));
        var before = await folder.PrintedAsync("Fresh.csproj");

        await folder.FormatAsync("Fresh.csproj", "warn", "QNT4001", "QNT4002");

        Assert.Empty(await folder.BuildAsync("Fresh.csproj"));
        Assert.Contains("await Task.Delay(10)", folder.Read("Desk.cs"), StringComparison.Ordinal);
        Assert.Contains("// until the drawer is shut", folder.Read("Desk.cs"), StringComparison.Ordinal);
        Assert.Equal(before, await folder.PrintedAsync("Fresh.csproj"));
    }

    [Fact]
    public async Task A_library_for_old_frameworks_is_warned_and_fixed_too()
    {
        var folder = package.NewFolder().WriteProject("Old.csproj", "netstandard2.0").Write("Desk.cs", Desk);

        Assert.Equal([new("QNT4001", "Desk.cs", 10), new("QNT4002", "Desk.cs", 17)], await folder.BuildAsync("Old.csproj"));

        await folder.FormatAsync("Old.csproj", "warn", "QNT4001", "QNT4002");

        Assert.Empty(await folder.BuildAsync("Old.csproj"));
    }
}
