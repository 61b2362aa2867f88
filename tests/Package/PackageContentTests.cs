using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Quintet.Tests.Package;

[Collection(PackageCollection.Name)]
public sealed partial class PackageContentTests(PackedAnalyzers package)
{
    [Fact]
    public async Task The_package_holds_exactly_the_listed_files()
    {
        await using var archive = await ZipFile.OpenReadAsync(package.Nupkg, TestContext.Current.CancellationToken);
        var entries = archive.Entries.Select(entry => entry.FullName).Where(IsOurs).Order(StringComparer.Ordinal).ToList();

        Checkout.AssertMatches(Checkout.PathOf("tests", "Package", "package-entries.txt"), entries);
        Assert.DoesNotContain(entries, entry => entry.StartsWith("lib/", StringComparison.Ordinal));
        Assert.Contains("README.md", entries);
    }

    [Fact]
    public async Task Every_rule_page_is_in_the_package()
    {
        await using var archive = await ZipFile.OpenReadAsync(package.Nupkg, TestContext.Current.CancellationToken);
        var pages = archive.Entries.Where(entry => entry.FullName.StartsWith("docs/rules/", StringComparison.Ordinal));
        var packed = pages.Select(entry => entry.Name);
        var written = Directory.GetFiles(Checkout.PathOf("docs", "rules"), "*.md").Select(page => Path.GetFileName(page));

        Assert.Equal(written.Order(StringComparer.Ordinal), packed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_link_of_a_page_in_the_package_is_dead()
    {
        await using var archive = await ZipFile.OpenReadAsync(package.Nupkg, TestContext.Current.CancellationToken);
        var entries = archive.Entries.Select(entry => "/" + entry.FullName).ToHashSet();
        var dead = new List<string>();
        foreach (var page in archive.Entries.Where(entry => entry.FullName.EndsWith(".md", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(await page.OpenAsync(TestContext.Current.CancellationToken));
            var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            dead.AddRange(Link().Matches(text).Select(match => new Uri(new Uri("file:///" + page.FullName), match.Groups[1].Value))
                .Where(link => link.IsFile && !entries.Contains(link.AbsolutePath))
                .Select(link => $"{page.FullName}: {link.AbsolutePath}"));
        }

        Assert.Empty(dead);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [Fact]
    public async Task The_package_is_a_development_dependency_without_dependencies()
    {
        await using var archive = await ZipFile.OpenReadAsync(package.Nupkg, TestContext.Current.CancellationToken);
        await using var stream = await archive.GetEntry(PackedAnalyzers.Id + ".nuspec")!.OpenAsync(TestContext.Current.CancellationToken);
        var nuspec = await XDocument.LoadAsync(stream, LoadOptions.None, TestContext.Current.CancellationToken);
        var metadata = nuspec.Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

        Assert.Equal(package.Version, Value("version"));
        Assert.Equal("true", Value("developmentDependency"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("MIT", Value("license"));
        Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
        Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "group");
    }

    /// <summary>The parts that the container format adds to every package, one of them under a random name.</summary>
    private static bool IsOurs(string entry) =>
        entry is not ("_rels/.rels" or "[Content_Types].xml") && !entry.EndsWith(".psmdcp", StringComparison.Ordinal);
}
