using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Quintet.Tests.CodeFixes;

/// <summary>What the README shows first is what happens: its wrong code, the warning that it gets, and what the fix makes of it.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task The_first_code_gets_the_warning_below_it_and_the_fix_makes_the_code_below_that()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var blocks = Block().Matches(await File.ReadAllTextAsync(Repository.PathOf("README.md"), cancellation));
        Assert.Equal(["csharp", "text", "csharp"], blocks.Take(3).Select(static block => block.Groups["kind"].Value));
        var texts = blocks.Select(static block => block.Groups["text"].Value).ToList();
        var lab = FixLab.OfMembers(texts[0]);

        var compilation = (await lab.Solution.Projects.Single().GetCompilationAsync(cancellation))!;
        var finding = Assert.Single(await AllRules.DiagnoseAsync(compilation, cancellation: cancellation));
        Assert.Equal(Space().Replace(texts[1], " "),
            $"{finding.Severity.ToString().ToLowerInvariant()} {finding.Id}: {finding.GetMessage(CultureInfo.InvariantCulture)}");

        CodeAction? first = null;
        var document = lab.Solution.GetDocument(finding.Location.SourceTree)!;
        await AllRules.FixOf(finding.Id)!.RegisterCodeFixesAsync(
            new CodeFixContext(document, finding, (action, _) => first ??= action, cancellation));
        Assert.NotNull(first);
        await FixAssert.IsAsync([FixLab.Wrap(texts[2])], await FixLab.ChangedAsync(first));
    }

    [GeneratedRegex("(?m)^```(?<kind>[a-z]+)\n(?<text>(?s:.*?))\n```$", RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex("\\s+")]
    private static partial Regex Space();
}
