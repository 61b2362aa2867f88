using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Tests.Effects;

// The parts of a partial type stand in several files, and each is as long as it is.
public sealed class PartialInitialiserTests
{
    private const string Short = "partial class Overlay { }";

    private static readonly string Long = "using System.IO;\n" + string.Concat(Enumerable.Repeat("// far down\n", 100))
        + "partial class Overlay { public Model M { get; } = new(); public static readonly string Kept = File.ReadAllText(\"a\"); "
        + "public Overlay(int x) { } } class Model { public Model() { File.ReadAllText(\"x\"); } }";

    private const string Use = """
        using System.Threading.Tasks;
        class Page
        {
            async Task M() { await Task.Yield(); var made = new Overlay(1); }
            async Task<string> N() { await Task.Yield(); return Overlay.Kept; }
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_another_file_initialises_is_found_at_its_place(bool isShortFirst)
    {
        string[] texts = isShortFirst ? [Short, Long, Use] : [Long, Short, Use];
        var trees = texts.Select((text, at) => CSharpSyntaxTree.ParseText(text, path: $"{at}.cs")).ToArray();
        var found = await AllRules.DiagnoseAsync(AllRules.Compile(trees), cancellation: TestContext.Current.CancellationToken);
        var made = Assert.Single(found, static diagnostic => diagnostic.Id == "QNT4002");
        Assert.Equal("2.cs", made.Location.SourceTree!.FilePath);
        Assert.DoesNotContain(found, static diagnostic => diagnostic.Id == "AD0001");
        Assert.Contains(made.AdditionalLocations, static hop => hop.SourceTree!.ToString().Substring(hop.SourceSpan.Start)
            .StartsWith("File.ReadAllText", StringComparison.Ordinal));
        Assert.All(made.AdditionalLocations, static hop => Assert.True(hop.SourceSpan.End <= hop.SourceTree!.Length));
    }
}
