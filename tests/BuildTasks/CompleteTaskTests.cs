namespace Quintet.Tests.BuildTasks;

/// <summary>Tasks that are complete because of what a field holds, or because there is nothing in them.</summary>
public sealed class CompleteTaskTests
{
    private const string Waits = "blocks kind=task twin=none via=Task.Result";
    private const string MayWait = "blocks kind=task twin=none certainty=possible via=Task.Result";

    [Theory]
    [InlineData("static readonly Task<int> T = Task.FromResult(1); public int M() => T.Result;", null)]
    [InlineData("static Task<int> T = Task.FromResult(1); public int M() => T.Result;", MayWait)]
    [InlineData("static readonly Task<int> T = Task.Run(() => 1); public int M() => T.Result;", MayWait)]
    [InlineData("readonly Task<int> _t; public C() => _t = Task.FromResult(1); public C(int n) => _t = Task.FromResult(n); "
        + "public int M() => _t.Result;", null)]
    [InlineData("readonly Task<int> _t; public C() => _t = Task.FromResult(1); public C(Task<int> t) => _t = t; "
        + "public int M() => _t.Result;", MayWait)]
    [InlineData("static readonly Task<int> T = Task.FromResult(1); Task<int> N() => T; public int M() => N().Result;", null)]
    [InlineData("static Task<int> T = Task.FromResult(1); Task<int> N() => T; public int M() => N().Result;", Waits)]
    [InlineData("static Task<int> T { get; } = Task.FromResult(1); public int M() => T.Result;", null)]
    [InlineData("static Task<int> T { get; set; } = Task.FromResult(1); public int M() => T.Result;", Waits)]
    public void What_a_field_holds_from_the_start_is_complete(string members, string? expected) =>
        Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("ValueTask N() => default;", null)]
    [InlineData("ValueTask N() { GC.KeepAlive(this); return default; }", null)]
    [InlineData("ValueTask N() { ValueTask t = default; if (this != null) t = new(Task.Delay(9)); return t; }",
        "blocks kind=task twin=none via=ValueTaskAwaiter.GetResult")]
    [InlineData("ValueTask N() => new(Task.Delay(9));", "blocks kind=task twin=none via=ValueTaskAwaiter.GetResult")]
    public void An_empty_task_is_complete(string members, string? expected) =>
        Assert.Equal(expected, EffectLab.Of("public void M() => N().GetAwaiter().GetResult(); " + members));

    [Theory]
    [InlineData("public int M() => Go(1, null).Result; static async Task<int> Go(int n, CancellationToken? token) "
        + "{ if (token.HasValue) await Task.Delay(n, token.Value); return n; }", MayWait)]
    [InlineData("public int M(CancellationToken t) => Go(1, t).Result; static async Task<int> Go(int n, CancellationToken? token) "
        + "{ if (token.HasValue) await Task.Delay(n, token.Value); return n; }", Waits)]
    [InlineData("public int M() => Go(1, null).Result; static async Task<int> Go(int n, int? other) "
        + "{ if (other.HasValue) await Task.Delay(n); return n; }", Waits)]
    public void Who_is_given_no_token_may_be_asked_to_work_at_once(string members, string expected) =>
        Assert.Equal(expected, EffectLab.Of(members));
}
