using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>What a cascade does to code beside its path: members that hide others, tests, endpoints, overloads that warn.</summary>
public sealed partial class CascadeTests
{
    [Theory]
    // The renamed one hides nothing any more, nor does what hid it; where both are renamed all stays as it is.
    [InlineData("class B { public void Load() { } } class D : B { public new string Load() => CAUSE; }",
        "class B { public void Load() { } } class D : B { public async Task<string> LoadAsync() => await CAUSE; }")]
    [InlineData("class B { public void Load() { } } class D : B { new public string Load() => CAUSE; }",
        "class B { public void Load() { } } class D : B { public async Task<string> LoadAsync() => await CAUSE; }")]
    [InlineData("class D { public string Load() => CAUSE; } class E : D { public new void Load() { } }",
        "class D { public async Task<string> LoadAsync() => await CAUSE; } class E : D { public void Load() { } }")]
    [InlineData("class B { public void Load() { } } class D : B { public string Load(int n = 0) => CAUSE; } "
        + "class E : D { public new void Load() { } }",
        "class B { public void Load() { } } class D : B { public async Task<string> LoadAsync(int n = 0) => await CAUSE; } "
        + "class E : D { public new void Load() { } }")]
    public Task A_member_that_hides_nothing_is_not_new(string types, string after) => Becomes(
        types.Replace("CAUSE", "{|1:File.ReadAllText(\"a\")|}", StringComparison.Ordinal)
            + "\nasync Task M(D d) { await Task.Yield(); Console.Write([|d.Load()|]); }",
        after.Replace("CAUSE", "File.ReadAllTextAsync(\"a\")", StringComparison.Ordinal)
            + "\nasync Task M(D d) { await Task.Yield(); Console.Write(await d.LoadAsync()); }");

    [Fact]
    public Task A_member_that_hides_one_which_is_renamed_with_it_stays_new() => Becomes(
        """
        class B { public string Load() => File.ReadAllText("b"); }
        class D : B { public new string Load() => base.Load() + {|1:File.ReadAllText("a")|}; }
        async Task M(D d) { await Task.Yield(); Console.Write([|d.Load()|]); }
        """,
        """
        class B { public async Task<string> LoadAsync() => await File.ReadAllTextAsync("b"); }
        class D : B { public new async Task<string> LoadAsync() => await base.LoadAsync() + await File.ReadAllTextAsync("a"); }
        async Task M(D d) { await Task.Yield(); Console.Write(await d.LoadAsync()); }
        """);

    [Theory]
    [InlineData("app.MapGet(\"/\", (HttpContext c) => { c.Response.Headers[\"x\"] = CALL; });")]
    [InlineData("app.MapGet(\"/\", (string p) => { Console.Write(CALL); });")]
    public Task An_endpoint_that_gives_nothing_becomes_async(string mapping) => FixAssert.BecomesAsync(
        Request, Lab([Endpoint(mapping.Replace("CALL", "[|File.ReadAllText(\"a\")|]", StringComparison.Ordinal))]),
        [Endpoint(mapping.Replace("CALL", "await File.ReadAllTextAsync(\"a\")", StringComparison.Ordinal)
            .Replace("\"/\", (", "\"/\", async (", StringComparison.Ordinal))]);

    [Fact]
    public Task An_endpoint_of_which_more_is_asked_than_another_overload_gives_is_refused() => FixAssert.RefusedAsync(
        Request,
        Lab([Endpoint("app.MapGet(\"/\", (HttpContext c) => { c.Response.Headers[\"x\"] = [|File.ReadAllText(\"a\")|]; })"
            + ".AddEndpointFilter((c, next) => next(c));")]));

    private static string Endpoint(string mapping) => FixLab.Usings + "using Microsoft.AspNetCore.Builder;\n"
        + $"using Microsoft.AspNetCore.Http;\nclass C {{ void M(WebApplication app) {{ {mapping} }} }}\n";

