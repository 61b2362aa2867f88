using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Code as people write it: each case is one that a fix once got wrong.</summary>
public sealed class AwkwardCodeTests
{
    private static readonly QNT4001BlockingCallInCoroutineFix Coroutine = new();
    private static readonly QNT4004SyncOverAsyncFix SyncOverAsync = new();
    private static readonly QNT5001BlockingCallOnEventLoopFix Loop = new();

    [Theory]
    [InlineData("\t", "\r\n")]
    [InlineData("  ", "\n")]
    [InlineData("    ", "\r\n")]
    public async Task New_code_is_indented_and_ends_its_lines_as_the_file_does(string indent, string newLine)
    {
        string Text(string members) => (FixLab.Usings + "using System.Diagnostics;\nclass C\n{\n" + members + "\n}\n")
            .Replace(">", indent, StringComparison.Ordinal).Replace("=" + indent, "=>", StringComparison.Ordinal)
            .Replace("\n", newLine, StringComparison.Ordinal);
        var lab = FixLab.Of(
            [Text(">void A(object? s, EventArgs e)\n>{\n>>[|Thread.Sleep(1)|]; // short\n>}\n\n>void B()\n>{\n>>B(); // again\n>}\n")]);
        var actions = await lab.ActionsAsync(Loop);
        var changed = await FixLab.TextsAsync(await FixLab.ChangedAsync(actions[0]));
        Assert.Equal(
            Text(">async void A(object? s, EventArgs e)\n>{\n>>try\n>>{\n>>>await Task.Delay(1); // short\n>>}\n"
                + ">>catch (Exception exception)\n>>{\n>>>Trace.TraceError(exception.ToString());\n>>}\n>}\n\n>void B()\n>{\n>>B(); "
                + "// again\n>}\n"),
            changed[0]);
    }

    [Fact]
    public Task A_value_task_made_of_a_value_is_the_value() => FixAssert.BecomesAsync(
        Coroutine,
        "ValueTask<int> M(int n) { [|Thread.Sleep(n)|]; if (n == 0) return default; if (n == 1) return new ValueTask<int>(3); "
        + "if (n == 2) return new ValueTask<int>(Task.FromResult(5)); return new(4); }",
        "async ValueTask<int> M(int n) { await Task.Delay(n); if (n == 0) return default; if (n == 1) return 3; "
        + "if (n == 2) return await new ValueTask<int>(Task.FromResult(5)); return 4; }");

    [Fact]
    public Task The_default_of_a_task_is_null_and_cannot_be_awaited() =>
        FixAssert.RefusedAsync(Coroutine,
            "Task<int> M(int n) { [|Thread.Sleep(n)|]; if (n == 0) return default!; return Task.FromResult(1); }");

    [Fact]
    public async Task A_lambda_is_offered_only_to_those_who_await_lambdas()
    {
        await FixAssert.NotOfferedAsync(Coroutine,
            "async Task M(List<string> xs) { await Task.Yield(); _ = xs.Select(x => [|File.ReadAllText(x)|]).ToList(); }");
        await FixAssert.BecomesAsync(Coroutine,
            "async Task M(string x) { await Task.Run(() => [|File.ReadAllText(x)|]); }",
            "async Task M(string x) { await Task.Run(async () => await File.ReadAllTextAsync(x)); }");
    }

    private static string Queue(string result, string call) =>
        $"class Queue {{ public Queue? Next; public void Run(Action work) {{ }} public {result} Run(Func<Task> work) => "
        + $"{(result == "void" ? "work()" : "Task.CompletedTask")}; }} class C {{ void M(Queue? queue) {{ {call} }} }}";

    [Theory]
    [InlineData("queue?.Run")]
    [InlineData("queue?.Next?.Run")]
    [InlineData("queue?.Next!.Run")]
    public async Task A_lambda_behind_a_question_mark_is_offered_only_where_the_call_stays_what_it_is(string run)
    {
        await FixAssert.BecomesAsync(Coroutine,
            FixLab.Of([FixLab.Usings + Queue("void", $"{run}(() => [|Thread.Sleep(1)|]);")]),
            [FixLab.Usings + Queue("void", $"{run}(async () => await Task.Delay(1));")]);
        var lab = FixLab.Of([FixLab.Usings + Queue("Task", $"{run}(() => [|Thread.Sleep(1)|]);")]);
        Assert.Empty(await lab.ActionsAsync(Coroutine));
    }

