using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

public sealed class QNT4001BlockingCallInCoroutineFixTests
{
    private static readonly QNT4001BlockingCallInCoroutineFix Fix = new();

    private static Task Becomes(string body, string expected) => FixAssert.BecomesAsync(
        Fix, $"async Task M()\n{{\n    {body}\n    await Task.Yield();\n}}",
        $"async Task M()\n{{\n    {expected}\n    await Task.Yield();\n}}");

    private static Task NotOffered(string body) =>
        FixAssert.NotOfferedAsync(Fix, $"async Task M()\n{{\n    {body}\n    await Task.Yield();\n}}");

    [Fact]
    public Task A_sleep_becomes_an_awaited_delay_and_keeps_its_comment() =>
        Becomes("[|Thread.Sleep(1000)|]; // let the cache settle", "await Task.Delay(1000); // let the cache settle");

    [Fact]
    public Task A_result_becomes_an_await() =>
        Becomes("var t = Task.FromResult(1); var n = [|t.Result|] + 1;", "var t = Task.FromResult(1); var n = await t + 1;");

    [Fact]
    public Task A_member_of_the_result_is_taken_from_the_parenthesised_await() =>
        Becomes("var t = Task.FromResult(\"\"); var n = [|t.Result|].Length;", "var t = Task.FromResult(\"\"); var n = (await t).Length;");

    [Fact]
    public Task A_wait_becomes_an_await() => Becomes("var t = Task.Delay(1); [|t.Wait()|];", "var t = Task.Delay(1); await t;");

    [Fact]
    public Task ConfigureAwait_is_kept() => Becomes(
        "var t = Task.FromResult(1); var n = [|t.ConfigureAwait(false).GetAwaiter().GetResult()|];",
        "var t = Task.FromResult(1); var n = await t.ConfigureAwait(false);");

    [Fact]
    public Task A_file_is_read_asynchronously() =>
        Becomes("var text = [|File.ReadAllText(\"a\")|];", "var text = await File.ReadAllTextAsync(\"a\");");

    [Fact]
    public Task WaitAll_becomes_WhenAll() => Becomes(
        "var (a, b) = (Task.Delay(1), Task.Delay(2)); [|Task.WaitAll(a, b)|];",
        "var (a, b) = (Task.Delay(1), Task.Delay(2)); await Task.WhenAll(a, b);");

    [Theory]
    [InlineData("Task<Func<int>> t = null!; var n = [|t.Result|]();", "Task<Func<int>> t = null!; var n = (await t)();")]
    [InlineData("Task<Action<int>> t = null!; [|t.Result|](3);", "Task<Action<int>> t = null!; (await t)(3);")]
    [InlineData("Task<Func<int>> t = null!; var n = [|t.GetAwaiter().GetResult()|]();",
        "Task<Func<int>> t = null!; var n = (await t)();")]
    public Task A_delegate_that_a_task_gives_is_called_when_it_is_there(string body, string expected) => Becomes(body, expected);

    [Theory]
    [InlineData("Task<int> t = null!, u = null!; var x = ([|t.Result|], u.Result);",
        "Task<int> t = null!, u = null!; var x = (await t, u.Result);")]
    [InlineData("Task<int> t = null!; var x = ([|t.Result|], 1);", "Task<int> t = null!; var x = (Result: await t, 1);")]
    public Task An_element_keeps_the_name_that_it_had(string body, string expected) => Becomes(body, expected);

    [Theory]
    [InlineData("[|Thread.Sleep(millisecondsTimeout: 3)|];", "await Task.Delay(3);")]
    [InlineData("[|Thread.Sleep(timeout: TimeSpan.FromSeconds(1))|];", "await Task.Delay(TimeSpan.FromSeconds(1));")]
    // What the twin calls the same keeps its name, in whatever order.
    [InlineData("[|File.WriteAllText(contents: \"b\", path: \"a\")|];", "await File.WriteAllTextAsync(contents: \"b\", path: \"a\");")]
    public Task A_name_that_the_twin_does_not_know_is_left_out(string body, string expected) => Becomes(body, expected);