    private const string Throws = "static class Check { public static void Throws(Action a) => a(); ATTRIBUTE"
        + "public static void Throws(Func<Task> a) => a(); }\n"
        + "async Task M() { await Task.Yield(); [|Load()|]; } void Load() { {|1:Thread.Sleep(5)|}; }\n"
        + "void Test() { Check.Throws(() => Load()); }";

    [Fact]
    public async Task An_overload_that_is_there_to_warn_is_not_taken()
    {
        await Refused(Throws.Replace("ATTRIBUTE", "[Obsolete(\"Use ThrowsAsync\", true)] ", StringComparison.Ordinal));
        Assert.Single(await OfMembers(Throws.Replace("ATTRIBUTE", "", StringComparison.Ordinal)).ActionsAsync(Reached));
    }

    private static string Expects(string taker, string load, string call, string test) =>
        "static class Check\n{\n    public static T Throws<T>(Func<object?> a) where T : Exception => throw new Exception();\n"
        + $"    public static {taker} where T : Exception => throw new Exception();\n}}\n"
        + $"async Task M() {{ await Task.Yield(); {call}; }}\n{load};\n{test}";

    [Theory]
    [InlineData("Task<T> ThrowsAsync<T>(Func<Task> a)", true)]
    // The near misses: a form that does not wait either, one that gives something else, one of another name.
    [InlineData("Task<T> ThrowsAsync<T>(Func<object?> a)", false)]
    [InlineData("Task<bool> ThrowsAsync<T>(Func<Task> a)", false)]
    [InlineData("Task<T> ThrowsLater<T>(Func<Task> a)", false)]
    public async Task Who_has_a_form_that_waits_for_a_lambda_is_awaited(string taker, bool isOffered)
    {
        var lab = OfMembers(Expects(taker, "string Load() => {|1:File.ReadAllText(\"a\")|}", "[|Load()|]",
            "void Test() { Check.Throws<IOException>(() => Load()); }"));
        if (!isOffered)
            await FixAssert.RefusedAsync(Reached, lab);
        else
            await FixAssert.BecomesAsync(Reached, lab, [FixLab.Wrap(Expects(
                taker, "async Task<string> LoadAsync() => await File.ReadAllTextAsync(\"a\")", "await LoadAsync()",
                "async Task Test() { await Check.ThrowsAsync<IOException>(async () => await LoadAsync()); }"))]);
    }

    [Theory]
    [InlineData("[Xunit.Fact] public void Counts()", "File.WriteAllText(\"b\", \"c\")", "[Xunit.Fact] public async Task Counts()",
        "File.WriteAllText(\"b\", \"c\")")]
    [InlineData("public void Counts()", "File.WriteAllText(\"b\", \"c\")", "public async Task Counts()",
        "await File.WriteAllTextAsync(\"b\", \"c\")")]
    public Task A_test_awaits_what_it_has_to_and_nothing_else(string head, string beside, string newHead, string newBeside) =>
        FixAssert.BecomesAsync(
            Reached,
            Lab([Tested("Load", "string", "{|1:File.ReadAllText(\"a\")|}", "[|Load()|]", $"{head} {{ {beside}; Load(); }}")]),
            [Tested("LoadAsync", "async Task<string>", "await File.ReadAllTextAsync(\"a\")", "await LoadAsync()",
                $"{newHead} {{ {newBeside}; await LoadAsync(); }}")]);

    private static string Tested(string name, string type, string value, string call, string test) => FixLab.Usings
        + "namespace Xunit { class FactAttribute : Attribute { } }\n"
        + $"public class C {{ async Task M() {{ await Task.Yield(); {call}; }} internal {type} {name}() => {value}; {test} }}\n";

