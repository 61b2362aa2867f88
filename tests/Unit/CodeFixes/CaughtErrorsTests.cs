using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>A wait wraps what a task throws, an await does not: who tells the two apart is told, or left alone.</summary>
public sealed class CaughtErrorsTests
{
    private const string Note = " (errors are caught as they are, without an AggregateException around them)";

    private static readonly QNT4001BlockingCallInCoroutineFix Blocking = new();
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Reached = new();

    [Theory]
    [InlineData("catch (IOException) { return 1; } catch { return 2; }", Note)]
    [InlineData("catch (IOException) { return 1; }", Note)]
    [InlineData("catch (Exception e) when (e is not OperationCanceledException) { return 2; }", Note)]
    [InlineData("catch (Exception e) { Console.Write(e.Message); return 2; }", "")]
    [InlineData("catch { return 2; }", "")]
    public Task The_title_says_that_another_clause_may_catch(string clauses, string note) => FixAssert.BecomesAsync(
        Blocking,
        $"async Task<int> M(Task<int> t) {{ await Task.Yield(); try {{ return [|t.Result|]; }} {clauses} }}",
        $"async Task<int> M(Task<int> t) {{ await Task.Yield(); try {{ return await t; }} {clauses} }}",
        "Await the task" + note);

    [Theory]
    [InlineData("return e.GetType().Name;")]
    [InlineData("return e is IOException ? \"a\" : \"b\";")]
    [InlineData("switch (e) { case IOException: return \"a\"; default: return \"b\"; }")]
    [InlineData("return e switch { IOException => \"a\", _ => \"b\" };")]
    [InlineData("return (e as IOException)?.Message ?? \"\";")]
    public Task Who_asks_an_error_for_its_type_keeps_the_wrapper(string handler) => FixAssert.RefusedAsync(
        Blocking,
        $"async Task<string> M(Task<string> t) {{ await Task.Yield(); try {{ return [|t.Result|]; }} "
            + $"catch (Exception e) {{ {handler} }} }}");

    [Theory]
    [InlineData("return [|t.GetAwaiter().GetResult()|];", "return await t;")]
    [InlineData("[|Thread.Sleep(1)|]; return \"\";", "await Task.Delay(1); return \"\";")]
    public Task What_wraps_nothing_is_awaited_there(string body, string expected) => FixAssert.BecomesAsync(
        Blocking,
        $"async Task<string> M(Task<string> t) {{ await Task.Yield(); try {{ {body} }} "
            + "catch (Exception e) { return e.GetType().Name; } }",
        $"async Task<string> M(Task<string> t) {{ await Task.Yield(); try {{ {expected} }} "
            + "catch (Exception e) { return e.GetType().Name; } }",
        null);

    [Theory]
    [InlineData("catch (IOException) { return 1; }", Note)]
    [InlineData("catch (Exception) { return 1; }", "")]
    public Task The_title_of_a_chain_says_so_too(string clause, string note) => FixAssert.BecomesAsync(
        Reached,
        FixLab.OfMembers($"async Task<int> M() {{ await Task.Yield(); try {{ return [|Get()|]; }} {clause} }}\n"
            + "int Get() { return {|1:Task.FromResult(1).Result|}; }").With(Quintet.Analyzers.Findings.FindingProperties.Twin, "await"),
        [FixLab.Wrap($"async Task<int> M() {{ await Task.Yield(); try {{ return await GetAsync(); }} {clause} }}\n"
            + "async Task<int> GetAsync() { return await Task.FromResult(1); }")],
        "Make 'Get' async" + note);
}
