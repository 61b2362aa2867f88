using System.Text;

namespace Quintet.Tests.Tool;

public sealed class FixTests
{
    private const string Before = """
        using System.IO;
        using System.Threading.Tasks;

        public class Store
        {
            public async Task<string> ReadAsync(string path)
            {
                var text = File.ReadAllText(path); // grüße
                await Task.Yield();
                return text;
            }
        }

        """;

    [Fact]
    public async Task Fix_plans_without_writing_then_writes_and_keeps_encoding_and_line_ends()
    {
        using var tree = new SourceTree().WithProject("App", frameworks: "net10.0;net10.0-browser");
        var file = tree["App/Store.cs"];
        var cancellation = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(file, Before.ReplaceLineEndings("\r\n"), new UTF8Encoding(true), cancellation);
        var before = tree.Hash();

        var plan = await ToolRun.OfAsync("fix", tree.Root, "--plan", "--only", "QNT4001");
        Assert.Equal(before, tree.Hash());
        var run = await ToolRun.OfAsync("fix", tree.Root, "--only", "QNT4001");
        var again = await ToolRun.OfAsync("fix", tree.Root, "--only", "QNT4001");

        Assert.Contains("App/Store.cs(8,20): QNT4001: Await 'File.ReadAllTextAsync'", plan.Lines);
        Assert.Contains("would change App/Store.cs", plan.Lines);
        Assert.Contains("changed App/Store.cs", run.Lines);
        Assert.Contains("0 finding(s) fixed in 0 file(s)", again.Lines);
        var bytes = await File.ReadAllBytesAsync(file, cancellation);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(
            Before.Replace("File.ReadAllText(path)", "await File.ReadAllTextAsync(path)").ReplaceLineEndings("\r\n"),
            Encoding.UTF8.GetString(bytes[3..]));
    }

    private const string TwoLocks = """
        using System.Collections.Generic;
        using System.Threading.Tasks;

        public class Totals
        {
            private readonly object _gate = new();
            private readonly Dictionary<int, long> _byId = new();

            public void Keep(List<int[]> orders)
            {
                Parallel.ForEach(orders, order =>
                {
                    lock (_gate)
                    {
                        var weight = Weigh(order);
                        _byId[order.Length] = weight;
                    }
                });
            }

            public long Sum(List<int[]> orders)
            {
                var sum = 0L;
                Parallel.ForEach(orders, order =>
                {
                    lock (_gate)
                    {
                        sum += Weigh(order);
                    }
                });
                return sum;
            }

            private static long Weigh(int[] order)
            {
                var weight = 0L;
                foreach (var line in order) weight += line * line % 7;
                return weight;
            }
        }

        """;

    [Fact]
    public async Task Each_finding_gets_its_own_first_fix_and_all_are_listed()
    {
        using var tree = new SourceTree().WithProject("App").With("App/Totals.cs", TwoLocks);

        var run = await ToolRun.OfAsync("fix", tree.Root, "--only", "QNT3001");

        // The sum could leave the lock as well, as the dictionary's work does; what it is offered first is better.
        var text = await File.ReadAllTextAsync(tree["App/Totals.cs"], TestContext.Current.CancellationToken);
        Assert.Contains("Interlocked.Add(ref sum, Weigh(order));", text, StringComparison.Ordinal);
        Assert.Contains("_byId[order.Length] = weight;", text, StringComparison.Ordinal);
        Assert.Contains("App/Totals.cs(13,13): QNT3001: Work before the lock, and take it for the result only", run.Lines);
        Assert.Contains("App/Totals.cs(26,13): QNT3001: Add to 'sum' with Interlocked instead of under the lock", run.Lines);
        Assert.Contains("2 finding(s) fixed in 1 file(s)", run.Lines);
    }

