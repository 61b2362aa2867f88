using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Tests;

/// <summary>What <c>CONTRIBUTING.md</c> and <c>docs/architecture.md</c> say of the sources, measured on the sources.</summary>
public sealed partial class ArchitectureTests
{
    private const int MostLines = 400;
    private const int MostLinesOfMethod = 60;
    private const int MostColumns = 140;

    /// <summary>What helps belongs to the concept that it helps; a name that says no more than "helper" hides a missing concept.</summary>
    private static readonly string[] EmptyWords =
        ["Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Extensions", "Common", "Misc"];

    private static readonly IReadOnlyList<SourceText> Sources =
        [.. Repository.FilesOf("", ".cs").Select(static file => new SourceText(file, File.ReadAllText(Repository.PathOf(file))))];

    private static IEnumerable<string> OwnFiles => Repository.Files.Where(static file => !IsBinary(file));

    [Fact]
    public void Files_are_short_enough_to_read() =>
        Empty(Sources.Where(static source => source.Lines.Length > MostLines)
            .Select(static source => $"{source.File}: {source.Lines.Length} lines"));

    [Fact]
    public void Methods_fit_on_a_screen() =>
        Empty(Sources.Where(static source => !IsTwin(source.File))
            .SelectMany(static source => source.Root.DescendantNodes().Where(IsMethod).Select(node => (source.File, Node: node)))
            .Select(static item => (item.File, item.Node, Lines: LinesOf(item.Node))).Where(static item => item.Lines > MostLinesOfMethod)
            .Select(static item => $"{item.File}({LineOf(item.Node)}): {item.Lines} lines"));

    // Elsewhere a line is a row of a table (*.md, the catalogue) or an element that cannot be broken (*.csproj).
    [Fact]
    public void Lines_fit_the_width() =>
        Empty(from file in OwnFiles
              where Path.GetExtension(file) == ".cs" || file.StartsWith(".ci/", StringComparison.Ordinal)
              from line in File.ReadAllLines(Repository.PathOf(file)).Index()
              where line.Item.Length > MostColumns
              select $"{file}({line.Index + 1}): {line.Item.Length} columns");

    [Fact]
    public void A_file_declares_one_type_and_is_called_after_it() =>
        Empty(from source in Sources
              where !source.File.StartsWith("samples/", StringComparison.Ordinal) && !IsFixture(source.File)
              where Path.GetFileName(source.File) != "Polyfills.cs"
                  && !source.Root.ChildNodes().Any(static node => node is GlobalStatementSyntax)
              let types = source.Root.DescendantNodes(static node => node is not TypeDeclarationSyntax).OfType<MemberDeclarationSyntax>()
                  .Select(NameOf).OfType<string>().ToList()
              where types.Count > 1 || types.Any(type => !Path.GetFileName(source.File).StartsWith(type, StringComparison.Ordinal))
              select $"{source.File} declares {string.Join(", ", types)}");

    [Fact]
    public void No_folder_or_type_is_called_after_helping()
    {
        var folders = Repository.Files.SelectMany(static file => file.Split('/').SkipLast(1).Select(part => (file, part)))
            .Where(static item => item.part.Split('.').Any(EmptyWords.Contains)).Select(static item => item.file);
        var types = from source in Sources
                    from type in source.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
                    where !source.File.Contains("/Stubs/", StringComparison.Ordinal)
                        && EmptyWords.Any(word => type.Identifier.Text.EndsWith(word, StringComparison.Ordinal))
                    select $"{source.File} declares {type.Identifier.Text}";
        Empty(folders.Concat(types));
    }

    [Fact]
    public void Open_work_is_an_issue_and_not_a_comment() =>
        Empty(from source in Sources
              from trivia in source.Root.DescendantTrivia(descendIntoTrivia: true)
              where trivia.IsKind(SyntaxKind.RegionDirectiveTrivia) || (IsComment(trivia) && OpenWork().IsMatch(trivia.ToString()))
              select $"{source.File}({trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {trivia.ToString().Trim()}");

    [Fact]
    public void Nothing_names_the_machine_it_was_written_on() =>
        Empty(from file in OwnFiles
              from line in File.ReadAllLines(Repository.PathOf(file)).Index()
              where MachinePath().IsMatch(line.Item) || RegistryHost().IsMatch(line.Item)
              select $"{file}({line.Index + 1}): {line.Item.Trim()}");

    [Fact]
    public void Every_line_of_the_catalogue_has_a_reason() =>
        Empty(from file in Repository.FilesOf("src/Analyzers/Catalogue/Data/", ".txt")
              from line in File.ReadAllLines(Repository.PathOf(file)).Index()
              let text = line.Item.Trim()
              where text.Length > 0 && text[0] != '#'
              where text.IndexOf(" -- ", StringComparison.Ordinal) is var at && (at < 0 || text[(at + 4)..].Split(' ').Length < 2)
              select $"{file}({line.Index + 1}): {text}");

