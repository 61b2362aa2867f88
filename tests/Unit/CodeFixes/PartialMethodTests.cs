using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Methods that are declared in one part of a type and implemented in another.</summary>
public sealed class PartialMethodTests
{
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Fix = new();

    private static string[] Texts(string declared, string implemented, string call, string caller = "") =>
    [
        FixLab.Usings + $"partial class C\n{{\n    async Task M() {{ await Task.Yield(); {call}; }}\n    {declared}\n{caller}}}\n",
        FixLab.Usings + $"partial class C\n{{\n    {implemented}\n}}\n",
    ];

    private static FixLab Lab(string[] texts) => FixLab.Of(texts).With(FindingProperties.Twin, "auto");

    [Theory]
    [InlineData("private partial string Load(string p);", "private partial string Load(string p) => {|1:File.ReadAllText(p)|};",
        "Console.Write([|Load(\"a\")|])",
        "private partial Task<string> LoadAsync(string p);",
        "private async partial Task<string> LoadAsync(string p) => await File.ReadAllTextAsync(p);",
        "Console.Write(await LoadAsync(\"a\"))")]
    [InlineData("internal static partial void Load();", "internal static partial void Load() { {|1:Thread.Sleep(1)|}; }", "[|Load()|]",
        "internal static partial Task LoadAsync();", "internal static async partial Task LoadAsync() { await Task.Delay(1); }",
        "await LoadAsync()")]
    public Task Both_parts_change(string declared, string implemented, string call, string after, string body, string awaited) =>
        FixAssert.BecomesAsync(Fix, Lab(Texts(declared, implemented, call, "    void N() => Other();\n    void Other() { }\n"))
            .With(FindingProperties.Twin, call.StartsWith('[') ? "M:System.Threading.Tasks.Task.Delay" : "auto"),
            Texts(after, body, awaited, "    void N() => Other();\n    void Other() { }\n"));

    [Fact]
    public Task One_that_gives_a_task_changes_its_body_only() => FixAssert.BecomesAsync(
        Fix,
        Lab(Texts("private partial Task<string> Load();", "private partial Task<string> Load() => "
            + "Task.FromResult({|1:File.ReadAllText(\"a\")|});", "Console.Write([|Load()|])")),
        Texts("private partial Task<string> Load();", "private async partial Task<string> Load() => "
            + "await File.ReadAllTextAsync(\"a\");", "Console.Write(Load())"));

    [Theory]
    // Without accessibility it gives nothing, and its calls go where nobody implements it.
    [InlineData("partial void Load();", "partial void Load() { {|1:Thread.Sleep(1)|}; }", "[|Load()|]", "")]
    // A caller that cannot await.
    [InlineData("private partial int Load();", "private partial int Load() => {|1:File.ReadAllText(\"a\")|}.Length;",
        "Console.Write([|Load()|])", "    int P => Load();\n")]
    public Task Other_halves_stay(string declared, string implemented, string call, string caller) => FixAssert.RefusedAsync(
        Fix, Lab(Texts(declared, implemented, call, caller)));
}
