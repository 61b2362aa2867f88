using Quintet.CodeFixes.Refactorings;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Work moved on request to the model that the guidance names: a call, a loop, selected statements.</summary>
public sealed class MoveToModelRefactoringTests
{
    private const string Window =
        "namespace System.Windows.Forms { public class Control { public string Text { get; set; } = \"\"; } "
        + "public class Form : Control { } }\n";
    private const string Runtime = RuntimeStubs.Goroutines;
    private const string Fibonacci = "static long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);";
    private const string Again = " (the handler can run again while it awaits)";

    private static string View(string members) =>
        FixLab.Usings + "class View : System.Windows.Forms.Form\n{\n    long _n;\n    " + Fibonacci + "\n" + members + "\n}\n";

    private static async Task Becomes(string members, string expected, string title, string? runtime = null)
    {
        string[] beside = runtime is null ? [Window] : [Window, runtime];
        var actions = await FixLab.Of([View(members), .. beside]).RefactoringsAsync(new MoveToModelRefactoring());
        Assert.Equal(title, actions[0].Title);
        var imported = runtime is null
            ? View(expected)
            : View(expected).Replace("Tasks;\n", "Tasks;\nusing Quintet.Goroutines;\n", StringComparison.Ordinal);
        await FixAssert.IsAsync([imported, .. beside], await FixLab.ChangedAsync(actions[0]));
    }

    private static async Task<IReadOnlyList<string>> Keys(params string[] files) =>
        [.. (await FixLab.Of(files).RefactoringsAsync(new MoveToModelRefactoring())).Select(static action => action.EquivalenceKey!)];

    [Theory]
    [InlineData("Fi[||]b(42)")]
    [InlineData("[|Fib(42)|]")]
    public Task A_call_of_a_handler_moves_to_the_pool(string call) => Becomes(
        $"    void OnClick(object? s, EventArgs e) {{ try {{ _n = {call}; }} catch (Exception x) {{ Console.Write(x); }} }}",
        "    async void OnClick(object? s, EventArgs e) { try { _n = await Task.Run(() => Fib(42)); } catch (Exception x) { "
        + "Console.Write(x); } }",
        "Run 'Fib' on the thread pool: its result comes back to this thread" + Again);

    [Fact]
    public Task Selected_statements_move_together_with_their_comments() => Becomes(
        """
            async Task Count(int[] xs)
            {
                await Task.Yield();
                // all pairs
                [|var sum = 0L; // start
                for (var i = 0; i < xs.Length; i++)
                    for (var j = 0; j < xs.Length; j++) sum += xs[i] * xs[j];
                Console.WriteLine(sum);|] // end
                await Task.Yield();
            }
        """,
        """
            async Task Count(int[] xs)
            {
                await Task.Yield();
                // all pairs
                await Task.Run(() =>
                {
                    var sum = 0L; // start
                    for (var i = 0; i < xs.Length; i++)
                        for (var j = 0; j < xs.Length; j++) sum += xs[i] * xs[j];
                    Console.WriteLine(sum); // end
                });
                await Task.Yield();
            }
        """,
        "Run the statements on the thread pool: its result comes back to this thread");

    [Fact]
    public Task A_goroutine_comes_first_where_the_runtime_is_referenced() => Becomes(
        "    async Task<long> M() { await Task.Yield(); return Fi[||]b(42); }",
        "    async Task<long> M() { await Task.Yield(); return await Go.RunAsync(() => Fib(42)); }",
        "Run 'Fib' on a goroutine: parallel and preemptive",
        Runtime);

    [Fact]
    public async Task A_loop_moves_from_its_keyword()
    {
        const string Loop =
            "async Task M(int[] xs)\n{\n    await Task.Yield();\n    var sum = 0L;\n    f[||]or (var i = 0; i < xs.Length; i++)\n"
            + "        for (var j = 0; j < xs.Length; j++) sum += xs[i] * xs[j];\n    _n = sum;\n}";
        Assert.Equal(["Quintet.Move.TaskRun"], await Keys(View(Loop), Window));
        Assert.Equal(["Quintet.Move.Goroutine", "Quintet.Move.TaskRun"], await Keys(View(Loop), Window, Runtime));
        Assert.Empty(
            await Keys(View(Loop.Replace(" sum += xs[i] * xs[j]", " if (xs[i] == xs[j]) sum++", StringComparison.Ordinal)), Window));
    }