    [Fact]
    public Task Names_that_put_arguments_in_order_cannot_be_left_out() => FixAssert.RefusedAsync(Fix,
        "class P { public void Put(int a, int b) { } public Task PutAsync(int c, int d) => Task.CompletedTask; }\n"
        + "async Task M(P p) { [|p.Put(b: 1, a: 2)|]; await Task.Yield(); }");

    [Fact]
    public Task A_semaphore_is_awaited() =>
        Becomes("var s = new SemaphoreSlim(1); [|s.Wait()|];", "var s = new SemaphoreSlim(1); await s.WaitAsync();");

    [Theory]
    // The token in scope is passed where the twin has such a parameter.
    [InlineData("[|Thread.Sleep(1)|];", "await Task.Delay(1, token);")]
    [InlineData("var x = [|File.ReadAllBytes(\"a\")|];", "var x = await File.ReadAllBytesAsync(\"a\", token);")]
    [InlineData("var s = new SemaphoreSlim(1); [|s.Wait()|];", "var s = new SemaphoreSlim(1); await s.WaitAsync(token);")]
    [InlineData("[|File.WriteAllText(\"a\", \"b\")|];", "await File.WriteAllTextAsync(\"a\", \"b\", token);")]
    [InlineData("var s = new SemaphoreSlim(1); [|s.Wait(CancellationToken.None)|];",
        "var s = new SemaphoreSlim(1); await s.WaitAsync(CancellationToken.None);")]
    [InlineData("var t = Task.Delay(1); [|t.Wait(token)|];", "var t = Task.Delay(1); await t.WaitAsync(token);")]
    // Clean-up has to run to its end.
    [InlineData("try { } finally { [|Thread.Sleep(1)|]; }", "try { } finally { await Task.Delay(1); }")]
    public Task The_token_in_scope_is_passed(string body, string expected) => FixAssert.BecomesAsync(
        Fix, $"async Task M(CancellationToken token)\n{{\n    {body}\n    await Task.Yield();\n}}",
        $"async Task M(CancellationToken token)\n{{\n    {expected}\n    await Task.Yield();\n}}");

    [Fact]
    public Task A_static_local_function_cannot_capture_the_token() => FixAssert.BecomesAsync(
        Fix,
        "async Task M(CancellationToken token) { await L(); static async Task L() { [|Thread.Sleep(1)|]; await Task.Yield(); } }",
        "async Task M(CancellationToken token) { await L(); static async Task L() { await Task.Delay(1); await Task.Yield(); } }");

    [Fact]
    public Task A_local_function_captures_the_token() => FixAssert.BecomesAsync(
        Fix,
        "async Task M(CancellationToken token) { await L(); async Task L() { [|Thread.Sleep(1)|]; await Task.Yield(); } }",
        "async Task M(CancellationToken token) { await L(); async Task L() { await Task.Delay(1, token); await Task.Yield(); } }");

    [Fact]
    public Task The_token_of_a_local_source_is_passed_and_None_is_not() => Becomes(
        "var none = CancellationToken.None; var source = new CancellationTokenSource(); var ct = source.Token; [|Thread.Sleep(1)|]; "
        + "var later = source.Token;",
        "var none = CancellationToken.None; var source = new CancellationTokenSource(); var ct = source.Token; await Task.Delay(1, ct); "
        + "var later = source.Token;");

    [Theory]
    [InlineData("lock (this) { [|Thread.Sleep(1)|]; }")]
    [InlineData("try { } catch (Exception) when ([|Task.FromResult(true).Result|]) { }")]
    [InlineData("unsafe { [|Thread.Sleep(1)|]; }")]
    [InlineData("var q = from x in new[] { 1 } select [|Task.FromResult(x).Result|];")]
    [InlineData("System.Linq.Expressions.Expression<Func<int>> e = () => [|Task.FromResult(1).Result|];")]
    [InlineData("Span<int> s = new int[1]; [|Thread.Sleep(1)|]; s[0] = 1;")]
    [InlineData("foreach (var x in new int[1].AsSpan()) { [|Thread.Sleep(1)|]; }")]
    [InlineData("var t = Task.Delay(1); try { [|t.Wait()|]; } catch (AggregateException) { }")]
    [InlineData("var t = Task.Delay(1); var ended = [|t.Wait(100)|];")]
    [InlineData("var s = [|Console.ReadLine()|];")]
    // Behind a question mark: a task that was told not to come back.
    [InlineData("Task? t = null; [|t?.ConfigureAwait(false).GetAwaiter().GetResult()|];")]
    [InlineData("var t = new Thread(() => { }); [|t.Join()|];")]
    public Task Refused_where_no_await_can_stand_or_none_means_the_same(string body) => NotOffered(body);

