using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Lambdas that state what they give: a task of it from now on.</summary>
public sealed class TypedLambdaTests
{
    private static readonly QNT4008BlockingCallInRequestFix Request = new();

    private static string App(string body, string load = "string Load(string p)", string read = "File.ReadAllText(p)") => FixLab.Usings
        + "using Microsoft.AspNetCore.Builder;\nusing Microsoft.AspNetCore.Authorization;\nusing Microsoft.AspNetCore.Http;\n"
        + $"interface IStore {{ {load}; }}\n"
        + $"class Store : IStore {{ public {(read.StartsWith("await", StringComparison.Ordinal) ? "async " : "")}{load} => {read}; }}\n"
        + $"class C {{ static void Put(Func<string> f) {{ }} void M(WebApplication app) {{ {body} }} }}\n";

    [Theory]
    [InlineData("app.MapGet(\"/\", string (string p) => [|File.ReadAllText(p)|]);",
        "app.MapGet(\"/\", async Task<string> (string p) => await File.ReadAllTextAsync(p));")]
    [InlineData("app.MapGet(\"/\", [Authorize] static string (string p) => { return [|File.ReadAllText(p)|]; });",
        "app.MapGet(\"/\", [Authorize] static async Task<string> (string p) => { return await File.ReadAllTextAsync(p); });")]
    [InlineData("app.MapGet(\"/\", [Authorize] IResult () => Results.Ok([|File.ReadAllText(\"a\")|]));",
        "app.MapGet(\"/\", [Authorize] async Task<IResult> () => Results.Ok(await File.ReadAllTextAsync(\"a\")));")]
    [InlineData("app.MapPost(\"/\", void () => [|Thread.Sleep(1)|]);", "app.MapPost(\"/\", async Task () => await Task.Delay(1));")]
    [InlineData("app.MapGet(\"/\", Task<string> (string p) => Task.FromResult([|File.ReadAllText(p)|]));",
        "app.MapGet(\"/\", async Task<string> (string p) => await File.ReadAllTextAsync(p));")]
    public Task An_endpoint_gives_a_task_of_it(string before, string after) =>
        FixAssert.BecomesAsync(Request, FixLab.Of([App(before)]), [App(after)]);

    [Theory]
    // The receiver knows functions without tasks only.
    [InlineData("Put(string () => [|File.ReadAllText(\"a\")|]);")]
    [InlineData("Func<string> f = string () => [|File.ReadAllText(\"a\")|];")]
    [InlineData("var f = string () => [|File.ReadAllText(\"a\")|]; f();")]
    public Task Whoever_asks_for_the_value_itself_gets_it(string before) =>
        FixAssert.RefusedAsync(Request, FixLab.Of([App(before)]));

    [Fact]
    public Task It_is_in_nobodys_way_when_the_store_becomes_async() => FixAssert.BecomesAsync(
        Request,
        FixLab.Of([App("app.MapGet(\"/a\", (IStore s) => [|s.Load(\"a\")|]); app.MapGet(\"/b\", string (IStore s) => s.Load(\"b\"));",
            read: "{|1:File.ReadAllText(p)|}")]).With(FindingProperties.Twin, "auto"),
        [App("app.MapGet(\"/a\", async (IStore s) => await s.LoadAsync(\"a\")); "
            + "app.MapGet(\"/b\", async Task<string> (IStore s) => await s.LoadAsync(\"b\"));", "Task<string> LoadAsync(string p)",
            "await File.ReadAllTextAsync(p)")]);
}
