using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;
using Xunit;

namespace Quintet.Tests.Catalogue;

/// <summary>Members that look as if they blocked and do not: none of them may ever be taken for one that does.</summary>
public sealed class LookAlikeTests
{
    private static IReadOnlyList<ApiEntry> LookAlikes { get; } =
        [.. CatalogueLines.Entries.Where(static entry => entry.Verb == ApiVerb.Quiet)];

    [Fact]
    public void At_least_a_hundred_look_alikes_are_known() =>
        Assert.True(LookAlikes.Select(static entry => entry.Id).Distinct().Count() >= 100);

    [Fact]
    public void No_look_alike_is_found_to_block_or_burn() =>
        CatalogueTests.AssertNone(
            from entry in LookAlikes
            from symbol in CatalogueCompilation.Resolve(entry.Id)
            where !IsOverloadWithALineOfItsOwn(entry, symbol)
            where ApiCatalogue.Default.FindAll(symbol).Any(static found => found.Verb is ApiVerb.Blocks or ApiVerb.Burns)
            select $"{entry}: {symbol.ToDisplayString()}");

    [Theory]
    [InlineData("M:System.Threading.Tasks.Task.WhenAll")]
    [InlineData("M:System.Threading.CancellationTokenSource.Cancel")]
    [InlineData("M:Microsoft.EntityFrameworkCore.DbSet`1.Add")]
    [InlineData("M:Newtonsoft.Json.JsonWriter.WriteValue")]
    [InlineData("M:System.IO.Pipelines.PipeWriter.Complete")]
    [InlineData("M:Microsoft.EntityFrameworkCore.IDbContextFactory`1.CreateDbContext")]
    [InlineData("M:System.Windows.Forms.Form.ShowDialog")]
    [InlineData("M:System.IO.MemoryStream.Read")]
    [InlineData("M:System.IO.StringReader.ReadToEnd")]
    [InlineData("M:System.Console.WriteLine")]
    [InlineData("M:System.Collections.Concurrent.ConcurrentDictionary`2.GetOrAdd")]
    public void What_the_peers_get_wrong_is_quiet(string id)
    {
        var symbol = CatalogueCompilation.Resolve(id)[0];
        Assert.NotNull(ApiCatalogue.Default.Find(symbol, ApiVerb.Quiet));
    }

    [Fact]
    public void An_override_in_memory_is_quiet_although_its_base_blocks()
    {
        var inMemory = CatalogueCompilation.Resolve("M:System.IO.MemoryStream.Read(System.Byte[],System.Int32,System.Int32)").Single();
        var onDisk = CatalogueCompilation.Resolve("M:System.IO.FileStream.Read(System.Byte[],System.Int32,System.Int32)").Single();

        Assert.Null(ApiCatalogue.Default.Find(inMemory, ApiVerb.Blocks));
        Assert.NotNull(ApiCatalogue.Default.Find(onDisk, ApiVerb.Blocks));
    }

    [Fact]
    public void An_overload_with_a_time_out_blocks_beside_one_that_only_looks()
    {
        var looks = CatalogueCompilation.Resolve("M:System.Collections.Concurrent.BlockingCollection`1.TryTake(`0@)").Single();
        var waits = CatalogueCompilation.Resolve("M:System.Collections.Concurrent.BlockingCollection`1.TryTake(`0@,System.Int32)").Single();

        Assert.Null(ApiCatalogue.Default.Find(looks, ApiVerb.Blocks));
        Assert.NotNull(ApiCatalogue.Default.Find(waits, ApiVerb.Blocks));
    }

    private static bool IsOverloadWithALineOfItsOwn(ApiEntry entry, ISymbol symbol) =>
        !entry.Id.Contains('(', StringComparison.Ordinal)
        && DocumentationCommentId.CreateDeclarationId(symbol) is { } id && id != entry.Id
        && CatalogueLines.Entries.Any(other => other.Id == id);
}
