using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Quintet.CodeFixes;
using Quintet.Tests.Pages;

namespace Quintet.Tests;

/// <summary>
/// A page is a test: every block compiles, all rules run over it, and exactly the lines that end in an id are flagged. The n-th
/// block under Fixed is what the rule's first offer makes of the n-th block under Flagged.
/// </summary>
public sealed class RulePageTests
{
    /// <summary>What the blocks of pages may use without saying so.</summary>
    private const string Usings =
        """
        global using System;
        global using System.Collections.Concurrent;
        global using System.Collections.Generic;
        global using System.Diagnostics;
        global using System.IO;
        global using System.IO.Compression;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Security.Cryptography;
        global using System.Text;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using System.Windows.Forms;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.AspNetCore.SignalR;
        global using Microsoft.Extensions.Hosting;
        """;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    public static TheoryData<string> Pages => [.. RulePage.Ids];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Exactly_the_marked_lines_are_flagged(string id)
    {
        var page = RulePage.Read(id);
        foreach (var block in page.Blocks)
        {
            var tree = CSharpSyntaxTree.ParseText(Wrap(block.Code), Options, path: "Page.cs");
            var compilation = AllRules.Compile(tree, CSharpSyntaxTree.ParseText(Usings, Options, path: "Usings.cs"));
            var errors = compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
            Assert.True(errors.Count == 0, $"{id}.md, line {block.Line} on, does not compile:\n{string.Join('\n', errors)}");
            var found = await AllRules.DiagnoseAsync(compilation, cancellation: TestContext.Current.CancellationToken);
            var lines = tree.ToString().Split('\n');
            var expected = lines.SelectMany(static line => RulePage.MarksOf(line).Select(mark => $"{mark}: {line.Trim()}"))
                .Order(StringComparer.Ordinal);
            var actual = found.Select(diagnostic => $"{diagnostic.Id}: {LineOf(diagnostic, lines)}").Distinct()
                .Order(StringComparer.Ordinal);
            Assert.True(expected.SequenceEqual(actual),
                $"{id}.md, line {block.Line} on\nexpected\n  {string.Join("\n  ", expected)}\nactual\n  "
                    + $"{string.Join("\n  ", actual)}\nmessages\n  {string.Join("\n  ", found)}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_fixed_block_is_what_the_fix_makes_of_the_flagged_one(string id)
    {
        var page = RulePage.Read(id);
        var (flagged, wanted) = (page.Under("Flagged"), page.Under("Fixed"));
        if (AllRules.FixOf(id) is not { } fix) return;
        Assert.True(wanted.Count > 0 && flagged.Count >= wanted.Count,
            $"{id} has a fix: its page shows under Fixed what becomes of each block under Flagged, in order.");
        for (var i = 0; i < wanted.Count; i++)
        {
            var actual = await FixedAsync(fix, id, Wrap(RulePage.WithoutMarks(flagged[i].Code)));
            Assert.True(
                Wrap(RulePage.WithoutMarks(wanted[i].Code)) == actual,
                $"{id}.md, line {wanted[i].Line} on, is not what the fix makes of the block at line {flagged[i].Line}, which "
                    + $"is:\n{actual}");
        }
    }

    /// <summary>Applies the first offer to the first finding until there is none.</summary>
    private static async Task<string> FixedAsync(Fix fix, string id, string code)
    {
        using var workspace = new AdhocWorkspace();
        var project = ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Page", "Page", LanguageNames.CSharp,
            metadataReferences: AllRules.ReferencesOf(code), parseOptions: Options,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var document = DocumentId.CreateNewId(project.Id);
        var solution = workspace.CurrentSolution.AddProject(project)
            .AddDocument(document, "Page.cs", SourceText.From(code), filePath: "Page.cs")
            .AddDocument(DocumentId.CreateNewId(project.Id), "Usings.cs", SourceText.From(Usings), filePath: "Usings.cs");
        for (var round = 0; round < 10; round++)
        {
            var compilation = (await solution.GetProject(project.Id)!.GetCompilationAsync())!;
            var findings = await AllRules.DiagnoseAsync(compilation);
            CodeAction? offer = null;
            foreach (var finding in findings.Where(finding => finding.Id == id)
                .OrderBy(static finding => finding.Location.SourceSpan.Start))
            {
                var context =
                    new CodeFixContext(solution.GetDocument(document)!, finding, (action, _) => offer ??= action, CancellationToken.None);
                await fix.RegisterCodeFixesAsync(context);
                if (offer is not null) break;
            }

            if (offer is null) break;
            solution = (await offer.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        }

        return (await solution.GetDocument(document)!.GetTextAsync()).ToString();
    }

    private static string LineOf(Diagnostic diagnostic, string[] lines) =>
        diagnostic.Location.GetLineSpan() is { Path: "Page.cs" } span ? lines[span.StartLinePosition.Line].Trim() : diagnostic.ToString();

    /// <summary>Members stand in a class; a block that declares types stands for itself.</summary>
    private static string Wrap(string code) => Source.HasTypes(code) ? code + "\n" : $"partial class C\n{{\n{Indented(code)}\n}}\n";

    private static string Indented(string code) =>
        string.Join('\n', code.Split('\n').Select(static line => line.Length == 0 ? line : "    " + line));
}