    [Fact]
    public Task A_wait_with_a_token_is_awaited_and_so_is_the_result_after_it() => FixAssert.BecomesAsync(
        SyncOverAsync, "int M(Task<int> t, CancellationToken c) { [|t.Wait(c)|]; return t.Result; }",
        "async Task<int> M(Task<int> t, CancellationToken c) { await t.WaitAsync(c); return await t; }");

    [Theory]
    [InlineData("Service", false)]
    [InlineData("IService", true)]
    public async Task A_type_with_a_base_that_is_not_there_keeps_its_signatures(string baseType, bool changed)
    {
        const string Before =
            "public interface IService { bool Start(); } public class Server : BASE { public bool Start() { [|Task.Delay(1).Wait()|]; "
            + "return true; } }";
        var lab = FixLab.Of([FixLab.Usings + Before.Replace("BASE", baseType, StringComparison.Ordinal)])
            .With(FindingProperties.Twin, "await");
        if (!changed) await FixAssert.RefusedAsync(SyncOverAsync, lab);
        else
        {
            await FixAssert.BecomesAsync(SyncOverAsync, lab, [FixLab.Usings
                + "public interface IService { Task<bool> Start(); } public class Server : IService { public async Task<bool> Start() { "
                + "await Task.Delay(1); return true; } }"]);
        }
    }

    [Fact]
    public Task What_else_blocks_in_a_caller_that_becomes_async_is_awaited_too() => FixAssert.BecomesAsync(
        new QNT4008BlockingCallInRequestFix(),
        FixLab.OfMembers("""
            public string Index() => [|One()|];
            public string Put() { foreach (var l in All()) if (l == "a") return One(); return Kept; }
            string One() => {|1:File.ReadAllText("a")|};
            string[] All() => File.ReadAllLines("b");
            string Kept { get { return File.ReadAllText("c"); } }
            """).With(FindingProperties.Twin, "auto"),
        [FixLab.Wrap("""
            public async Task<string> Index() => await OneAsync();
            public async Task<string> Put() { foreach (var l in await AllAsync()) if (l == "a") return await OneAsync(); return Kept; }
            async Task<string> OneAsync() => await File.ReadAllTextAsync("a");
            async Task<string[]> AllAsync() => await File.ReadAllLinesAsync("b");
            string Kept { get { return File.ReadAllText("c"); } }
            """)]);

    [Fact]
    public async Task A_finding_that_stands_for_several_places_moves_them_all()
    {
        static string Code(string first, string second) => $$"""
            async Task M(int[] xs)
            {
                await Task.Yield();
                {{first}}
                {{second}}
                lock (xs) { Burn(3); }
            }
            static int Burn(int n) => n; int Next() => 1;
            """;
        var marked = Code("Console.Write([|Burn(Next())|]);", "Console.Write(Burn(Next()));");
        var text = FixLab.Wrap(Code("Console.Write(Burn(Next()));", "Console.Write(Burn(Next()));"));
        var second = text.LastIndexOf("Burn(Next())", StringComparison.Ordinal);
        var locked = text.IndexOf("Burn(3)", StringComparison.Ordinal);
        var lab = FixLab.OfMembers(marked).With(FindingProperties.Context, "Coroutine").With(FindingProperties.Moves, "Goroutines")
            .With(FindingProperties.More, $"{second}+12,{locked}+7");
        await FixAssert.BecomesAsync(new QNT4005CpuBoundWorkInCoroutineFix(), lab, [FixLab.Wrap(Code(
            "var n = Next();\n    Console.Write(await Task.Run(() => Burn(n)));",
            "var n1 = Next();\n    Console.Write(await Task.Run(() => Burn(n1)));"))]);
    }
}
