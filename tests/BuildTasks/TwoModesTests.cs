namespace Quintet.Tests.BuildTasks;

/// <summary>A <c>bool</c> parameter that a call decides, and coroutines that do their work at once when they are asked to.</summary>
public sealed class TwoModesTests
{
    private const string N = "ValueTask<int> N() => new(Task.Run(() => 1));";

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

    private const string Ways = " enum Way { Synchronous, Asynchronous } static async Task Go(Way way) "
        + "{ if (way == Way.Asynchronous) await File.ReadAllTextAsync(\"a\"); else File.ReadAllText(\"a\"); }";

    private const string Backwards = " enum Way { Async, Sync } "
        + "static async Task Go(Way way) { if (way == Way.Async) await File.ReadAllTextAsync(\"a\"); else File.ReadAllText(\"a\"); }";

    [Theory]
    [InlineData("public void M() => Go(Way.Synchronous).GetAwaiter().GetResult();" + Ways,
        "blocks kind=file twin=none via=Go>File.ReadAllText")]
    [InlineData("public void M() => Go(Way.Asynchronous).GetAwaiter().GetResult();" + Ways, Waits)]
    [InlineData("public void M() => Go(Way.Sync).GetAwaiter().GetResult();" + Backwards,
        "blocks kind=file twin=none via=Go>File.ReadAllText")]
    [InlineData("public void M() => Go(Way.Async).GetAwaiter().GetResult();" + Backwards, Waits)]
    [InlineData("public void M() => Go(Way.Short).GetAwaiter().GetResult(); enum Way { Long, Short } "
        + "static async Task Go(Way way) { if (way == Way.Long) await Task.Yield(); }", Waits)]
    [InlineData("public void M() => Twice(Way.Synchronous).Wait(); "
        + "static async Task Twice(Way way) { await Go(way); await Go(way); }" + Ways,
        "blocks kind=file twin=none via=Twice>Go>File.ReadAllText")]
    public void An_enumeration_with_one_value_for_each_form_chooses_as_well(string members, string? expected) =>
        Assert.Equal(expected, EffectLab.Of(members));

    private const string Ensured = " static class Complete { public static T Ensure<T>(Task<T> t) => t.GetAwaiter().GetResult(); } ";

    [Theory]
    [InlineData("public int M() => Complete.Ensure(Count(false));" + Ensured
        + "static async Task<int> Count(bool async) { if (async) await Task.Yield(); return 1; }", null)]
    [InlineData("public int M() => Complete.Ensure(Count(true));" + Ensured
        + "static async Task<int> Count(bool async) { if (async) await Task.Yield(); return 1; }",
        "blocks kind=task twin=none via=Ensure>TaskAwaiter.GetResult")]
    [InlineData("public int M() => Complete.Ensure(Task.FromResult(1));" + Ensured, null)]
    [InlineData("public int M(Task<int> t) => Complete.Ensure(t);" + Ensured,
        "blocks kind=task twin=none unless=completed via=Ensure>TaskAwaiter.GetResult")]
    public void A_helper_that_takes_the_result_of_a_complete_task_waits_for_nothing(string members, string? expected) =>
        Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("public int M() => new ValueTask<int>(1).Result;", null)]
    [InlineData("public int M(Task<int> t) => new ValueTask<int>(t).Result;",
        "blocks kind=task twin=none certainty=possible via=ValueTask.Result")]
    [InlineData("public int M() => ValueTask.FromResult(1).Result;", null)]
    public void A_value_that_is_at_hand_is_no_wait(string members, string? expected) => Assert.Equal(expected, EffectLab.Of(members));

    [Theory]
    [InlineData("public int M(Task<int> t) => t.IsCompletedSuccessfully ? t.Result : 0;", null)]
    [InlineData("public int M(Task<int> t) => t == null ? 0 : t.Result;", "blocks kind=task twin=none unless=completed via=Task.Result")]
    [InlineData("public int M(Task<int> t, Task<int> u) => t.IsCompletedSuccessfully ? u.Result : 0;",
        "blocks kind=task twin=none certainty=possible unless=completed via=Task.Result")]
    [InlineData("public int M(ValueTask<int> t) => t.IsCompletedSuccessfully ? t.Result : 0;", null)]
    [InlineData("public int M() { var t = N(); if (t.IsCompleted) return t.Result; return 0; } " + N, null)]
    [InlineData("public int M() { var t = N(); if (t.IsCompleted) return 0; return t.AsTask().Result; } " + N,
        "blocks kind=task twin=none certainty=possible via=Task.Result")]
    public void A_task_that_was_asked_is_not_waited_for(string members, string? expected) => Assert.Equal(expected, EffectLab.Of(members));
}
