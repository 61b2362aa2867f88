using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>What waits at each step of a loop is walked through asynchronously.</summary>
public sealed class AwaitForEachTests
{
    private static readonly QNT4001BlockingCallInCoroutineFix Fix = new();

    private const string Frame = "async Task M(string p, CancellationToken token, IAsyncEnumerable<int> numbers)\n"
        + "{\n    BODY\n    await Task.Yield();\n}";

    private static string In(string body) => Frame.Replace("BODY", body, StringComparison.Ordinal);

    [Theory]
    [InlineData("foreach (var l in [|File.ReadLines(p)|]) Console.Write(l); // each",
        "await foreach (var l in File.ReadLinesAsync(p, token)) Console.Write(l); // each")]
    [InlineData("// all\n    foreach (string l in [|File.ReadLines(p, System.Text.Encoding.UTF8)|])\n    {\n        break;\n    }",
        "// all\n    await foreach (string l in File.ReadLinesAsync(p, System.Text.Encoding.UTF8, token))\n    {\n        break;\n    }")]
    [InlineData("foreach (object l in [|File.ReadLines(p)|]) { Span<char> s = new char[1]; s[0] = 'a'; }",
        "await foreach (object l in File.ReadLinesAsync(p, token)) { Span<char> s = new char[1]; s[0] = 'a'; }")]
    [InlineData("foreach (var n in [|numbers.ToBlockingEnumerable()|]) Console.Write(n);",
        "await foreach (var n in numbers) Console.Write(n);")]
    [InlineData("foreach (var n in [|numbers.ToBlockingEnumerable(token)|]) Console.Write(n);",
        "await foreach (var n in numbers.WithCancellation(token)) Console.Write(n);")]
    [InlineData("{ Span<int> s = new int[1]; s[0] = 1; } foreach (var l in [|File.ReadLines(p)|]) { }",
        "{ Span<int> s = new int[1]; s[0] = 1; } await foreach (var l in File.ReadLinesAsync(p, token)) { }")]
    public Task Each_step_is_awaited(string body, string expected) => FixAssert.BecomesAsync(Fix, In(body), In(expected));

    [Theory]
    // It is the walk that waits, and it goes on elsewhere.
    [InlineData("foreach (var l in [|File.ReadLines(p)|].Where(x => x != \"\")) Console.Write(l);")]
    [InlineData("var lines = [|File.ReadLines(p)|]; foreach (var l in lines) Console.Write(l);")]
    [InlineData("var all = from l in [|File.ReadLines(p)|] select l;")]
    [InlineData("lock (this) { foreach (var l in [|File.ReadLines(p)|]) { } }")]
    [InlineData("foreach (ReadOnlySpan<char> l in [|File.ReadLines(p)|]) { }")]
    [InlineData("Span<int> s = new int[1]; foreach (var l in [|File.ReadLines(p)|]) { s[0] = 1; }")]
    // No asynchronous form in the target: what is called like one gives other elements.
    [InlineData("foreach (var l in [|Store.ReadLines(p)|]) Console.Write(l);")]
    public Task Other_loops_stay(string body) => FixAssert.NotOfferedAsync(
        Fix, In(body) + "\nstatic class Store { public static string[] ReadLines(string p) => []; "
            + "public static IAsyncEnumerable<int> ReadLinesAsync(string p) => null!; }");

    [Fact]
    public Task A_chain_becomes_async_for_its_loop() => FixAssert.BecomesAsync(
        new QNT4002BlockingCallReachedFromCoroutineFix(),
        FixLab.OfMembers("""
            async Task HandleAsync() { await Task.Yield(); [|Count("a")|]; }

            int Count(string path)
            {
                var n = 0;
                foreach (var line in {|1:File.ReadLines(path)|}) n += line.Length;
                return n;
            }
            """).With(FindingProperties.Twin, "auto"),
        [FixLab.Wrap("""
            async Task HandleAsync() { await Task.Yield(); await CountAsync("a"); }

            async Task<int> CountAsync(string path)
            {
                var n = 0;
                await foreach (var line in File.ReadLinesAsync(path)) n += line.Length;
                return n;
            }
            """)],
        "Make 'Count' async");

    [Fact]
    public Task An_iterator_stays() => FixAssert.RefusedAsync(
        new QNT4002BlockingCallReachedFromCoroutineFix(),
        FixLab.OfMembers("""
            async Task HandleAsync() { await Task.Yield(); [|Lines("a").Count()|]; }
            IEnumerable<string> Lines(string path) { foreach (var line in {|1:File.ReadLines(path)|}) yield return line; }
            """).With(FindingProperties.Twin, "auto"));

    [Fact]
    public Task Two_loops_and_what_is_in_them_at_once() => FixAssert.AllBecomeAsync(
        Fix, "QNT4001.AsyncTwin",
        "async Task M(string p) { foreach (var l in [|File.ReadLines(p)|]) foreach (var m in [|File.ReadLines(l)|]) [|Thread.Sleep(1)|]; "
        + "await Task.Yield(); }",
        "async Task M(string p) { await foreach (var l in File.ReadLinesAsync(p)) await foreach (var m in File.ReadLinesAsync(l)) "
        + "await Task.Delay(1); await Task.Yield(); }");

    [Fact]
    public Task A_handler_walks_asynchronously() => FixAssert.BecomesAsync(
        new QNT5001BlockingCallOnEventLoopFix(),
        "async void OnOpen(object s, EventArgs e) { foreach (var l in [|File.ReadLines(\"a\")|]) Console.Write(l); await Task.Yield(); }",
        "async void OnOpen(object s, EventArgs e) { await foreach (var l in File.ReadLinesAsync(\"a\")) Console.Write(l); "
        + "await Task.Yield(); }",
        "Await each element of 'File.ReadLinesAsync'");
}
