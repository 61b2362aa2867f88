using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Guidance;
using Quintet.Analyzers.Rules;
using Quintet.Tests.Pages;

namespace Quintet.Tests;

/// <summary>
/// What keeps code, pages, tests, fixes and indexes in step. Nothing is registered anywhere: a rule is what derives from
/// <see cref="Rule"/>, and everything else follows from its id and its name.
/// </summary>
public sealed partial class RegistryTests
{
    private static readonly IReadOnlyList<Entry> Entries = [.. AllRules.Rules.Select(static rule => new Entry(rule))];

    /// <summary>The settings there are; adding one means adding it here, to the page of its rule and to docs/configuration.md.</summary>
    private static readonly string[] OptionKeys = ["quintet.blocking", "quintet.cpu_bound", "quintet.non_blocking"];

    public static TheoryData<string> Ids => [.. Entries.Select(static entry => entry.Id)];

    [Fact]
    public void Ids_are_unique() => Assert.Equal(Entries.Count, Entries.Select(static entry => entry.Id).Distinct().Count());

    [Theory]
    [MemberData(nameof(Ids))]
    public void Id_family_class_folder_and_file_agree(string id)
    {
        var entry = Of(id);
        Assert.Matches(@"^QNT[1-5]\d{3}$", id);
        Assert.StartsWith(id, entry.Type.Name, StringComparison.Ordinal);
        Assert.Equal(entry.Family, FamilyOf(id));
        Assert.Equal($"Quintet.{entry.Family}", entry.Descriptor.Category);
        Assert.Equal($"Quintet.Analyzers.Rules.{entry.Family}", entry.Type.Namespace);
        Assert.Contains(entry.SourceFile, Repository.Files);
        Assert.Equal($"docs/rules/{id}.md",
            entry.Descriptor.HelpLinkUri[Math.Max(0, entry.Descriptor.HelpLinkUri.IndexOf("docs/rules/", StringComparison.Ordinal))..]);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Titles_are_noun_phrases_and_messages_are_sentences_without_a_full_stop(string id)
    {
        var descriptor = Of(id).Descriptor;
        var (title, message) = (descriptor.Title.ToString(), descriptor.MessageFormat.ToString());
        Assert.Matches(@"^[A-Z][^.!?:]*[^.!?: ]$", title);
        Assert.DoesNotMatch(@"^(Do|Don't|Avoid|Use|Prefer|Consider|Never|Always)\b", title);
        Assert.DoesNotMatch(@"[.!? ]$", message);
        Assert.DoesNotContain("  ", message, StringComparison.Ordinal);
        Assert.EndsWith(".", descriptor.Description.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_tests_of_its_own(string id)
    {
        var entry = Of(id);
        Assert.Contains(entry.TestsFile, Repository.Files);
        Assert.NotNull(typeof(RegistryTests).Assembly.GetType($"Quintet.Tests.Rules.{entry.Family}.{entry.Type.Name}Tests"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_fix_is_named_after_its_rule_and_lies_beside_it(string id)
    {
        if (AllRules.FixOf(id) is not { } fix) return;
        var entry = Of(id);
        Assert.Equal(entry.Type.Name + "Fix", fix.GetType().Name);
        Assert.Equal($"Quintet.CodeFixes.{entry.Family}", fix.GetType().Namespace);
        Assert.Contains($"src/CodeFixes/{entry.Family}/{fix.GetType().Name}.cs", Repository.Files);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_says_what_the_rule_says(string id)
    {
        var entry = Of(id);
        Assert.Contains($"docs/rules/{id}.md", Repository.Files);
        var page = RulePage.Read(id);
        Assert.Equal($"# {id}: {entry.Descriptor.Title}", page.Title);
        Assert.Equal(entry.Descriptor.Description.ToString(), page.FirstParagraph);
        string[] sections = entry.HasFix
            ? ["Flagged", "Fixed", "Not flagged", "When to suppress", "Known limits", "Options"]
            : ["Flagged", "Not flagged", "When to suppress", "Known limits", "Options"];
        Assert.Equal(sections, page.Sections.Where(section => entry.HasFix || section != "Fixed"));
        Assert.NotEmpty(page.Under("Flagged"));
        Assert.NotEmpty(page.Under("Not flagged"));
        Assert.All(page.Under("Flagged"),
            block => Assert.Contains(block.Code.Split('\n').SelectMany(RulePage.MarksOf), mark => mark == id));
        Assert.DoesNotContain(page.Under("Not flagged").SelectMany(static block => block.Code.Split('\n')).SelectMany(RulePage.MarksOf),
            mark => mark == id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_line_below_a_title_is_generated(string id) =>
        GeneratedFile.HasRegion($"docs/rules/{id}.md", RulePage.Begin, RulePage.End, Of(id).HeaderLine);

    [Fact]
    public void The_index_of_the_documentation_lists_every_rule() =>
        GeneratedFile.HasRegion("docs/README.md", "<!-- rules -->", "<!-- /rules -->", Table("rules/"));

    [Fact]
    public void The_table_of_models_is_the_advisors() =>
        GeneratedFile.HasRegion("docs/guidance.md", RulePage.Begin, RulePage.End, Models());

    [Fact]
    public void The_readme_lists_every_rule()
    {
        // The README comes last; until it is there, there is nothing to keep in step.
        if (!Repository.Files.Contains("README.md")) return;
        GeneratedFile.HasRegion("README.md", "<!-- rules -->", "<!-- /rules -->", Table("docs/rules/"));
    }

    [Fact]
    public void The_release_file_lists_every_rule_with_its_category_and_severity()
    {
        var rows = new[] { "Shipped", "Unshipped" }
            .SelectMany(static part => File.ReadAllLines(Repository.PathOf($"src/Analyzers/AnalyzerReleases.{part}.md")))
            .Where(static line => line.StartsWith("QNT", StringComparison.Ordinal))
            .Select(static line => string.Join(" | ", line.Split('|').Take(3).Select(static cell => cell.Trim())))
            .Order(StringComparer.Ordinal);
        Assert.Equal(Entries.Select(static entry => $"{entry.Id} | {entry.Descriptor.Category} | {entry.Descriptor.DefaultSeverity}"),
            rows);
    }

    [Fact]
    public void Every_setting_is_documented_and_nothing_else_is()
    {
        var code = KeysIn(Repository.FilesOf("src/Analyzers/", ".cs"));
        Assert.Equal(OptionKeys, code);
        Assert.Equal(OptionKeys, KeysIn(["docs/configuration.md"]));
        Assert.Subset(OptionKeys.ToHashSet(), KeysIn(Repository.Files.Where(static file => file.EndsWith(".md", StringComparison.Ordinal)))
            .ToHashSet());
    }

    [Fact]
    public void Nothing_is_left_of_a_rule_that_is_gone()
    {
        var names = Entries.Select(static entry => entry.Type.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(RulePage.Ids.Except(Entries.Select(static entry => entry.Id)));
        Assert.Empty(AllRules.Fixes.SelectMany(static fix => fix.FixableDiagnosticIds).Except(Entries.Select(static entry => entry.Id)));
        foreach (var file in Repository.FilesOf("", ".cs")
            .Where(static file => Path.GetFileName(file).StartsWith("QNT", StringComparison.Ordinal)))
        {
            var name = RuleFile().Match(Path.GetFileName(file)).Groups[1].Value;
            Assert.True(names.Contains(name), $"{file} belongs to no rule.");
        }
    }

    [Fact]
    public void Relative_links_lead_somewhere()
    {
        foreach (var file in Repository.Files.Where(static file => file.EndsWith(".md", StringComparison.Ordinal)))
        {
            var prose = CodeBlock().Replace(File.ReadAllText(Repository.PathOf(file)), "");
            foreach (Match link in Link().Matches(prose))
            {
                var target = link.Groups[1].Value.Split('#')[0];
                if (target.Length == 0 || target.Contains("://", StringComparison.Ordinal)
                    || target.StartsWith("mailto:", StringComparison.Ordinal)) continue;
                var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.PathOf(file))!, target));
                Assert.True(File.Exists(path) || Directory.Exists(path), $"{file} links to {target}, which is not there.");
            }
        }
    }

    private static Entry Of(string id) => Entries.Single(entry => entry.Id == id);

    private static string FamilyOf(string id) => id[3] switch
    {
        '1' => "Goroutines",
        '2' => "Processes",
        '3' => "Threads",
        '4' => "Coroutines",
        _ => "EventLoops",
    };

    private static string Table(string folder) => string.Join('\n',
        Entries.Select(
            entry => $"| [{entry.Id}]({folder}{entry.Id}.md) | {entry.Descriptor.Title} | {entry.FamilyWords} | {entry.Severity} | "
                + $"{(entry.HasFix ? "yes" : "")} |")
            .Prepend("| --- | --- | --- | --- | --- |").Prepend("| Id | Finds | Family | Severity | Fix |"));

    private static string Models()
    {
        string[] heads = ["Go", "Python multiprocessing", "Python threads", "Python asyncio", "Node.js"];
        (string Name, Func<ModelTraits, string> Cell)[] rows =
        [
            ("Parallelism", static model => model.Parallelism ? "yes" : "no"),
            ("Preemption", static model => model.Preemptive ? "yes" : "no, only at an await"),
            ("Threads", static model => model.Threads),
            ("Scheduler", static model => model.Scheduler),
            ("Best for", static model => model.BestFor),
            ("Must not get", static model => model.MustNotGet switch
            {
                WorkKind.None => "–",
                WorkKind.CpuBound => "CPU-bound work",
                _ => "blocking calls, CPU-bound work",
            }),
            ("Because", static model => model.Why),
        ];
        Assert.Equal(heads.Length, Advisor.Table.Count);
        var lines = rows.Select(row => $"| {row.Name} | {string.Join(" | ", Advisor.Table.Select(row.Cell))} |");
        return string.Join('\n', lines.Prepend("| --- | --- | --- | --- | --- | --- |").Prepend($"| | {string.Join(" | ", heads)} |"));
    }

    private static IEnumerable<string> KeysIn(IEnumerable<string> files) => files
        .SelectMany(static file => Key().Matches(File.ReadAllText(Repository.PathOf(file))).Select(static match => match.Value))
        .Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\bquintet\.(?!txt\b)[a-z]+(?:_[a-z]+)*\b")]
    private static partial Regex Key();

    [GeneratedRegex(@"^(QNT\d{4}[A-Za-z]+?)(?:FixTests|Fix|Tests)?(?:\.[A-Za-z]+)?\.cs$")]
    private static partial Regex RuleFile();

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^(```|~~~).*?^\\1|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    /// <summary>What follows from a rule's class.</summary>
    private sealed class Entry(Rule rule)
    {
        public Type Type { get; } = rule.GetType();

        public DiagnosticDescriptor Descriptor { get; } = rule.SupportedDiagnostics.Single();

        public string Id => Descriptor.Id;

        public string Family => Type.Namespace!.Split('.')[^1];

        public string FamilyWords => Regex.Replace(Family, "(?<=[a-z])([A-Z])", static match => " " + match.Value.ToLowerInvariant());

        public string Severity =>
            Descriptor.DefaultSeverity == DiagnosticSeverity.Info
                ? "information"
                : Descriptor.DefaultSeverity.ToString().ToLowerInvariant();

        public bool HasFix => AllRules.FixOf(Id) is not null;

        public string SourceFile => $"src/Analyzers/Rules/{Family}/{Type.Name}.cs";

        public string TestsFile => $"tests/Unit/Rules/{Family}/{Type.Name}Tests.cs";

        // Paths, not links: the page travels in the package, where the sources are not.
        public string HeaderLine =>
            $"{FamilyWords} · {Severity} · {(HasFix ? "fix available" : "no fix")} · `{SourceFile}` · `{TestsFile}`";
    }
}