    [Fact]
    public async Task Blocking_work_moves_where_nothing_can_be_awaited()
    {
        Assert.Equal(["Quintet.Move.TaskRun"], await Keys(View("async Task M(Thread t) { await Task.Yield(); t.Jo[||]in(); }"), Window));
        Assert.Empty(await Keys(View("async Task M() { await Task.Yield(); Thread.Sl[||]eep(9); }"), Window));
        Assert.Empty(await Keys(View("async Task M(Task t) { await Task.Yield(); t.Wa[||]it(); }"), Window));
    }

    [Fact]
    public async Task The_pool_is_for_handlers_and_coroutines_only()
    {
        Assert.Empty(await Keys(FixLab.Wrap($"public long M() => Fi[||]b(42); {Fibonacci}")));
        Assert.Equal(["Quintet.Move.Goroutine"], await Keys(FixLab.Wrap($"public long M() => Fi[||]b(42); {Fibonacci}"), Runtime));
        Assert.Equal(["Quintet.Move.TaskRun"],
            await Keys(FixLab.Wrap($"public async Task<long> M() {{ await Task.Yield(); return Fi[||]b(42); }} {Fibonacci}")));
    }

    [Theory]
    [InlineData("ControllerBase", false)]
    [InlineData("object", true)]
    public async Task The_pool_is_never_offered_in_a_request(string baseType, bool offered)
    {
        var code = FixLab.Usings + "using Microsoft.AspNetCore.Mvc;\npublic class HomeController : " + baseType
            + " { [HttpGet] public async Task<long> Get() { await Task.Yield(); return Fi[||]b(42); } " + Fibonacci + " }\n";
        Assert.Equal(offered ? ["Quintet.Move.TaskRun"] : [],
            await Keys(code.Replace("HomeController : object", "Home", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("void M() { _n = Fi[||]b(42); }", "void M(ref int n) { _n = Fi[||]b(42); }")]
    [InlineData("void M() { _n = Fi[||]b(42); }", "void M() { lock (this) { _n = Fi[||]b(42); } }")]
    [InlineData("void M() { _n = Fi[||]b(42); }", "long P { get { return Fi[||]b(42); } }")]
    [InlineData("void M() { _n = Fi[||]b(42); }", "void M() { _n = F[||](42); } static long F(int n) => n;")]
    [InlineData("void M() { [|Console.Write(Fib(42));|] }", "void M() { [|Console.Write(|]Fib(42)); }")]
    [InlineData("void M() { [|if (_n > 1) Console.Write(Fib(42));|] }", "void M() { [|if (_n > 1) _n = Fib(42);|] }")]
    [InlineData("void M() { [|var x = Fib(42); Console.Write(x);|] }", "void M() { [|var x = Fib(42);|] Console.Write(x); }")]
    [InlineData("void M() { long x = 1; [|x = Fib(42);|] Console.Write(x); }", "void M() { long x; [|x = Fib(42);|] Console.Write(x); }")]
    [InlineData("void M(int n) { [|Console.Write(Fib(42)); n++;|] Fib(n); }",
        "void M(int n) { [|Console.Write(Fib(42)); if (n > 1) return;|] Fib(n); }")]
    [InlineData("async Task M() { [|Console.Write(Fib(42));|] await Task.Yield(); }",
        "async Task M() { [|Console.Write(Fib(42)); await Task.Yield();|] }")]
    [InlineData("void M() { [|var s = new MemoryStream(); Fib(42);|] }", "void M() { [|using var s = new MemoryStream(); Fib(42);|] }")]
    [InlineData("void M() { Fib(1); [|Fib(42);|] }", "void M() { [|Fib(1);\n#if X\nFib(2);\n#endif\nFib(42);|] }")]
    public async Task One_fact_decides(string offered, string refused)
    {
        Assert.NotEmpty(await Keys(View(offered), Window, Runtime));
        Assert.Empty(await Keys(View(refused), Window, Runtime));
    }
}
