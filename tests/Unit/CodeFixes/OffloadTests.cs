using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>CPU-bound work moves to the model that the guidance names, if nothing ties it to its thread.</summary>
public sealed class OffloadTests
{
    private const string Window =
        "namespace System.Windows.Forms { public class Control { public string Text { get; set; } = \"\"; } "
        + "public class Form : Control { } }\n";
    private static readonly QNT5002CpuBoundWorkOnEventLoopFix Loop = new();
    private static readonly QNT4005CpuBoundWorkInCoroutineFix Coroutine = new();

    private static FixLab Lab(string context, params string[] files) =>
        FixLab.Of(files).With(FindingProperties.Context, context).With(FindingProperties.Moves, "Goroutines,Multiprocessing");

    private static string View(string members) =>
        FixLab.Usings + "class View : System.Windows.Forms.Form\n{\n    long _n; readonly int _size = 3; event EventHandler? Clicked;\n"
        + "    static long Burn(int n) => n; static long Burn(string s) => s.Length; long Own(int n) => n + _size; "
        + "long Shown(int n) => n + Text.Length; long Kept(int n) => _n = n;\n"
        + members + "\n}\n";

    private static Task Becomes(string members, string expected, string? title = null) =>
        FixAssert.BecomesAsync(Loop, Lab("EventLoop", View(members), Window), [View(expected), Window], title);

    private static async Task NotOffered(string members, string context = "EventLoop") =>
        Assert.DoesNotContain(await Lab(context, View(members), Window).ActionsAsync(Loop),
            static action => action.EquivalenceKey == "QNT5002.TaskRun");

    [Fact]
    public Task A_handler_hands_the_work_to_the_pool_and_gets_the_result_back() => Becomes(
        "    void OnClick(object? s, EventArgs e) { try { _n = [|Burn(5)|]; } catch (Exception x) { Console.Write(x); } }",
        "    async void OnClick(object? s, EventArgs e) { try { _n = await Task.Run(() => Burn(5)); } catch (Exception x) { "
        + "Console.Write(x); } }",
        "Run 'Burn' on the thread pool: its result comes back to this thread (the handler can run again while it awaits)");

    [Fact]
    public Task What_the_work_needs_of_the_window_is_read_before() => Becomes(
        "    async void OnClick(object? s, EventArgs e)\n    {\n        // count\n        _n = [|Burn(Text)|] + 1; // done\n"
        + "        await Task.Yield();\n    }",
        "    async void OnClick(object? s, EventArgs e)\n    {\n        // count\n        var s1 = Text;\n"
        + "        _n = await Task.Run(() => Burn(s1)) + 1; // done\n        await Task.Yield();\n    }");

    [Fact]
    public Task In_an_expression_body_it_is_read_inside_the_new_try() => FixAssert.BecomesAsync(
        Loop,
        Lab("EventLoop", "using System.Diagnostics;\n"
            + View("    void OnClick(object? sender, EventArgs e) => _n = [|Burn(Text.Length)|];"), Window),
        ["using System.Diagnostics;\n" + View("""
                async void OnClick(object? sender, EventArgs e)
                {
                    try
                    {
                        var n = Text.Length;
                        _n = await Task.Run(() => Burn(n));
                    }
                    catch (Exception exception)
                    {
                        Trace.TraceError(exception.ToString());
                    }
                }
            """), Window]);

