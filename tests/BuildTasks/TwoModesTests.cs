namespace Quintet.Tests.BuildTasks;

/// <summary>A <c>bool</c> parameter that a call decides, and coroutines that do their work at once when they are asked to.</summary>
public sealed class TwoModesTests
{
    private const string Read = "File.ReadAllText(\"a\")";
    private const string Go =
        " static async Task Go(bool async) { if (async) await File.ReadAllTextAsync(\"a\"); else File.ReadAllText(\"a\"); }";

    private const string Waits = "blocks kind=task twin=none via=TaskAwaiter.GetResult";

    [Theory]
    [InlineData("public void M(bool deep) { if (deep) " + Read + "; }", "blocks kind=file twin=none given=deep:true via=File.ReadAllText")]
    [InlineData("public void M(bool deep) { if (!deep) " + Read + "; }",
        "blocks kind=file twin=none given=deep:false via=File.ReadAllText")]
    [InlineData("public void M(bool deep) { if (deep) GC.Collect(); " + Read + "; }", "blocks kind=file twin=none via=File.ReadAllText")]
    [InlineData("public void M(bool deep) { if (deep) return; " + Read + "; }",
        "blocks kind=file twin=none given=deep:false via=File.ReadAllText")]
    [InlineData("public void M() => N(true); void N(bool deep) { if (deep) " + Read + "; }",
        "blocks kind=file twin=none via=N>File.ReadAllText")]
    [InlineData("public void M() => N(false); void N(bool deep) { if (deep) " + Read + "; }", null)]
    [InlineData("public void M(bool x) => N(x); void N(bool deep) { if (deep) " + Read + "; }",
        "blocks kind=file twin=none given=x:true via=N>File.ReadAllText")]
    [InlineData("public void M(bool x) => N(!x); void N(bool deep) { if (deep) " + Read + "; }",
        "blocks kind=file twin=none given=x:false via=N>File.ReadAllText")]
    [InlineData("bool _x; public void M() => N(_x); void N(bool deep) { if (deep) " + Read + "; }",
        "blocks kind=file twin=none certainty=possible via=N>File.ReadAllText")]
    public void What_one_value_of_a_parameter_does_is_said_of_that_value(string members, string? expected) =>
        Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("public void M() => Go(false).GetAwaiter().GetResult();" + Go, "blocks kind=file twin=none via=Go>File.ReadAllText")]
    [InlineData("public void M() => Go(true).GetAwaiter().GetResult();" + Go, Waits)]
    [InlineData("public void M() => Go(false).GetAwaiter().GetResult(); "
        + "static async Task Go(bool deep) { if (deep) await Task.Yield(); else File.ReadAllText(\"a\"); }", Waits)]
    [InlineData("public void M() => Go(false).GetAwaiter().GetResult(); "
        + "static async Task Go(bool async) { if (async) await Task.Yield(); else Path.GetFileName(\"a\"); }", null)]
    [InlineData("public void M() => Twice(false).Wait(); static async Task Twice(bool async) { await Go(async); await Go(async); }" + Go,
        "blocks kind=file twin=none via=Twice>Go>File.ReadAllText")]
    [InlineData("public void M() => Twice(false).Wait(); static async Task Twice(bool async) { await Go(true); "
        + "if (async) await Go(async); }" + Go, null)]
    [InlineData("public void M() => Twice(false).Wait(); static async Task Twice(bool async) { try { await Go(async); } finally { "
        + "await Task.Yield(); } }" + Go, "blocks kind=file twin=none via=Twice>Go>File.ReadAllText")]
    [InlineData("public void M() => Go(true).Wait(); "
        + "static Task Go(bool sync) { if (!sync) return Task.Delay(1); File.ReadAllText(\"a\"); return Task.CompletedTask; }",
        "blocks kind=file twin=none via=Go>File.ReadAllText")]
    public void A_coroutine_that_is_asked_for_its_synchronous_form_has_worked_when_it_returns(string members, string? expected) =>
        Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("public int M(Task<int> t) => t.IsCompletedSuccessfully ? t.Result : 0;", null)]
    [InlineData("public int M(Task<int> t) => t == null ? 0 : t.Result;", "blocks kind=task twin=none unless=completed via=Task.Result")]
    [InlineData("public int M(Task<int> t, Task<int> u) => t.IsCompletedSuccessfully ? u.Result : 0;",
        "blocks kind=task twin=none certainty=possible unless=completed via=Task.Result")]
    [InlineData("public int M(ValueTask<int> t) => t.IsCompletedSuccessfully ? t.Result : 0;", null)]
    [InlineData("public int M() { var t = N(); if (t.IsCompleted) return t.Result; return 0; } ValueTask<int> N() => default;", null)]
    [InlineData("public int M() { var t = N(); if (t.IsCompleted) return 0; return t.AsTask().Result; } ValueTask<int> N() => default;",
        "blocks kind=task twin=none certainty=possible via=Task.Result")]
    public void A_task_that_was_asked_is_not_waited_for(string members, string? expected) => Assert.Equal(expected, EffectLab.Of(members));
}
