using Quintet.Analyzers.Catalogue;
using Xunit;

namespace Quintet.Tests.Catalogue;

/// <summary>docs/adding-an-api.md must parse, and must not keep a word of the format to itself.</summary>
public sealed class AddingAnApiPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "adding-an-api.md"));

    [Fact]
    public void Every_example_parses()
    {
        var errors = new List<string>();
        var examples = CatalogueFile.Read(Examples(), errors).ToList();

        CatalogueTests.AssertNone(errors);
        Assert.True(examples.Count >= 20, $"only {examples.Count} examples were found");
    }

    [Theory]
    [InlineData(typeof(ApiVerb))]
    [InlineData(typeof(BlockKind))]
    [InlineData(typeof(ApiConditions))]
    [InlineData(typeof(RunContext))]
    [InlineData(typeof(RootSelector))]
    public void Every_word_of_the_format_is_explained(Type words) =>
        CatalogueTests.AssertNone(Enum.GetNames(words)
            .Where(static name => name is not ("None" or "Unknown"))
            .Select(Hyphenated)
            .Where(static word => !Page.Contains($"`{word}`", StringComparison.Ordinal)));

    /// <summary>Blocks marked as text, and the examples in the table of verbs.</summary>
    private static string Examples()
    {
        var blocks = Page.Split("```text\n").Skip(1).Select(static rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]);
        var cells = Page.Split('\n').Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(static line => line.Split('|')[3].Trim().Trim('`'))
            .Where(static cell => cell.Contains(" -- ", StringComparison.Ordinal));
        return string.Join('\n', blocks.Concat(cells));
    }

    private static string Hyphenated(string name) =>
        string.Concat(name.Select(static (letter, i) => i > 0 && char.IsUpper(letter) ? $"-{letter}" : $"{letter}")).ToLowerInvariant();

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Analyzers.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Analyzers.sln is not above the test's folder.");
    }
}
