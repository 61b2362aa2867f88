using Quintet.Analyzers.Catalogue;
using Xunit;

namespace Quintet.Tests.Catalogue;

/// <summary>The line format, and what a typo in a line is told.</summary>
public sealed class CatalogueFileTests
{
    private const string Good =
        "blocks  M:Shop.Printer.Print  kind=wait  weight=brief  twin=none  unless=zero,completed  -- waits for the paper";

    [Fact]
    public void A_line_says_what_it_says()
    {
        Assert.True(CatalogueFile.TryParse(Good, out var entry, out _));
        Assert.Equal(ApiVerb.Blocks, entry.Verb);
        Assert.Equal("M:Shop.Printer.Print", entry.Id);
        Assert.Equal(BlockKind.Wait, entry.Kind);
        Assert.True(entry.Brief);
        Assert.Null(entry.Twin);
        Assert.Equal(ApiConditions.Zero | ApiConditions.Completed, entry.Unless);
        Assert.Equal("waits for the paper", entry.Reason);
    }

    [Fact]
    public void What_is_not_said_has_its_default()
    {
        Assert.True(CatalogueFile.TryParse("blocks M:Shop.Printer.Print", out var entry, out _));
        Assert.Equal(BlockKind.Wait, entry.Kind);
        Assert.False(entry.Brief);
        Assert.Equal("auto", entry.Twin);
        Assert.Equal(ApiConditions.None, entry.Unless | entry.When);
    }

    [Theory]
    [InlineData("blocks  M:", "block  M:", "unknown verb 'block'")]
    [InlineData("M:Shop", "Shop", "is not a documentation id")]
    [InlineData("kind=wait", "kind=waits", "unknown kind 'waits'")]
    [InlineData("kind=", "knd=", "unknown key 'knd'")]
    [InlineData("weight=brief", "weight=breif", "unknown weight 'breif'")]
    [InlineData("twin=none", "twin=nothing", "unknown twin 'nothing'")]
    [InlineData("unless=zero,completed", "unless=zero;completed", "unknown unless 'zero;completed'")]
    [InlineData("unless=zero", "unless=7", "unknown unless '7'")]
    [InlineData("twin=none", "twin", "'twin' is not key=value")]
    [InlineData("twin=none", "twin=none  twin=auto", "'twin' is given twice")]
    [InlineData("blocks", "runs", "needs where=")]
    [InlineData("blocks", "root  ", "needs where=")]
    public void A_typo_is_an_error(string right, string wrong, string message)
    {
        Assert.False(CatalogueFile.TryParse(Good.Replace(right, wrong, StringComparison.Ordinal), out _, out var error));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_needs_a_selector()
    {
        Assert.False(CatalogueFile.TryParse("root  T:Shop.Desk  where=event-loop  -- the desk's loop", out _, out var error));
        Assert.Contains("needs by=", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_names_its_line_and_the_others_still_count()
    {
        var errors = new List<string>();
        var entries = CatalogueFile.Read($"# printers\n\n{Good}\nblocs M:Shop.Printer.Feed\n{Good}\n", errors).ToList();

        Assert.Equal(2, entries.Count);
        Assert.StartsWith("line 4: unknown verb 'blocs'", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_users_line_corrects_ours()
    {
        Assert.True(CatalogueFile.TryParse("quiet  M:System.Threading.Thread.Sleep  -- our build replaces it", out var line, out _));
        var sleep = CatalogueCompilation.Resolve("M:System.Threading.Thread.Sleep(System.Int32)").Single();

        Assert.NotNull(ApiCatalogue.Default.Find(sleep, ApiVerb.Blocks));
        Assert.Null(ApiCatalogue.With([line]).Find(sleep, ApiVerb.Blocks));
    }
}
