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
}