    [Theory]
    // What the base class says for all knows nothing of what a derived one does under the name.
    [InlineData("class B { public virtual Task LoadAsync() => Task.CompletedTask; }", "public void Load()", "async Task Load()", "Load")]
    [InlineData("class B { public virtual void Load() { } public virtual Task LoadAsync() => Task.CompletedTask; }",
        "public override void Load()", null, "LoadAsync")]
    [InlineData("class B { }", "public Task LoadAsync() => Task.CompletedTask; public void Load()", null, "LoadAsync")]
    public async Task A_twin_belongs_to_the_one_who_has_the_blocking_form(string type, string member, string? after, string name)
    {
        string Text(string call) => $"{type} class D : B {{ {member} => CAUSE; }}\n"
            + $"async Task M(D d) {{ await Task.Yield(); {call}; }}";
        var lab = OfMembers(Text("[|d.Load()|]").Replace("CAUSE", "{|1:Thread.Sleep(5)|}", StringComparison.Ordinal));
        var action = Assert.Single(await lab.ActionsAsync(Reached));
        var text = Assert.Single(await FixLab.TextsAsync(await FixLab.ChangedAsync(action)));
        Assert.Contains($"await d.{name}();", text, StringComparison.Ordinal);
        Assert.Contains(after ?? "Thread.Sleep(5)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[System.Runtime.Serialization.OnDeserialized] ", false)]
    [InlineData("[System.ComponentModel.Description(\"x\")] ", true)]
    public async Task A_callback_of_a_serializer_keeps_its_shape(string attribute, bool isOffered)
    {
        var lab = OfMembers("async Task M() { await Task.Yield(); [|After(default)|]; }\n" + attribute
            + "internal void After(System.Runtime.Serialization.StreamingContext c) { {|1:Thread.Sleep(5)|}; }");
        Assert.Equal(isOffered, (await lab.ActionsAsync(Reached)).Count > 0);
    }

    [Theory]
    [InlineData("Load(k)", false)]
    [InlineData("File.ReadAllText(k)", true)]
    public async Task A_helper_between_the_halves_of_a_pair_does_not_lead_back(string inner, bool isOffered)
    {
        var lab = OfMembers("string Load(string k) => {|2:File.ReadAllText(k)|};\nasync Task<string> LoadAsync(string k) { await "
            + "Task.Yield(); return [|Inner(k)|]; }\nstring Inner(string k) { return {|1:" + inner + "|} + \"i\"; }");
        Assert.Equal(isOffered, (await lab.ActionsAsync(Reached)).Count > 0);
    }

    [Theory]
    // Where others can choose between the two of a pair, the synchronous one stays what it is.
    [InlineData("public", "public Task<string> LoadAsync(string path, CancellationToken t = default)", false)]
    [InlineData("internal", "public Task<string> LoadAsync(string path, CancellationToken t = default)", true)]
    [InlineData("public", "Task<string> LoadAsync(string path, CancellationToken t = default)", true)]
    [InlineData("public", "public Task<string> LoadAsync(int path)", true)]
    [InlineData("public", "public string LoadAsync(string path)", true)]
    public async Task The_synchronous_half_of_a_pair_stays(string access, string other, bool isOffered)
    {
        var lab = OfMembers($"{access} string Load(string path) => {{|1:File.ReadAllText(path)|}};\n{other} => throw new "
            + "InvalidOperationException(Load(\"b\"));\nasync Task M() { await Task.Yield(); Console.Write([|Load(\"a\")|]); }");
        Assert.Equal(isOffered, (await lab.ActionsAsync(Reached)).Count > 0);
    }

    [Theory]
    [InlineData("public", "Await it, and make what leads here asynchronous (changes a public signature: callers elsewhere break)")]
    [InlineData("internal", "Await it, and make what leads here asynchronous")]
    public Task A_dropped_task_is_awaited_and_the_title_says_who_breaks(string access, string title) => FixAssert.BecomesAsync(
        new QNT4006CoroutineNeverAwaitedFix(),
        "Task S() => Task.Delay(1); " + access + " void M() { [|S()|]; }",
        "Task S() => Task.Delay(1); " + access + " async Task M() { await S(); }", title);
}
