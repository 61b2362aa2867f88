namespace Quintet.Tests.Package;

/// <summary>
/// What <c>dotnet format</c> makes of findings that stand in each other's way. It applies the first action of a file's first
/// finding to all findings with the same key, so each case is one in which that habit could leave something behind.
/// </summary>
[Collection(PackageCollection.Name)]
public sealed class FixMeetingTests(PackedAnalyzers package)
{
    private const string Head = """
        using System;
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;


        """;

    // An await cannot stand inside a lock: the first finding stays, and must not keep the second from its fix.
    private const string Unfixable = Head + """
        public sealed class Till
        {
            private readonly object _gate = new object();

            public async Task<int> CountAsync()
            {
                lock (_gate) { Thread.Sleep(1); }
                await Task.Yield();
                Thread.Sleep(2);
                return 1;
            }
        }
        """;

    // A twin for the first, a cascade for the second, in one method.
    private const string TwoKinds = Head + """
        public sealed class Ledger
        {
            public async Task<int> ReadAsync(string path)
            {
                var text = File.ReadAllText(path);
                await Task.Yield();
                return text.Length + Length(path);
            }

            private static int Length(string path) => Lines(path).Length;

            private static string[] Lines(string path) => File.ReadAllLines(path);
        }
        """;

    private const string TwoInOne = Head + """
        public sealed class Printer
        {
            public async Task<int> PrintAsync()
            {
                Thread.Sleep(1); // the first
                Thread.Sleep(2); // the second
                await Task.Yield();
                return 3;
            }
        }
        """;

    // Called through fields, as a server calls: what only start-up code reaches is not reported.
    private const string Program = Head + """
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "ledger");
        Console.WriteLine(await Served.Count());
        Console.WriteLine(await Served.Read(path));
        Console.WriteLine(await Served.Print());
        File.Delete(path);

        internal static class Served
        {
            public static readonly Func<Task<int>> Count = () => new Till().CountAsync();
            public static readonly Func<string, Task<int>> Read = path => new Ledger().ReadAsync(path);
            public static readonly Func<Task<int>> Print = () => new Printer().PrintAsync();
        }
        """;

    [Fact]
    public async Task Findings_that_meet_are_all_fixed_but_the_one_without_a_fix()
    {
        var folder = package.NewFolder().WriteProject("Shop.csproj", "net10.0", "Exe").Write("Program.cs", Program)
            .Write("Till.cs", Unfixable).Write("Ledger.cs", TwoKinds).Write("Printer.cs", TwoInOne);
        Shown[] expected =
        [
            new("QNT3003", "Till.cs", 12), new("QNT4001", "Ledger.cs", 10), new("QNT4001", "Printer.cs", 10),
            new("QNT4001", "Printer.cs", 11),
            new("QNT4001", "Till.cs", 12), new("QNT4001", "Till.cs", 14), new("QNT4002", "Ledger.cs", 12),
        ];
        Assert.Equal(expected, await folder.BuildAsync("Shop.csproj"));
        var before = await folder.PrintedAsync("Shop.csproj");

        await folder.FormatAsync("Shop.csproj", "warn", "QNT4001", "QNT4002");

        Assert.Equal([new("QNT3003", "Till.cs", 12), new("QNT4001", "Till.cs", 12)], await folder.BuildAsync("Shop.csproj"));
        Assert.Equal(before, await folder.PrintedAsync("Shop.csproj"));
        Assert.Contains("await Task.Delay(1); // the first", folder.Read("Printer.cs"), StringComparison.Ordinal);
        Assert.Contains("await Task.Delay(2); // the second", folder.Read("Printer.cs"), StringComparison.Ordinal);
    }

    // Work that moves to the pool, from two places that one finding stands for, beside a call that is awaited where it is.
    private const string Mill = Head + """
        public sealed class Mill
        {
            public async Task<long> GrindAsync(int sacks)
            {
                Thread.Sleep(1); // the wheel starts
                await Task.Yield();
                var first = Grind(sacks + 20); // coarse
                var second = Grind(sacks + 21) - first; // fine
                return second;
            }

            private static long Grind(int n) => n < 2 ? n : Grind(n - 1) + Grind(n - 2);
        }
        """;

    [Fact]
    public async Task Work_moves_away_beside_a_call_that_is_awaited()
    {
        var folder = package.NewFolder().WriteProject("Shop.csproj", "net10.0", "Exe").Write("Mill.cs", Mill)
            .Write("Program.cs", Head + """
                Console.WriteLine(await Served.Grind(4));

                internal static class Served
                {
                    public static readonly Func<int, Task<long>> Grind = sacks => new Mill().GrindAsync(sacks);
                }
                """);
        Assert.Equal([new("QNT4001", "Mill.cs", 10), new("QNT4005", "Mill.cs", 12)], await folder.BuildAsync("Shop.csproj"));
        var before = await folder.PrintedAsync("Shop.csproj");

        await folder.FormatAsync("Shop.csproj", "warn", "QNT4001", "QNT4005");

        Assert.Empty(await folder.BuildAsync("Shop.csproj"));
        Assert.Equal(before, await folder.PrintedAsync("Shop.csproj"));
        var fixedCode = folder.Read("Mill.cs");
        Assert.Contains("await Task.Delay(1); // the wheel starts", fixedCode, StringComparison.Ordinal);
        Assert.Contains("var first = await Task.Run(() => Grind(sacks + 20)); // coarse", fixedCode, StringComparison.Ordinal);
        Assert.Contains("var second = await Task.Run(() => Grind(sacks + 21)) - first; // fine", fixedCode, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cascade_crosses_from_the_library_into_the_program()
    {
        var reference = """<ProjectReference Include="../Core/Core.csproj" />""";
        var folder = package.NewFolder()
            .WriteProject("Core/Core.csproj", "net10.0").Write("Core/Store.cs", Head + """
                public sealed class Store
                {
                    private readonly string _path;

                    public Store(string path) => _path = path;

                    public string Load() => Read().Trim();

                    private string Read() => File.ReadAllText(_path);
                }
                """)
            .WriteProject("App/App.csproj", "net10.0", "Exe", reference).Write("App/Screen.cs", Head + """
                public sealed class Screen
                {
                    private readonly Store _store;

                    public Screen(Store store) => _store = store;

                    public async Task<string> ShowAsync()
                    {
                        var text = _store.Load(); // the whole file
                        await Task.Yield();
                        return text.ToUpperInvariant();
                    }
                }
                """)
            .Write("App/Program.cs", Head + """
                var path = Path.GetTempFileName();
                File.WriteAllText(path, "shelf");
                Console.WriteLine(await Served.Show(path));
                File.Delete(path);

                internal static class Served
                {
                    public static readonly Func<string, Task<string>> Show = path => new Screen(new Store(path)).ShowAsync();
                }
                """);
        (await folder.RunAsync("new", "sln", "--name", "Shop", "--format", "sln")).Succeeded();
        (await folder.RunAsync("sln", "Shop.sln", "add", "Core", "App")).Succeeded();
        await folder.BuildAsync("Shop.sln");
        var before = await folder.PrintedAsync("App");

        await folder.FormatAsync("Shop.sln", "warn", "QNT4001", "QNT4002");

        Assert.Empty(await folder.BuildAsync("Shop.sln"));
        Assert.Equal(before, await folder.PrintedAsync("App"));
        Assert.Contains("File.ReadAllTextAsync", folder.Read("Core/Store.cs"), StringComparison.Ordinal);
        Assert.Matches(@"await _store\.LoadAsync\(\).*// the whole file", folder.Read("App/Screen.cs"));
    }
}
