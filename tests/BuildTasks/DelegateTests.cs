namespace Quintet.Tests.BuildTasks;

/// <summary>Where a compiled body runs the delegates that it is given.</summary>
public sealed class DelegateTests
{
    [Theory]
    [InlineData("public void M(Action a) => a();", "runs where=caller arg=a via=a")]
    [InlineData("public void M(Action a) => GC.KeepAlive(a);", null)]
    [InlineData("public int M(Func<int, int> f) { var n = 0; for (var i = 0; i < 9; i++) n += f(i); return n; }",
        "runs where=caller arg=f via=f")]
    [InlineData("public void M(Action a) { if (a != null) a(); }", "runs where=caller arg=a via=a")]
    [InlineData("public void M(Action a) => a?.Invoke();", "runs where=caller arg=a via=a")]
    [InlineData("public void M(Action a) => Task.Run(a);", "runs where=pool arg=a via=a")]
    [InlineData("public void M(Action a) => N(a); static void N(Action b) => b();", "runs where=caller arg=a via=a")]
    [InlineData("public void M(Action a) => N(a); static void N(Action b) => GC.KeepAlive(b);", null)]
    [InlineData("Action _a; public void M(Action a) => _a = a;", "runs where=later arg=a via=a")]
    [InlineData("Action _a; public void M(Action a) { _a = a; a(); }", "runs where=caller,later arg=a via=a")]
    [InlineData("public Action M(Action a) { a(); return a; }", null)]
    [InlineData("public Action M(Action a) => () => a();", null)]
    [InlineData("public void M(List<Action> l, Action a) { a(); l.Add(a); }", null)]
    [InlineData("public void M(List<int> l, Action<int> a) => l.ForEach(a);", "runs where=caller arg=a via=a")]
    [InlineData("public void M(int[] n, Func<int, int> f) => System.Linq.Enumerable.ToList(System.Linq.Enumerable.Select(n, f));", null)]
    [InlineData("public void M(Action a, bool b) { a = b ? a : null; a(); }", null)]
    [InlineData("public async Task M(Action a) { await Task.Yield(); a(); }", null)]
    [InlineData("public IEnumerable<int> M(Func<int> f) { yield return f(); }", null)]
    [InlineData("public static void M(Action a) => N(a); static void N(Action b) => M(b);", null)]
    [InlineData("public static void M(Action a, int n) { a(); if (n > 7) M(a, n - 1); }", "runs where=caller arg=a via=a")]
    [InlineData("public static void M(Action a, int n) { a(); if (n > 7) M(() => a(), n - 1); }", null)]
    [InlineData("public void M(Func<string> f, int n) { if (n > 7) throw new Exception(f()); GC.KeepAlive(n); }", null)]
    [InlineData("public void M(Func<string> f) { GC.KeepAlive(f()); throw new Exception(); }", "runs where=caller arg=f via=f")]
    [InlineData("public void M(Func<string> f, int n) { if (n > 7) GC.KeepAlive(f()); GC.KeepAlive(n); }", "runs where=caller arg=f via=f")]
    public void A_delegate_runs_where_all_its_uses_say(string members, string? expected) => Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("virtual", null)]
    [InlineData("", "runs  M:C.M(System.Action)  where=caller  arg=a  via=a")]
    public void What_somebody_may_override_says_nothing(string modifier, string? expected)
    {
        using var lab = new EffectLab();
        Assert.Equal(expected,
            lab.LinesOf(lab.Compile("Lib", $"public class C {{ public {modifier} void M(Action a) => a(); }}")).SingleOrDefault());
    }

    [Fact]
    public void A_delegate_is_followed_into_another_assembly()
    {
        using var lab = new EffectLab();
        var low = lab.Compile("Low", "public static class Low { public static void Do(Action a) => a(); }");
        var high = lab.Compile("High", "public static class High { public static void Do(Action b) => Low.Do(b); }", true, low);
        Assert.Contains("runs  M:High.Do(System.Action)  where=caller  arg=b  via=b", lab.LinesOf(low, high));
    }
}