    [Fact]
    public void Rules_pages_and_tests_mirror_each_other()
    {
        var rules = Names("src/Analyzers/Rules/", ".cs").Where(static name => name.Contains("QNT", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(rules);
        Assert.Equal(rules, Names("tests/Unit/Rules/", "Tests.cs"));
        Assert.Equal(rules.Select(static name => name.Split('/')[1][..7]).Order(StringComparer.Ordinal), Names("docs/rules/", ".md"));
        Assert.Subset(rules.ToHashSet(), Names("src/CodeFixes/", "Fix.cs")
            .Where(static name => name.Contains("/QNT", StringComparison.Ordinal)).ToHashSet());

        static IEnumerable<string> Names(string folder, string end) => Repository.FilesOf(folder, end)
            .Select(file => file[folder.Length..^end.Length]).Where(static name => !name.Contains('.', StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void A_link_into_a_page_leads_to_a_heading() =>
        Empty(from file in Repository.FilesOf("", ".md")
              from Match link in Anchor().Matches(CodeBlock().Replace(File.ReadAllText(Repository.PathOf(file)), ""))
              let page = link.Groups["page"].Value is { Length: > 0 } other
                  ? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.PathOf(file))!, other))
                  : Repository.PathOf(file)
              where !HeadingsOf(page).Contains(link.Groups["anchor"].Value)
              select $"{file}: {link.Value}");

    [Fact]
    public void A_path_that_a_page_names_is_there() =>
        Empty(from file in Repository.FilesOf("", ".md")
              from Match match in NamedPath().Matches(File.ReadAllText(Repository.PathOf(file)))
              let path = Repository.PathOf(match.Groups[1].Value.TrimEnd('/'))
              where !File.Exists(path) && !Directory.Exists(path)
              select $"{file}: {match.Groups[1].Value}");

    [Theory]
    [InlineData("tests/", "Thread.Sleep", "a test waits for what it wants to see")]
    [InlineData("src/", "DateTime.Now", "times are UTC, or come from a TimeProvider")]
    public void Nobody_calls(string folder, string member, string because) =>
        Empty(from source in Sources
              where source.File.StartsWith(folder, StringComparison.Ordinal) && !IsFixture(source.File)
              from access in source.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
              where $".{access}".EndsWith("." + member, StringComparison.Ordinal)
              select $"{source.File}({LineOf(access)}): {access}: {because}");

    // What a test analyses, or lets others do, may be as wrong as it likes.
    private static bool IsFixture(string file) => file.StartsWith("tests/", StringComparison.Ordinal)
        && (file.Contains("/Stubs/", StringComparison.Ordinal)
            || (!file.EndsWith("Tests.cs", StringComparison.Ordinal) && !file.EndsWith("Spec.cs", StringComparison.Ordinal)));

    // A twin goes through the steps of the program that it is the twin of, line by line.
    private static bool IsTwin(string file) => file.StartsWith("tests/Conformance/Traces/Twins/", StringComparison.Ordinal);

    private static void Empty(IEnumerable<string> violations)
    {
        var found = violations.ToList();
        Assert.True(found.Count == 0, $"{found.Count}:\n" + string.Join('\n', found));
    }

    private static bool IsBinary(string file) => Path.GetExtension(file) is ".png" or ".gif" or ".dll" or ".bin" or ".ico" or ".nupkg";

    private static bool IsMethod(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        or PropertyDeclarationSyntax { ExpressionBody: not null };

    /// <summary>From the line of the name to the last, without the lines of the source texts that a test shows.</summary>
    private static int LinesOf(SyntaxNode method)
    {
        var first = method.ChildNodesAndTokens().First(static child => !child.IsKind(SyntaxKind.AttributeList));
        var shown = method.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken));
        return Span(method.SyntaxTree, first.SpanStart, method.Span.End) - shown.Sum(
            token => Span(method.SyntaxTree, token.SpanStart, token.Span.End) - 1);
    }

    private static int Span(SyntaxTree tree, int start, int end)
    {
        var lines = tree.GetText().Lines;
        return lines.GetLinePosition(end).Line - lines.GetLinePosition(start).Line + 1;
    }

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => null,
    };

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    // As the renderers make them: lower case, punctuation dropped, spaces to hyphens.
    private static HashSet<string> HeadingsOf(string page) => !File.Exists(page) ? [] :
        [.. Heading().Matches(CodeFence().Replace(File.ReadAllText(page), ""))
            .Select(static match => Dropped().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex OpenWork();

    [GeneratedRegex(@"(?<![\w.*}/)])/(?:home|root|Users|work|mnt|srv|workspace|builds)/\w|\b[A-Z]:\\+(?:Users|src|work|agent)\\")]
    private static partial Regex MachinePath();

    // A feed belongs to the machine's configuration; ours only ever adds a folder.
    [GeneratedRegex(@"https?://(?!127\.0\.0\.1)(?:[\w.-]*\b(?:nuget|npm|pypi|artifact\w*|registry|proxy|mirror)\b[\w.-]*"
        + @"|[\d.]+|[\w-]+\.(?:internal|corp|lan))[:/]")]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"\[[^\]]*\]\((?<page>[^)\s#:]*)#(?<anchor>[^)\s]+)\)")]
    private static partial Regex Anchor();

    [GeneratedRegex("^(```|~~~).*?^\\1|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^(```|~~~).*?^\\1", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeFence();

    [GeneratedRegex(@"^#{1,6} +(.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Dropped();

    [GeneratedRegex(@"`((?:src|tests|docs|samples|bench)/(?![\w/]*QNTnnnn)[\w./-]*[\w/])`")]
    private static partial Regex NamedPath();

    private sealed record SourceText(string File, string Text)
    {
        public string[] Lines { get; } = Text.TrimEnd('\n').Split('\n');

        public SyntaxNode Root { get; } = CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
    }
}
