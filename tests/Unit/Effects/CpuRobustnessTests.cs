using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Quintet.Analyzers.Effects;
using static Quintet.Tests.Effects.CpuSnippet;

namespace Quintet.Tests.Effects;

public sealed class CpuRobustnessTests
{
    [Theory]
    [InlineData("void M(int[] a) { for (var i = 0; i < ; i++) { a[ }")]
    [InlineData("void M() { foreach (var x in ) { foreach (var y in missing) z += x * y; } }")]
    [InlineData("void M() { while () { missing++; } }")]
    [InlineData("void M(int n) { M(n - 1, missing); M(n - 1) + M(; }")]
    [InlineData("void M() { for (int i = 0, j; i < missing.Length && ; i += unknown, j--) { } }")]
    [InlineData("void M() { for (;;) ")]
    [InlineData("int M(int n) => ")]
    [InlineData("void M() { var q = from a in b from c in d select a * c; }")]
    [InlineData("void M(dynamic d) { foreach (var x in d) foreach (var y in d[x]) d.z += x * y; }")]
    [InlineData("void M() { goto nowhere; while (true) { break; } break; continue; }")]
    public void Incomplete_code_is_read_without_an_exception(string members) => Assert.NotNull(BrokenShape(members));

    [Fact]
    public void Expressions_thousands_of_levels_deep_do_not_overflow()
    {
        var sum = string.Join(" + ", Enumerable.Repeat("x", 3_000));
        Assert.NotNull(BrokenShape($"void M(int[] a) {{ var s = 0; foreach (var x in a) s += {sum}; }}"));
    }

    [Fact]
    public void Seventy_nested_loops_are_read()
    {
        var body = new StringBuilder();
        for (var i = 0; i < 70; i++) body.Append("foreach (var x").Append(i).Append(" in a) ");
        Assert.NotNull(BrokenShape($"void M(int[] a) {{ var s = 0; {body} s += x0 * x69; }}"));
    }

    [Fact]
    public void A_body_without_loops_shares_the_empty_shape() => Assert.Same(CpuShape.Empty, Shape("int M(int n) => n + 1;"));

    [Fact]
    public void An_operation_that_is_a_root_has_no_loop_around_it()
    {
        var tree = CSharpSyntaxTree.ParseText("class C { int x = 1 + 1; }");
        var model = CSharpCompilation.Create("Root", [tree]).GetSemanticModel(tree);
        var root = tree.GetRoot().DescendantNodes().Select(node => model.GetOperation(node)).First(operation => operation is not null)!;
        Assert.Equal(LoopNest.None, CpuCost.Around(root));
    }

    [Fact]
    public void Eight_times_the_source_takes_about_eight_times_as_long()
    {
        Read(500);
        var once = Enumerable.Range(0, 3).Min(_ => Read(2_000));
        var eightfold = Enumerable.Range(0, 3).Min(_ => Read(16_000));
        Assert.True(eightfold < 40 * once + TimeSpan.FromMilliseconds(200),
            $"{once.TotalMilliseconds} ms → {eightfold.TotalMilliseconds} ms");
    }

    private static TimeSpan Read(int statements)
    {
        var body = new StringBuilder();
        for (var i = 0; i < statements; i++) body.Append("for (i = 0; i < n; i++) { s += a[i]; t = s * 3; } ");
        var tree = CSharpSyntaxTree.ParseText($"class C {{ void M(int[] a, int n) {{ int i, s = 0, t; {body} }} }}");
        var model = CSharpCompilation.Create("Large", [tree]).GetSemanticModel(tree);
        var method = tree.GetRoot().DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax>().Single();
        var root = model.GetOperation(method)!;
        var watch = Stopwatch.StartNew();
        CpuCost.Of(root, model.GetDeclaredSymbol(method), CancellationToken.None);
        return watch.Elapsed;
    }
}