    [Theory]
    [InlineData("lock (this) { } [|Thread.Sleep(1)|];", "lock (this) { } await Task.Delay(1);")]
    [InlineData("try { } catch (Exception) { [|Thread.Sleep(1)|]; }", "try { } catch (Exception) { await Task.Delay(1); }")]
    [InlineData("var q = from x in [|Task.FromResult(new[] { 1 }).Result|] select x;",
        "var q = from x in await Task.FromResult(new[] { 1 }) select x;")]
    [InlineData("{ Span<int> s = new int[1]; s[0] = 1; } [|Thread.Sleep(1)|];",
        "{ Span<int> s = new int[1]; s[0] = 1; } await Task.Delay(1);")]
    [InlineData("foreach (var x in new int[1]) { [|Thread.Sleep(1)|]; }", "foreach (var x in new int[1]) { await Task.Delay(1); }")]
    [InlineData("var t = Task.Delay(1); try { [|t.Wait()|]; } catch (InvalidOperationException) { }",
        "var t = Task.Delay(1); try { await t; } catch (InvalidOperationException) { }")]
    [InlineData("var t = Task.Delay(1); try { [|t.GetAwaiter().GetResult()|]; } catch (AggregateException) { }",
        "var t = Task.Delay(1); try { await t; } catch (AggregateException) { }")]
    [InlineData("Task? t = null; [|t?.Wait()|];", "Task? t = null; if (t != null) await t;")]
    [InlineData("Task? t = null; [|t?.GetAwaiter().GetResult()|];", "Task? t = null; if (t != null) await t;")]
    [InlineData("System.Net.Http.HttpClient? t = null; [|t?.GetStringAsync(\"a\").Wait()|];",
        "System.Net.Http.HttpClient? t = null; if (t != null) await t.GetStringAsync(\"a\");")]
    [InlineData("StreamWriter? w = null; if (w == null) Console.Write(1); else [|w?.Flush()|];",
        "StreamWriter? w = null; if (w == null) Console.Write(1); else if (w != null) await w.FlushAsync();")]
    [InlineData("StreamWriter? w = null; while (w != null) [|w?.Flush()|];",
        "StreamWriter? w = null; while (w != null) if (w != null) await w.FlushAsync();")]
    [InlineData("var r = new StringReader(\"\"); var s = [|r.ReadToEnd()|]!.Length;",
        "var r = new StringReader(\"\"); var s = (await r.ReadToEndAsync())!.Length;")]
    [InlineData("var b = new byte[1]; var f = File.OpenRead(\"a\"); var n = [|f.Read(b, 0, 1)|];",
        "var b = new byte[1]; var f = File.OpenRead(\"a\"); var n = await f.ReadAsync(b, 0, 1);")]
    [InlineData("var b = new byte[9]; var f = File.OpenRead(\"a\"); var n = [|f.Read(b.AsSpan(1, 2))|];",
        "var b = new byte[9]; var f = File.OpenRead(\"a\"); var n = await f.ReadAsync(b.AsMemory(1, 2));")]
    [InlineData("[|File.WriteAllLines(\"a\", new string[1])|];", "await File.WriteAllLinesAsync(\"a\", new string[1]);")]
    public Task Beside_each_refusal_the_near_miss_is_fixed(string body, string expected) => Becomes(body, expected);

    [Fact]
    public Task Disposal_becomes_asynchronous() => Becomes(
        "[|using var f = File.OpenWrite(\"a\");|] // flushed", "await using var f = File.OpenWrite(\"a\"); // flushed");

