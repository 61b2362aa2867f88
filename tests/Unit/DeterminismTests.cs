using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Tests;

/// <summary>
/// What is found, word for word, depends on the code alone: not on who asks first, on threads, on the order of files, on edits.
/// </summary>
public sealed class DeterminismTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.IO; using System.Threading;"
        + "using System.Threading.Tasks;\n";

    private const string Hidden =
        """
        class Cache
        {
            static readonly Lazy<string> Text = new(() => File.ReadAllText("a"));
            readonly object _gate = new();
            readonly Action _work = () => Thread.Sleep(5);
            int _count;
            public string Get() => Text.Value;
            public void Add() { lock (_gate) { _count++; Thread.Sleep(10); } }
            public int Count() { lock (_gate) { return _count; } }
            public async Task UseAsync() { _work(); await Task.Yield(); Add(); Console.Write(Get());
                foreach (var n in Slowly()) Console.Write(n); }
            IEnumerable<int> Slowly() { yield return 1; Thread.Sleep(1); yield return 2; }
        }
        class Form1 : System.Windows.Forms.Form
        {
            protected override void OnLoad(EventArgs e) { new Cache().Add(); new Ring().Ping(2); }
        }
        """;

    private static readonly string[] Files = [SampleCode.Ring, SampleCode.Contracts, Hidden];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_order_of_files_and_threads_changes_nothing(int seed)
    {
        var expected = await FindAsync(Compile(Files), concurrent: false);
        Assert.Contains(expected, static found => found.Contains("QNT4002", StringComparison.Ordinal));
        var shuffled = Shuffled(Files, seed);

        Assert.Equal(expected, await FindAsync(Compile(shuffled), concurrent: false));
        Assert.Equal(expected, await FindAsync(Compile(shuffled), concurrent: true));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Whoever_is_asked_first_gives_the_same_answer(int seed)
    {
        var expected = await FindAsync(Compile(Files), concurrent: false);
        var compilation = Compile(Files);
        var analysis = new CompilationWithAnalyzers(compilation, AllRules.Analyzers, new AnalyzerOptions([]));
        var bodies = compilation.SyntaxTrees.SelectMany(static tree => tree.GetRoot().DescendantNodes()
            .OfType<Microsoft.CodeAnalysis.CSharp.Syntax.MemberDeclarationSyntax>().Select(member => (Tree: tree, member.Span))).ToArray();
        var found = new HashSet<string>();
        foreach (var (tree, span) in Shuffled(bodies, seed))
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var one in await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, span, TestContext.Current.CancellationToken))
                found.Add(Text(one));
        }

        Assert.Equal(expected, found.Order(StringComparer.Ordinal));
    }

    private static T[] Shuffled<T>(T[] items, int seed)
    {
        var copy = items.ToArray();
        new Random(seed).Shuffle(copy);
        return copy;
    }

    // Named for what it holds, so that a file keeps its name wherever it stands in the list.
    private static string PathOf(string text) => text.Contains("class Ring", StringComparison.Ordinal) ? "Ring.cs"
        : text.Contains("interface IStore", StringComparison.Ordinal) ? "Contracts.cs" : "Hidden.cs";

    private static CSharpCompilation Compile(string[] texts)
    {
        var compilation = AllRules.Compile(
            [.. texts.Select(
                static text => CSharpSyntaxTree.ParseText(Usings + text, new CSharpParseOptions(LanguageVersion.Latest), PathOf(text)))]);
        Assert.DoesNotContain(compilation.GetDiagnostics(), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return compilation;
    }

    private static async Task<IEnumerable<string>> FindAsync(Compilation compilation, bool concurrent)
    {
        var found = await AllRules.DiagnoseAsync(compilation, concurrent: concurrent, cancellation: TestContext.Current.CancellationToken);
        return found.Select(Text).Order(StringComparer.Ordinal).ToList();
    }

    private static string Text(Diagnostic diagnostic) =>
        $"{diagnostic.Location.GetLineSpan()} {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)} "
        + string.Join(" → ", diagnostic.AdditionalLocations.Select(static hop => hop.GetLineSpan().ToString()));

    /// <summary>Members that hand a function on to one that locks, deeper than wrappers are followed: whoever is read first.</summary>
    [Fact]
    public async Task The_order_of_the_members_is_no_matter()
    {
        string[] members =
        [
            "public async Task Top() { await Task.Yield(); LockA(() => Thread.Sleep(100)); }",
            "public async Task Other() { await Task.Yield(); LockF(() => _n++); }",
            "void LockA(Action a) => LockB(a);", "void LockB(Action a) => LockC(a);", "void LockC(Action a) => LockD(a);",
            "void LockD(Action a) => LockE(a);", "void LockE(Action a) => LockF(a);", "void LockF(Action a) { lock (_g) a(); }",
        ];
        var found = new List<string>();
        foreach (var order in (IEnumerable<string>[])[members, members.Reverse()])
        {
            var tree = CSharpSyntaxTree.ParseText(
                "using System; using System.Threading; using System.Threading.Tasks; class Deep { readonly object _g = new(); int _n; "
                + string.Join("\n", order) + " }", cancellationToken: TestContext.Current.CancellationToken);
            var all = await AllRules.DiagnoseAsync(AllRules.Compile(tree), concurrent: false,
                cancellation: TestContext.Current.CancellationToken);
            found.Add(string.Join(",", all.Select(static one => one.Id).Order(StringComparer.Ordinal)));
        }

        Assert.Equal(found[0], found[1]);
        Assert.NotEqual("", found[0]);
    }
}