    [Theory]
    [InlineData("    async void M(object? s, EventArgs e) => Show([|Burn(Text.Length)|]);",
        "    async void M(object? s, EventArgs e)\n    {\n        var n = Text.Length;\n"
        + "        Show(await Task.Run(() => Burn(n)));\n    }")]
    [InlineData("    async Task<long> M(int k) => /* k */ k + [|Burn(Text.Length)|]; // sum",
        "    async Task<long> M(int k)\n    {\n        var n = Text.Length;\n        /* k */\n"
        + "        return k + await Task.Run(() => Burn(n));\n    } // sum")]
    [InlineData("    void M() => Clicked += async (_, _) => Show([|Burn(Text.Length)|]);",
        "    void M() => Clicked += async (_, _) =>\n    {\n        var n = Text.Length;\n"
        + "        Show(await Task.Run(() => Burn(n)));\n    };")]
    // Nothing of ours comes before it.
    [InlineData("    async void M(object? s, EventArgs e) => Show(Math.Abs(3) + [|Burn(Text.Length)|] + Next());",
        "    async void M(object? s, EventArgs e)\n    {\n        var n = Text.Length;\n"
        + "        Show(Math.Abs(3) + await Task.Run(() => Burn(n)) + Next());\n    }")]
    // Nothing is read before.
    [InlineData("    async void M(object? s, EventArgs e) => Show([|Burn(5)|]);",
        "    async void M(object? s, EventArgs e) => Show(await Task.Run(() => Burn(5)));")]
    public Task A_body_of_one_expression_gets_a_block_for_what_is_read_before(string member, string expected) =>
        Becomes(member + Shown, expected + Shown);

    [Theory]
    [InlineData("async void M(object? s, EventArgs e) => Show(Next() + [|Burn(Text.Length)|]);")]
    [InlineData("async void M(object? s, EventArgs e) { var sum = Next() + [|Burn(Text.Length)|]; Show(sum); }")]
    [InlineData("async void M(object? s, EventArgs e) => Show(_n++ + [|Burn((int)_n)|]);")]
    [InlineData("async void M(object? s, EventArgs e) => Show(await Task.FromResult(1) + [|Burn(Text.Length)|]);")]
    [InlineData("async void M(object? s, EventArgs e) => Show(Text.Length > 3 ? [|Burn(Text.Length)|] : 0);")]
    public Task What_would_be_read_too_early_stays(string member) => NotOffered(member + Shown);

    private const string Shown = "\n    void Show(long n) => _n = n; int Next() => (int)++_n;";

    [Theory]
    [InlineData("async void M(object? s, EventArgs e) { _n = [|Shown(5)|]; await Task.Yield(); }")]
    [InlineData("async void M(object? s, EventArgs e) { _n = [|Kept(5)|]; await Task.Yield(); }")]
    [InlineData("async void M(object? s, EventArgs e) { _n = [|Burn(ref _n)|]; await Task.Yield(); } static long Burn(ref long n) => n;")]
    [InlineData("async void M(object? s, EventArgs e) { _n = [|Burn(this)|]; await Task.Yield(); } static long Burn(View v) => 1;")]
    [InlineData("async void M(object? s, EventArgs e) { lock (this) { _n = [|Burn(5)|]; } await Task.Yield(); }")]
    [InlineData("long P { get { return [|Burn(5)|]; } }")]
    public Task Work_that_belongs_to_the_thread_stays(string members) => NotOffered(members);

    [Theory]
    [InlineData("Own(5)")]
    [InlineData("Burn(_size)")]
    [InlineData("Burn(\"a\")")]
    public Task Work_beside_it_moves(string call) => Becomes(
        $"async void M(object? s, EventArgs e) {{ _n = [|{call}|]; await Task.Yield(); }}",
        $"async void M(object? s, EventArgs e) {{ _n = await Task.Run(() => {call}); await Task.Yield(); }}");

    [Theory]
    [InlineData("Request")]
    [InlineData("Turn")]
    public Task The_pool_is_never_offered_to_a_request_or_turn(string context) =>
        NotOffered("async Task M() { _n = [|Burn(5)|]; await Task.Yield(); }", context);

    [Fact]
    public async Task An_async_action_is_a_request_too()
    {
        var lab = Lab("Coroutine",
            "using System.Threading.Tasks;\nusing Microsoft.AspNetCore.Mvc;\npublic class HomeController : ControllerBase { "
            + "[HttpGet] public async Task<long> Get() { await Task.Yield(); return [|Burn(5)|]; } static long Burn(int n) => n; }\n");
        Assert.Empty(await lab.ActionsAsync(Coroutine));
    }

