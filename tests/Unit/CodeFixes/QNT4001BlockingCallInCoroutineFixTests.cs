using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

public sealed class QNT4001BlockingCallInCoroutineFixTests
{
    private static readonly QNT4001BlockingCallInCoroutineFix Fix = new();

    private static Task Becomes(string body, string expected) => FixAssert.BecomesAsync(
        Fix, $"async Task M()\n{{\n    {body}\n    await Task.Yield();\n}}", $"async Task M()\n{{\n    {expected}\n    await Task.Yield();\n}}");

    private static Task NotOffered(string body) => FixAssert.NotOfferedAsync(Fix, $"async Task M()\n{{\n    {body}\n    await Task.Yield();\n}}");

    [Fact]
    public Task A_sleep_becomes_an_awaited_delay_and_keeps_its_comment() =>
        Becomes("[|Thread.Sleep(1000)|]; // let the cache settle", "await Task.Delay(1000); // let the cache settle");

    [Fact]
    public Task A_result_becomes_an_await() => Becomes("var t = Task.FromResult(1); var n = [|t.Result|] + 1;", "var t = Task.FromResult(1); var n = await t + 1;");

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
    public Task A_file_is_read_asynchronously() => Becomes("var text = [|File.ReadAllText(\"a\")|];", "var text = await File.ReadAllTextAsync(\"a\");");

    [Fact]
    public Task WaitAll_becomes_WhenAll() => Becomes(
        "var (a, b) = (Task.Delay(1), Task.Delay(2)); [|Task.WaitAll(a, b)|];", "var (a, b) = (Task.Delay(1), Task.Delay(2)); await Task.WhenAll(a, b);");

    [Fact]
    public Task A_semaphore_is_awaited() => Becomes("var s = new SemaphoreSlim(1); [|s.Wait()|];", "var s = new SemaphoreSlim(1); await s.WaitAsync();");
}
