using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Quintet.Tool.Analysis;
using Quintet.Tool.Fixing;
using Quintet.Tool.Loading;

namespace Quintet.Tests.Tool;

/// <summary>What is done when one finding of a kind cannot be fixed: it is taken back, and no other one with it.</summary>
public sealed class FixerTests
{
    [Theory]
    // A fix that changes nothing, one that does not compile, one whose finding stays; alone, and where halving meets them. Some errors
    // show only when the assembly is written.
    [InlineData("Late Good", "Late Done")]
    [InlineData("Nothing Broken Good Good", "Nothing Broken Done Done")]
    [InlineData("Good Nothing Broken Good", "Done Nothing Broken Done")]
    [InlineData("Nothing Broken Stays", "Nothing Broken Stays")]
    public async Task One_that_cannot_be_fixed_is_taken_back_alone(string calls, string after)
    {
        string Text(string names) => "class Calls\n{\n"
            + string.Concat(names.Split(' ').Select((name, n) => $"    void M{n}() {{ {name}(); }}\n"))
            + "    static void Nothing() { }\n    static void Broken() { }\n    static void Stays() { }\n"
            + "    static void Good() { }\n    static void Done() { }\n    static void Late() { }\n"
            + "    static int s_n;\n    static ref int At() => ref s_n;\n}\n";
        using var tree = new SourceTree().WithProject("App").With("App/Calls.cs", Text(calls));
        var cancellation = TestContext.Current.CancellationToken;
        using var temporary = new TemporaryFolder();
        var loaded = await new SolutionLoader(temporary, restore: true, static _ => { })
            .LoadAsync(await Target.FindAsync(tree.Root, cancellation), cancellation);
        using var workspace = WorkspaceSolution.Create(loaded.Calls, temporary, withOtherTargets: true, cancellation);

        var fixer = new Fixer(new SelectedRules([new Finder()], [new Replacer()], [], []), workspace, static _ => { });
        var fixedSolution = await fixer.RunAsync(cancellation);

        var document = fixedSolution.Projects.Single().Documents.Single(document => document.Name == "Calls.cs");
        Assert.Equal(Text(after), (await document.GetTextAsync(cancellation)).ToString());
        var left = after.Split(' ').Select((name, n) => (name, Line: n + 3)).Where(static one => one.name != "Done").ToList();
        Assert.Equal(left.Count, fixer.Remarks.Count);
        Assert.All(left, one => Assert.Contains(fixer.Remarks, remark =>
            remark.Contains($"Calls.cs({one.Line})", StringComparison.Ordinal)));
    }

#pragma warning disable RS1001 // Never loaded as an extension: only handed to the tool.
    private sealed class Finder : DiagnosticAnalyzer
#pragma warning restore RS1001
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
            [new("QNT9998", "Title", "Message", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterOperationAction(
                found =>
                {
                    if (((IInvocationOperation)found.Operation).TargetMethod.Name != "Done")
                        found.ReportDiagnostic(Diagnostic.Create(SupportedDiagnostics[0], found.Operation.Syntax.GetLocation()));
                },
                OperationKind.Invocation);
        }
    }

    /// <summary>Does with each call what its name says.</summary>
    private sealed class Replacer : CodeFixProvider
    {
        public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["QNT9998"];

        public override FixAllProvider GetFixAllProvider() => new All();

        public override Task RegisterCodeFixesAsync(CodeFixContext context)
        {
            context.RegisterCodeFix(
                CodeAction.Create("Replace", _ => Task.FromResult(context.Document.Project.Solution), "QNT9998.Replace"),
                context.Diagnostics);
            return Task.CompletedTask;
        }
    }

    private sealed class All : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            var solution = context.Solution;
            foreach (var found in (await context.GetAllDiagnosticsAsync(context.Project)).GroupBy(one => one.Location.SourceTree))
            {
                var document = solution.GetDocument(found.Key)!;
                var root = await document.GetSyntaxRootAsync(context.CancellationToken);
                var text = await document.GetTextAsync(context.CancellationToken);
                var changes = found.Select(one => ((InvocationExpressionSyntax)root!.FindNode(one.Location.SourceSpan)).Expression)
                    .Select(callee => new TextChange(callee.Span, callee.ToString() switch
                    {
                        "Broken" => "Missing",
                        "Late" => "new System.Action(async () => At() = await System.Threading.Tasks.Task.FromResult(1))",
                        "Good" => "Done",
                        "Stays" => "((System.Action)Stays)",
                        var name => name,
                    }))
                    .Where(change => text.ToString(change.Span) != change.NewText);
                if (changes.Any()) solution = solution.WithDocumentText(document.Id, text.WithChanges(changes));
            }

            return CodeAction.Create("Replace all", _ => Task.FromResult(solution), "QNT9998.Replace");
        }
    }
}