    [Fact]
    public async Task A_coroutine_is_offered_the_pool_first_and_a_checkpoint_last()
    {
        var lab = Lab("Coroutine",
            FixLab.Wrap(
                "async Task<int> M(int[] xs)\n{\n    await Task.Yield();\n    var sum = 0;\n    [|for (var i = 0; i < xs.Length; i++)\n"
                + "        for (var j = 0; j < xs.Length; j++) sum += xs[i] * xs[j];|]\n    return sum;\n}"));
        var actions = await lab.ActionsAsync(Coroutine);
        Assert.Equal(["QNT4005.TaskRun", "QNT4005.Checkpoint"], actions.Select(static action => action.EquivalenceKey));
        await FixAssert.BecomesAsync(Coroutine, lab, [FixLab.Wrap(
            "async Task<int> M(int[] xs)\n{\n    await Task.Yield();\n    var sum = 0;\n    await Task.Run(() =>\n    {\n"
            + "        for (var i = 0; i < xs.Length; i++)\n            for (var j = 0; j < xs.Length; j++) sum += xs[i] * xs[j];\n"
            + "    });\n    return sum;\n}")]);
        await FixAssert.BecomesAsync(Coroutine, lab, [FixLab.Wrap(
            "async Task<int> M(int[] xs)\n{\n    await Task.Yield();\n    var sum = 0;\n    for (var i = 0; i < xs.Length; i++)\n    {\n"
            + "        await Task.Yield();\n        for (var j = 0; j < xs.Length; j++) sum += xs[i] * xs[j];\n    }\n"
            + "    return sum;\n}")],
            "Await Task.Yield in the loop: only gives others a turn, the work stays on this thread", action: 1);
    }

    [Fact]
    public async Task A_loop_that_leaves_the_method_is_not_moved()
    {
        var lab = Lab("Coroutine",
            FixLab.Wrap(
                "async Task<int> M(int[] xs)\n{\n    await Task.Yield();\n    [|for (var i = 0; i < xs.Length; i++)\n"
                + "        for (var j = 0; j < xs.Length; j++) if (xs[i] * xs[j] > 9) return 1;|]\n    return 0;\n}"));
        Assert.Equal(["QNT4005.Checkpoint"], (await lab.ActionsAsync(Coroutine)).Select(static action => action.EquivalenceKey));
    }

    [Theory]
    [InlineData("[|Burn(await GetAsync())|]", "var n = await GetAsync();", "Burn(n))")]
    [InlineData("[|Burn(2 * await GetAsync())|] + 1", "var n = 2 * await GetAsync();", "Burn(n)) + 1")]
    [InlineData("[|Both(_size, await GetAsync())|]", "var a = _size;\n        var b = await GetAsync();", "Both(a, b))")]
    [InlineData("[|Both(Many, await GetAsync())|]", "var a = Many;\n        var b = await GetAsync();", "Both(a, b))")]
    [InlineData("[|Both(k, await GetAsync())|]", "var b = await GetAsync();", "Both(k, b))")]
    public Task What_the_work_awaits_it_gets(string call, string before, string moved) => Becomes(
        Awaiting(call), Awaiting("await Task.Run(() => " + moved, before + "\n        "));

    [Theory]
    // Something else is done before the await.
    [InlineData("_n = Own(2) + [|Burn(await GetAsync())|];")]
    [InlineData("_n = [|Both(Next(), await GetAsync())|];")]
    [InlineData("if (k > 0 && [|Burn(await GetAsync())|] > 1) _n = 1;")]
    [InlineData("_n = [|Run(async () => await GetAsync())|];")]
    public Task An_await_that_is_not_first_stays(string statement) => NotOffered(
        Awaiting("0").Replace("_n = 0;", statement, StringComparison.Ordinal));

    private static string Awaiting(string value, string before = "") =>
        $"    async void OnClick(object? s, EventArgs e)\n    {{\n        var k = 1;\n        {before}_n = {value};\n    }}\n"
        + "    static int Many = 3; static int Next() => Many++; static long Both(int a, int b) => a + b;\n"
        + "    static long Run(Func<Task> f) => 1; static Task<int> GetAsync() => Task.FromResult(1);";
}