    [Fact]
    public async Task A_file_that_two_projects_share_is_changed_for_both()
    {
        const string Shared = """
            using System.IO;

            public static class Shared
            {
                public static string Load(string path) => File.ReadAllText(path);
            }

            """;
        const string Link = """<ItemGroup><Compile Include="../Shared/Shared.cs" Link="Shared.cs" /></ItemGroup>""";
        string Program(string result, string call) =>
            $"using System.Threading.Tasks;\n\npublic class User\n{{\n    public {result} Use() => {call};\n}}\n";
        using var tree = new SourceTree().WithProject("Core", Link).WithProject("App", Link).With("Shared/Shared.cs", Shared)
            .WithSolution("Core/Core.csproj", "App/App.csproj")
            .With("Core/Work.cs", "using System.Threading.Tasks;\n\npublic class Work\n{\n    public async Task<string> GoAsync()\n"
                + "    {\n        await Task.Yield();\n        return Shared.Load(\"a\");\n    }\n}\n")
            .With("App/User.cs", Program("string", "Shared.Load(\"b\")"));

        var run = await ToolRun.OfAsync("fix", tree.Root, "--only", "QNT4002");

        var cancellation = TestContext.Current.CancellationToken;
        Assert.Contains("1 finding(s) fixed in 3 file(s)", run.Lines);
        Assert.Contains("async Task<string> LoadAsync(", await File.ReadAllTextAsync(tree["Shared/Shared.cs"], cancellation),
            StringComparison.Ordinal);
        Assert.Equal(
            Program("async Task<string>", "await Shared.LoadAsync(\"b\")"),
            await File.ReadAllTextAsync(tree["App/User.cs"], cancellation));
    }

    [Fact]
    public async Task What_another_target_does_not_know_stays_and_the_rest_is_fixed()
    {
        const string Text = """
            using System.IO;
            using System.Threading;
            using System.Threading.Tasks;

            public class Store
            {
                public async Task<string> ReadAsync(string path)
                {
                    var text = File.ReadAllText(path);
                    await Task.Yield();
                    return text;
                }

                public async Task WaitAsync()
                {
                    Thread.Sleep(1000);
                    await Task.Yield();
                }
            #if BROWSER
                private static class File { public static string ReadAllText(string path) => path; }
            #endif
            }

            """;
        using var tree = new SourceTree().WithProject("App", frameworks: "net10.0;net10.0-browser").With("App/Store.cs", Text);

        var run = await ToolRun.OfAsync("fix", tree.Root, "--only", "QNT4001");

        Assert.Equal(
            Text.Replace("Thread.Sleep(1000)", "await Task.Delay(1000)", StringComparison.Ordinal),
            await File.ReadAllTextAsync(tree["App/Store.cs"], TestContext.Current.CancellationToken));
        Assert.DoesNotContain(run.Lines, line => line.Contains("Store.cs(9", StringComparison.Ordinal));
        Assert.Contains("1 finding(s) fixed in 1 file(s)", run.Lines);
    }

    [Fact]
    public async Task A_token_that_another_target_cannot_take_stays_behind()
    {
        static string Text(string call) => $$"""
            using System.IO;
            using System.Threading;
            using System.Threading.Tasks;

            public class Store
            {
                public async Task<int> CountAsync(string path, CancellationToken token)
                {
                    await Task.Delay(1, token);
                    using (var reader = new StreamReader(path)) return {{call}}.Length;
                }
            }

            """;
        using var both = new SourceTree().WithProject("App", frameworks: "net10.0;netstandard2.0")
            .With("App/Store.cs", Text("reader.ReadToEnd()"));
        using var one = new SourceTree().WithProject("App").With("App/Store.cs", Text("reader.ReadToEnd()"));

        var run = await ToolRun.OfAsync("fix", both.Root, "--only", "QNT4001");
        await ToolRun.OfAsync("fix", one.Root, "--only", "QNT4001");

        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(Text("(await reader.ReadToEndAsync())"), await File.ReadAllTextAsync(both["App/Store.cs"], cancellation));
        Assert.Equal(Text("(await reader.ReadToEndAsync(token))"), await File.ReadAllTextAsync(one["App/Store.cs"], cancellation));
        Assert.Contains("1 finding(s) fixed in 1 file(s)", run.Lines);
    }
}
