using Quintet.Analyzers.Effects;
using static Quintet.Tests.Effects.CpuSnippet;

namespace Quintet.Tests.Effects;

public sealed class CpuNestTests
{
    private static LoopNest Nest(long trips, int depth) => new(trips, depth);

    [Theory]
    [InlineData("Here();", 1, 0)]
    [InlineData("for (var i = 0; i < 100; i++) Here();", 100, 0)]
    [InlineData("for (var i = 0; i < 100; i++) for (var j = 0; j < 50; j++) Here();", 5000, 0)]
    [InlineData("foreach (var x in a) Here();", 1, 1)]
    [InlineData("foreach (var x in a) foreach (var y in b) Here();", 1, 2)]
    [InlineData("foreach (var x in a) foreach (var y in x.Items) Here();", 1, 1)]
    [InlineData("foreach (var x in a) for (var j = 0; j < 50; j++) Here();", 50, 1)]
    [InlineData("foreach (var x in new[] { Here() }) { }", 1, 0)]
    [InlineData("for (var i = Here(); i < 100; i++) { }", 1, 0)]
    [InlineData("for (var i = 0; i < 100 & Here() > 0; i++) { }", 1, 0)]
    [InlineData("for (var i = 0; i < 100; i += Here()) { }", 1, 0)]
    [InlineData("for (var i = 0; i < 100; i++, Here()) { }", 100, 0)]
    [InlineData("for (var i = 0; i < 100; i++) { Action f = () => Here(); }", 1, 0)]
    [InlineData("for (var i = 0; i < 100; i++) { void F() => Here(); F(); }", 1, 0)]
    [InlineData("for (var i = 0; i < 100; i++) if (Here(i) > 3) break;", 1, 0)]
    [InlineData("while (queue.Count > 0) Here();", 1, 0)]
    [InlineData("Action f = () => { for (var i = 0; i < 100; i++) Here(); };", 100, 0)]
    public void The_nest_around_a_call_counts_the_loops_of_its_own_body(string body, long trips, int depth) =>
        Assert.Equal(Nest(trips, depth), Around($"Queue<int> queue; void M(List<Item> a, List<Item> b) {{ {body} }}"));

    [Fact]
    public void A_loop_with_a_checkpoint_ends_the_nest()
    {
        Assert.Equal(Nest(100, 0),
            Around("async Task M(int[] a) { foreach (var x in a) { await Task.Yield(); for (var i = 0; i < 100; i++) Here(); } }"));
        Assert.Equal(Nest(100, 1),
            Around("async Task M(int[] a) { foreach (var x in a) { await Task.CompletedTask; for (var i = 0; i < 100; i++) Here(); } }"));
    }

    [Fact]
    public void A_loop_that_yields_ends_the_nest() =>
        Assert.Equal(Nest(1, 0), Around("IEnumerable<int> M(int[] a) { foreach (var x in a) { yield return Here(); } }"));

    [Theory]
    [InlineData("for (var i = 0; i < 10_000; i++) n ^= i;", 10_000, 0)]
    [InlineData("for (var i = 0; i < 10_000; i++) { }", 1, 0)]
    [InlineData("for (var i = 0; i < 10_000; i++) { n ^= i; if (n == 7) return; }", 1, 0)]
    [InlineData("for (var i = 0; i < 100; i++) for (var j = 0; j < 100; j++) n ^= i;", 10_000, 0)]
    [InlineData("for (var i = 0; i < 100; i++) n ^= i; for (var j = 0; j < 300; j++) n ^= j;", 300, 0)]
    [InlineData("foreach (var x in a) n += x;", 1, 1)]
    [InlineData("foreach (var x in a) if (x == 3) n = 3;", 1, 0)]
    [InlineData("foreach (var x in a) for (var j = 0; j < 5; j++) n += x;", 5, 1)]
    [InlineData("foreach (var x in a) n += x; for (var j = 0; j < 5; j++) n ^= j;", 1, 1)]
    [InlineData("foreach (var x in a) foreach (var y in b) n += x * y;", 1, 2)]
    [InlineData("n += a.Sum(x => x * x);", 1, 1)]
    [InlineData("foreach (var x in b) n += a.Sum(y => x * y);", 1, 2)]
    public void The_deepest_nest_is_the_one_that_works(string body, long trips, int depth) =>
        Assert.Equal(Nest(trips, depth), Shape($"int n; void M(int[] a, int[] b) {{ {body} }}").Deepest);

    [Fact]
    public void The_deepest_nest_does_not_reach_through_a_checkpoint()
    {
        Assert.Equal(Nest(1, 0), Shape("int n; async Task M() { for (var i = 0; i < 100; i++) { n ^= i; await Task.Yield(); } }").Deepest);
        Assert.Equal(Nest(100, 0),
            Shape("int n; async Task M() { for (var i = 0; i < 100; i++) { n ^= i; await Task.CompletedTask; } }").Deepest);
    }

    [Fact]
    public void The_deepest_nest_stands_at_its_outermost_loop()
    {
        const string body = "int n; void M(int[] a) { while (n < 0) { for (var j = 0; j < 5; j++) n += a[j]; } }";
        var shape = Shape(body);
        Assert.Equal("for (var j = 0; j < 5; j++) n += a[j];".Length, shape.DeepestLength);
        Assert.True(shape.DeepestStart > 0);
    }

    [Fact]
    public void A_lambda_that_runs_at_once_has_its_own_deepest_nest() =>
        Assert.Equal(Nest(1, 1),
            LambdaShape(
                "int n; int M(int[] a, int[] b) => a.Sum(x => { var s = 0; foreach (var y in b) s += x * y; return s; });").Deepest);

    [Fact]
    public void A_scanner_that_goes_on_where_it_has_looked_ahead_is_no_nest()
    {
        const string Scan = "int M(string a) { var s = 0; for (var i = 0; i < a.Length; i++) { int j; for (j = i + 1; j < a.Length; j++) "
            + "{ if (a[j] > 9) break; s += a[i] * a[j]; } {0}s++; } return s; }";
        Certain(Scan.Replace("{0}", ""));
        Silent(Scan.Replace("{0}", "i = j; "));
    }

    [Fact]
    public void A_window_that_ends_with_the_whole_is_one()
    {
        const string Chunks = "int M(int[] a, int w) { var s = 0; for (var i = 0; i < a.Length; i += 16) "
            + "for (var j = i; j < i + 16 && j < a.Length; j++) s += a[j] * a[i]; return s; }";
        Silent(Chunks);
        Silent(Chunks.Replace("j < i + 16 && j < a.Length", "j < a.Length && j < i + 16"));
        Certain(Chunks.Replace("j < i + 16", "j < w + 16"));
    }
}
