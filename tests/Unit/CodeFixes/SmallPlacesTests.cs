using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Places where an await can stand although it looks otherwise, tokens that nobody means, bodies of one line.</summary>
public sealed class SmallPlacesTests
{
    private static readonly QNT3003LockHeldOverBlockingWorkFix Held = new();
    private static readonly QNT4001BlockingCallInCoroutineFix Blocking = new();
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Reached = new();

    private static string In(string body) =>
        "async Task M(string[] xs, IEnumerable<Task<int>> some, List<Task<int>> list, Task<int>[] all)\n"
        + $"{{\n    {body}\n    await Task.Yield();\n}}";

    [Theory]
    [InlineData("var q = from x in xs join y in [|File.ReadAllLines(\"a\")|] on x equals y select x;",
        "var q = from x in xs join y in await File.ReadAllLinesAsync(\"a\") on x equals y select x;")]
    [InlineData("int n; { ReadOnlySpan<char> s = [|File.ReadAllText(\"a\")|]; n = s.Length; }",
        "int n; { ReadOnlySpan<char> s = await File.ReadAllTextAsync(\"a\"); n = s.Length; }")]
    [InlineData("var s = [|File.ReadAllText(\"a\")|].AsSpan(); Console.Write(s.Length);",
        "var s = (await File.ReadAllTextAsync(\"a\")).AsSpan(); Console.Write(s.Length);")]
    [InlineData("var o = new { [|all[0].Result|], n = 1 }; Console.Write(o.Result);",
        "var o = new { Result = await all[0], n = 1 }; Console.Write(o.Result);")]
    [InlineData("var o = new { n = [|all[0].Result|] }; Console.Write(o.n);", "var o = new { n = await all[0] }; Console.Write(o.n);")]
    [InlineData("var o = ([|all[0].Result|], 1); Console.Write(o.Result);", "var o = (Result: await all[0], 1); Console.Write(o.Result);")]
    [InlineData("var o = (n: [|all[0].Result|], 1); Console.Write(o.n);", "var o = (n: await all[0], 1); Console.Write(o.n);")]
    [InlineData("[|Task.WaitAll(some)|];", "await Task.WhenAll(some);")]
    [InlineData("[|Task.WaitAll(list)|];", "await Task.WhenAll(list);")]
    [InlineData("[|Task.WaitAll(all)|];", "await Task.WhenAll(all);")]
    public Task Here_an_await_can_stand(string body, string expected) => FixAssert.BecomesAsync(Blocking, In(body), In(expected));

    [Theory]
    [InlineData("var q = from x in xs join y in xs on x equals [|File.ReadAllText(\"a\")|] select x;")]
    [InlineData("var q = from x in xs from z in [|File.ReadAllLines(\"a\")|] join y in xs on x equals y select x;")]
    [InlineData("ReadOnlySpan<char> s = xs[0]; [|File.ReadAllText(\"a\")|]; Console.Write(s.Length);")]
    public Task Beside_each_it_cannot(string body) => FixAssert.RefusedAsync(Blocking, In(body));

    [Theory]
    [InlineData("CancellationToken _", "")]
    [InlineData("CancellationToken __", "")]
    [InlineData("CancellationToken a, CancellationToken b", "")]
    [InlineData("CancellationToken a", ", a")]
    [InlineData("CancellationToken ct, CancellationToken stop", ", ct")]
    public Task A_token_that_nobody_means_is_not_passed(string tokens, string passed) => FixAssert.BecomesAsync(
        Blocking,
        $"async Task<string> M({tokens}) {{ await Task.Yield(); return [|File.ReadAllText(\"a\")|]; }}",
        $"async Task<string> M({tokens}) {{ await Task.Yield(); return await File.ReadAllTextAsync(\"a\"{passed}); }}");

    [Theory]
    [InlineData("{ if (b) @ else _n = 1; }", "{ if (b) { var text = #; @ } else _n = 1; }")]
    [InlineData("\n{\n    if (b)\n        @\n    else _n = 1;\n}",
        "\n{\n    if (b)\n    {\n        var text = #;\n        @\n    }\n    else _n = 1;\n}")]
    public Task A_body_of_one_line_stays_one(string body, string expected)
    {
        static string Text(string body, string read, string locked) => "readonly object _gate = new(); string _text = \"\"; int _n;\n"
            + "public void A(string p, bool b)" + (body.StartsWith('{') ? " " : "")
            + body.Replace("@", $"lock (_gate) {{ _text = {locked}; }}", StringComparison.Ordinal)
                .Replace("#", read, StringComparison.Ordinal);
        return FixAssert.BecomesAsync(
            Held, Text(body, "", "[|File.ReadAllText(p)|]"), Text(expected, "File.ReadAllText(p)", "text"));
    }

    [Theory]
    [InlineData("{ if (s == \"\") return; Console.Write(s); }",
        "{ if (s == \"\") return Task.CompletedTask; Console.Write(s); return Task.CompletedTask; }")]
    [InlineData("\n    {\n        Console.Write(s);\n    }",
        "\n    {\n        Console.Write(s);\n        return Task.CompletedTask;\n    }")]
    public Task A_sibling_that_awaits_nothing_keeps_its_lines(string body, string expected)
    {
        static string Text(string call, string save, string sibling, string body) => FixLab.Usings
            + $"class A {{ public virtual {save} }}\nclass B : A\n{{\n"
            + $"    public override {sibling}(string s){(body[0] == '{' ? " " : "")}{body}\n}}\n"
            + $"class U {{ async Task M(A a) {{ await Task.Yield(); {call}; }} }}\n";
        return FixAssert.BecomesAsync(
            Reached,
            FixLab.Of([Text("[|a.Put(\"a\")|]", "void Put(string s) { {|1:File.WriteAllText(s, s)|}; }", "void Put", body)])
                .With(FindingProperties.Twin, "auto"),
            [Text("await a.PutAsync(\"a\")", "async Task PutAsync(string s) { await File.WriteAllTextAsync(s, s); }", "Task PutAsync",
                expected)]);
    }
}
