using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>What is awaited gets the token in scope, where it takes one and was given none.</summary>
public sealed class TokenInScopeTests
{
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Reached = new();
    private static readonly QNT4004SyncOverAsyncFix SyncOverAsync = new();

    private const string Parameters = "string p, CancellationToken ct = default";

    private static Task Cascade(string parameters, string body, string expected)
    {
        string Text(string signature, string load, string body) => FixLab.Wrap(
            $"static {signature}({parameters}) {{ Console.Write(1); return {load}; }}\n"
            + $"static async Task<string> Run(string p, CancellationToken ct) {{ await Task.Yield(); {body} }}");
        var hasToken = parameters.Contains("ct", StringComparison.Ordinal);
        return FixAssert.BecomesAsync(
            Reached, FixLab.Of([Text("string Load", "{|1:File.ReadAllText(p)|}", body)]).With(FindingProperties.Twin, "auto"),
            [Text("async Task<string> LoadAsync", $"await File.ReadAllTextAsync(p{(hasToken ? ", ct" : "")})", expected)]);
    }

    [Theory]
    [InlineData(Parameters, "return [|Load(p)|];", "return await LoadAsync(p, ct);")]
    [InlineData("string p, int n = 1, CancellationToken ct = default", "return [|Load(p)|];", "return await LoadAsync(p, ct: ct);")]
    // Given already, not taken, not to be given to what has to run all the same.
    [InlineData(Parameters, "return [|Load(p, default)|];", "return await LoadAsync(p, default);")]
    [InlineData("string p, int n = 1", "return [|Load(p)|];", "return await LoadAsync(p);")]
    [InlineData(Parameters, "try { return p; } finally { [|Load(p)|]; }", "try { return p; } finally { await LoadAsync(p); }")]
    public Task A_callee_that_becomes_asynchronous_gets_it(string parameters, string body, string expected) =>
        Cascade(parameters, body, expected);

    [Fact]
    public Task Nobody_gets_one_where_there_is_none() => FixAssert.BecomesAsync(
        Reached,
        FixLab.OfMembers("async Task M(string p) { await Task.Yield(); [|Load(p)|]; }\n"
            + $"static void Load({Parameters}) {{ {{|1:File.ReadAllText(p)|}}; }}").With(FindingProperties.Twin, "auto"),
        [FixLab.Wrap("async Task M(string p) { await Task.Yield(); await LoadAsync(p); }\n"
            + $"static async Task LoadAsync({Parameters}) {{ await File.ReadAllTextAsync(p, ct); }}")]);

    private static Task Waits(string wait, string expected)
    {
        string Text(string statement) => FixLab.Wrap(
            "static Task<int> One(int id, CancellationToken token = default) => Task.FromResult(id);\n"
            + "static Task<int> Two(int id) => Task.FromResult(id); static Task<int> Two(int id, CancellationToken ct) => Two(id);\n"
            + "static Task<int> Three(int id) => Task.FromResult(id); static Task<int> Three(int key, CancellationToken ct) => Two(key);\n"
            + $"async Task M(CancellationToken ct) {{ await Task.Yield(); {statement}; }}");
        return FixAssert.BecomesAsync(SyncOverAsync, FixLab.Of([Text($"[|{wait}|]")]), [Text(expected)]);
    }

    [Theory]
    [InlineData("One(1).Wait()", "await One(1, ct)")]
    [InlineData("One(1).GetAwaiter().GetResult()", "await One(1, ct)")]
    [InlineData("One(1).ConfigureAwait(false).GetAwaiter().GetResult()", "await One(1, ct).ConfigureAwait(false)")]
    [InlineData("Two(1).Wait()", "await Two(1, ct)")]
    [InlineData("Task.Delay(5).Wait()", "await Task.Delay(5, ct)")]
    // Given already; an overload that means something else; work that would perhaps not begin; a task that is there already.
    [InlineData("One(1, default).Wait()", "await One(1, default)")]
    [InlineData("Three(1).Wait()", "await Three(1)")]
    [InlineData("Task.Run(() => 1).Wait()", "await Task.Run(() => 1)")]
    [InlineData("Task.CompletedTask.Wait()", "await Task.CompletedTask")]
    public Task A_task_that_is_awaited_is_started_with_it(string wait, string expected) => Waits(wait, expected);
}