    [Fact]
    public Task Disposal_of_a_using_block_becomes_asynchronous() => Becomes(
        "using ([|new FileStream(\"a\", FileMode.Open)|]) { }", "await using (new FileStream(\"a\", FileMode.Open)) { }");

    [Fact]
    public Task Disposal_without_an_asynchronous_form_is_refused() => NotOffered("[|using var s = new SemaphoreSlim(1);|]");

    [Fact]
    public Task An_obsolete_twin_is_refused() => FixAssert.NotOfferedAsync(
        Fix, "async Task M() { [|Load()|]; await Task.Yield(); } void Load() { } [Obsolete] Task LoadAsync() => Task.CompletedTask;");

    [Fact]
    public Task A_twin_that_wants_more_is_refused() => FixAssert.NotOfferedAsync(
        Fix, "async Task M() { [|Load()|]; await Task.Yield(); } int Load() => 1; Task<int> LoadAsync(int more) => Task.FromResult(more);");

    [Fact]
    public Task A_twin_that_gives_something_else_is_refused() => FixAssert.NotOfferedAsync(
        Fix, "async Task M() { var n = [|Load()|] + 1; await Task.Yield(); } int Load() => 1; "
            + "Task<string> LoadAsync() => Task.FromResult(\"\");");

    [Fact]
    public Task A_twin_never_awaits_itself() => FixAssert.NotOfferedAsync(
        Fix, "async Task<int> LoadAsync() { await Task.Yield(); return [|Load()|]; } int Load() => 1;");

    [Fact]
    public Task A_twin_with_an_optional_token_is_awaited() => FixAssert.BecomesAsync(
        Fix,
        "async Task M(CancellationToken stop) { var n = [|Load(1)|] + 1; await Task.Yield(); } int Load(int a) => a; "
        + "Task<int> LoadAsync(int a, int b = 2, CancellationToken ct = default) => Task.FromResult(a);",
        "async Task M(CancellationToken stop) { var n = await LoadAsync(1, ct: stop) + 1; await Task.Yield(); } int Load(int a) => a; "
        + "Task<int> LoadAsync(int a, int b = 2, CancellationToken ct = default) => Task.FromResult(a);");

    [Fact]
    public Task Missing_imports_are_added_in_order_below_the_header() => FixAssert.BecomesAsync(
        Fix,
        FixLab.Of(["// Header.\nusing System.Linq;\n\nclass C\n{\n    async System.Threading.Tasks.Task M() { "
            + "[|System.Threading.Thread.Sleep(1)|]; }\n}\n"])
            .With(Quintet.Analyzers.Findings.FindingProperties.Twin, "M:System.Threading.Tasks.Task.Delay"),
        ["// Header.\nusing System.Linq;\nusing System.Threading.Tasks;\n\nclass C\n{\n    async System.Threading.Tasks.Task M() { "
            + "await Task.Delay(1); }\n}\n"],
        "Await 'Task.Delay'");

    [Fact]
    public Task An_extension_twin_brings_its_namespace() => FixAssert.BecomesAsync(
        Fix,
        FixLab.Of(["""
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        class C { async Task M(IQueryable<int> q) { List<int> all = [|q.ToList()|]; await Task.Yield(); } }

        """, """
        namespace Db
        {
            using System.Collections.Generic;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;

            public static class Queries
            {
                public static Task<List<T>> ToListAsync<T>(this IQueryable<T> source, CancellationToken token = default) =>
                    Task.FromResult(new List<T>());
            }
        }

        """]).With(Quintet.Analyzers.Findings.FindingProperties.Twin, "M:Db.Queries.ToListAsync"),
        ["""
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Db;

        class C { async Task M(IQueryable<int> q) { List<int> all = await q.ToListAsync(); await Task.Yield(); } }

        """, """
        namespace Db
        {
            using System.Collections.Generic;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;

            public static class Queries
            {
                public static Task<List<T>> ToListAsync<T>(this IQueryable<T> source, CancellationToken token = default) =>
                    Task.FromResult(new List<T>());
            }
        }

        """]);
}
