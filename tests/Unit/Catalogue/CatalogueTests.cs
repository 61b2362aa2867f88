using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Catalogue;
using Xunit;

namespace Quintet.Tests.Catalogue;

/// <summary>What the catalogue says must be about members that exist, once each, with a reason.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public void Every_line_parses()
    {
        var errors = new List<string>();
        foreach (var (name, text) in CatalogueLines.Files)
        {
            var ofFile = new List<string>();
            _ = CatalogueFile.Read(text, ofFile).Count();
            errors.AddRange(ofFile.Select(error => $"{name}: {error}"));
        }

        AssertNone(errors);
    }

    [Fact]
    public void Every_line_has_its_reason() =>
        AssertNone(CatalogueLines.Entries.Where(static entry => entry.Reason.Length < 8).Select(static entry => entry.ToString()));

    [Fact]
    public void No_line_is_there_twice() =>
        AssertNone(CatalogueLines.Entries
            .GroupBy(static entry => (entry.Verb, entry.Id, entry.Argument, entry.By))
            .Where(static group => group.Count() > 1)
            .Select(static group => $"{group.Key}"));

    [Fact]
    public void No_line_is_taken_back_by_a_later_one()
    {
        var kept = ApiCatalogue.Default.All.ToHashSet();
        Assert.Equal(CatalogueLines.Entries.Count, kept.Count);
    }

    [Fact]
    public void Every_line_is_about_something_that_exists() =>
        AssertNone(CatalogueLines.Entries
            .Where(static entry => CatalogueCompilation.Resolve(entry.Id).Count == 0)
            .Select(static entry => entry.ToString()));

    [Fact]
    public void The_declarations_of_absent_frameworks_compile() =>
        AssertNone(CatalogueCompilation.Instance.GetDiagnostics()
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(static diagnostic => diagnostic.ToString()));

    [Fact]
    public void The_lookup_finds_every_member_line()
    {
        var missed = new List<string>();
        foreach (var entry in CatalogueLines.Entries.Where(static entry => entry.Id[0] != 'T' && entry.Verb != ApiVerb.Root))
        {
            var symbols = CatalogueCompilation.Resolve(entry.Id);
            if (!symbols.Any(symbol => ApiCatalogue.Default.FindAll(symbol).Any(found => Same(found, entry)))) missed.Add(entry.ToString());
        }

        AssertNone(missed);
    }

    [Fact]
    public void Five_hundred_members_that_block_or_burn_are_known()
    {
        var names = CatalogueLines.Entries
            .Where(static entry => entry.Verb is ApiVerb.Blocks or ApiVerb.Burns)
            .Select(static entry => ApiCatalogue.WithoutParameters(entry.Id))
            .Distinct()
            .Count();
        Assert.True(names >= 500, $"only {names}");
    }

    [Theory]
    [InlineData("M:System.Threading.WaitHandle.WaitOne")]
    [InlineData("M:System.Threading.Thread.Join")]
    [InlineData("M:System.Threading.CountdownEvent.Wait")]
    [InlineData("M:System.Threading.Barrier.SignalAndWait")]
    [InlineData("M:System.Collections.Concurrent.BlockingCollection`1.Take")]
    [InlineData("M:System.Collections.Concurrent.BlockingCollection`1.GetConsumingEnumerable")]
    [InlineData("M:System.Threading.ReaderWriterLockSlim.EnterWriteLock")]
    [InlineData("M:System.Threading.Monitor.Wait")]
    [InlineData("M:System.Threading.SpinWait.SpinUntil")]
    [InlineData("M:System.Console.ReadLine")]
    [InlineData("M:System.IO.File.Copy")]
    [InlineData("M:System.Threading.Tasks.Parallel.Invoke")]
    [InlineData("M:System.Linq.ParallelEnumerable.ForAll")]
    public void Primitives_without_an_asynchronous_twin_block_all_the_same(string id)
    {
        var entry = Assert.Single(CatalogueLines.Entries, entry => entry.Verb == ApiVerb.Blocks && entry.Id == id);
        Assert.Null(entry.Twin);
    }

    private static bool Same(ApiEntry found, ApiEntry entry) =>
        found.Verb == entry.Verb && found.Id == entry.Id && found.Argument == entry.Argument;

    internal static void AssertNone(IEnumerable<string> failures)
    {
        var list = failures.ToList();
        if (list.Count > 0) Assert.Fail(string.Join('\n', list));
    }
}
