namespace Quintet.Tests.Tool;

public sealed class UserFileTests
{
    [Fact]
    public async Task A_line_that_is_not_understood_is_told_and_the_others_count()
    {
        using var tree = new SourceTree()
            .WithProject("App", """<ItemGroup><AdditionalFiles Include="acme.quintet.txt" /></ItemGroup>""")
            .With("App/acme.quintet.txt", """
                # What the printer does.
                blocks  M:Printer.Flush  -- waits for the paper
                block   M:Printer.Feed  -- a typing error
                """)
            .With("App/Printer.cs", """
                public class Printer
                {
                    public void Flush() { }

                    public void Feed() { }

                    public async System.Threading.Tasks.Task PrintAsync()
                    {
                        Feed();
                        Flush();
                        await System.Threading.Tasks.Task.Yield();
                    }
                }
                """);

        var (run, report) = await ToolRun.CheckAsync(tree["App/App.csproj"]);

        Assert.Equal(["QNT4001 Printer.cs 10"], ToolRun.Findings(report));
        var told = Assert.Single(run.Lines, line => line.Contains("acme.quintet.txt", StringComparison.Ordinal));
        Assert.Contains("acme.quintet.txt, line 3: unknown verb 'block'", told, StringComparison.Ordinal);
    }
}
