using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>One file in two projects: it is changed once, the same way for both, and both compile.</summary>
public sealed class LinkedFileTests
{
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Reached = new();
    private static readonly QNT3003LockHeldOverBlockingWorkFix Held = new();

    private const string Shared = FixLab.Usings + """
        static class Shared
        {
            public static async Task RunAsync() { await Task.Yield(); [|Outer()|]; }
            public static void Outer() { {|1:Load()|}; }
            static string Load() => {|2:File.ReadAllText("a")|};
        }

        """;

    private const string Changed = FixLab.Usings + """
        static class Shared
        {
            public static async Task RunAsync() { await Task.Yield(); await OuterAsync(); }
            public static async Task OuterAsync() { await LoadAsync(); }
            static async Task<string> LoadAsync() => await File.ReadAllTextAsync("a");
        }

        """;

    [Fact]
    public Task A_cascade_goes_on_in_both_projects() => FixAssert.BecomesAsync(
        Reached,
        FixLab.Of([Shared]).With(FindingProperties.Twin, "auto").LinkedInto("OTHER", "class D { int M() { Shared.Outer(); return 1; } }\n"),
        [Changed, Changed, "using System.Threading.Tasks;\n\nclass D { async Task<int> M() { await Shared.OuterAsync(); return 1; } }\n"]);

    [Fact]
    public Task What_only_one_project_imports_is_imported_for_both() => FixAssert.BecomesAsync(
        Reached,
        FixLab.Of([Short("Load", "public static string Load() => {|1:File.ReadAllText(\"a\")|};", "[|", "|]"),
            "global using System.Threading.Tasks;\n"])
            .With(FindingProperties.Twin, "auto").LinkedInto("OTHER"),
        [Imported, Imported, "global using System.Threading.Tasks;\n"]);

    private static string Imported => Short("LoadAsync", "public static async Task<string> LoadAsync() => "
        + "await File.ReadAllTextAsync(\"a\");", "await ", "")
        .Replace("\nstatic", "\nusing System.Threading.Tasks;\nstatic", StringComparison.Ordinal);

    private static string Short(string name, string load, string open, string close) =>
        "using System.IO;\nstatic class Shared { public static async System.Threading.Tasks.Task RunAsync() { "
        + $"await System.Threading.Tasks.Task.Yield(); {open}{name}(){close}; }} {load} }}\n";

    [Theory]
    // What only one of them sees is changed as the other needs it.
    [InlineData("#if OTHER\n    static string Load() => \"a\";\n#else\n    static string Load() => {|2:File.ReadAllText(\"a\")|};\n#endif",
        "#if OTHER\n    static Task<string> LoadAsync() => Task.FromResult(\"a\");\n#else\n"
        + "    static async Task<string> LoadAsync() => await File.ReadAllTextAsync(\"a\");\n#endif")]
    [InlineData("#if !OTHER\n    static string Load() => {|2:File.ReadAllText(\"a\")|};\n#else\n    static string Load() => \"a\";\n#endif",
        "#if !OTHER\n    static async Task<string> LoadAsync() => await File.ReadAllTextAsync(\"a\");\n#else\n"
        + "    static Task<string> LoadAsync() => Task.FromResult(\"a\");\n#endif")]
    [InlineData("#if !OTHER\n    static void More() { Outer(); }\n#endif\n    static string Load() => {|2:File.ReadAllText(\"a\")|};",
        "#if !OTHER\n    static async Task More() { await OuterAsync(); }\n#endif\n"
        + "    static async Task<string> LoadAsync() => await File.ReadAllTextAsync(\"a\");")]
    public Task A_condition_hides_nothing_that_has_to_change(string load, string changed)
    {
        var before = Shared.Replace("static string Load() => {|2:File.ReadAllText(\"a\")|};", load.TrimStart(), StringComparison.Ordinal);
        var after = Changed.Replace(
            "static async Task<string> LoadAsync() => await File.ReadAllTextAsync(\"a\");", changed.TrimStart(), StringComparison.Ordinal);
        before = before.Replace("    #if", "#if", StringComparison.Ordinal);
        after = after.Replace("    #if", "#if", StringComparison.Ordinal);
        return FixAssert.BecomesAsync(
            Reached, FixLab.Of([before]).With(FindingProperties.Twin, "auto").LinkedInto("OTHER"), [after, after]);
    }

    [Fact]
    public async Task What_one_project_cannot_compile_is_changed_in_neither()
    {
        var lab = FixLab.Of([Shared]).With(FindingProperties.Twin, "auto")
            .LinkedInto("OTHER", "class D { int P { get { Shared.Outer(); return 1; } } }\n");
        Assert.Empty(await lab.ActionsAsync(Reached));
    }

    [Fact]
    public async Task Two_findings_of_one_file_are_fixed_one_after_the_other_in_both_projects()
    {
        const string Member = "    void M{0}(string p)\n    {{\n{1}"
            + "        lock (_gate)\n        {{\n            _all[p] = {2};\n        }}\n    }}\n";
        string Text(Func<int, (string Before, string Value)> of) => FixLab.Usings
            + "class C\n{\n    readonly object _gate = new();\n    readonly Dictionary<string, string> _all = new();\n"
            + string.Concat(Enumerable.Range(1, 2).Select(n => string.Format(
                System.Globalization.CultureInfo.InvariantCulture, Member, n, of(n).Before, of(n).Value))) + "}\n";
        var lab = FixLab.Of([Text(static _ => ("", "[|File.ReadAllText(p)|]"))]).LinkedInto("OTHER");
        var after = Text(static _ => ("        var text = File.ReadAllText(p);\n", "text"));
        await FixAssert.AllBecomeAsync(Held, "QNT3003.ComputeOutside", lab, [after, after], FixAllScope.Project);
    }

    private const string WithToken = FixLab.Usings
        + "static class Store { public static int Load() => 1; public static Task<int> LoadAsync() => Task.FromResult(1); "
        + "public static Task<int> LoadAsync(CancellationToken token) => Task.FromResult(1); }\n";

    private static readonly string WithoutToken = WithToken
        .Replace("LoadAsync(CancellationToken token)", "LaterAsync(CancellationToken token)", StringComparison.Ordinal);

    [Fact]
    public async Task The_overload_that_all_targets_have_is_preferred()
    {
        string Text(string call) => FixLab.Usings
            + $"class C {{ async Task M(CancellationToken token) {{ await Task.Yield(); Console.Write({call}); }} }}\n";
        FixLab Lab(string other) => FixLab.Of([Text("[|Store.Load()|]"), WithToken]).LinkedInto("OTHER", other);
        await FixAssert.BecomesAsync(new QNT4001BlockingCallInCoroutineFix(), Lab(WithoutToken),
            [Text("await Store.LoadAsync()"), Text("await Store.LoadAsync()"), WithToken, WithoutToken]);
        await FixAssert.BecomesAsync(new QNT4001BlockingCallInCoroutineFix(), Lab(WithToken),
            [Text("await Store.LoadAsync(token)"), Text("await Store.LoadAsync(token)"), WithToken, WithToken]);
        await FixAssert.RefusedAsync(new QNT4001BlockingCallInCoroutineFix(),
            Lab(WithoutToken.Replace("LoadAsync", "ReadAsync", StringComparison.Ordinal)));
    }

    private static string Branches(string run, string both, string one, string two) => FixLab.Usings
        + $"static class Shared\n{{\n    public static async Task RunAsync() {{ await Task.Yield(); {run}; }}\n"
        + $"    static {both}\n    {{\n#if OTHER\n        {one}\n#else\n        {two};\n#endif\n        Console.Write(2);\n    }}\n}}\n";

    private static FixLab Lab(string other) =>
        FixLab.Of([Branches("[|Both()|]", "void Both()", other, "{|1:Thread.Sleep(2)|}")])
            .With(FindingProperties.Twin, "M:System.Threading.Tasks.Task.Delay");

    [Fact]
    public Task Each_branch_of_a_body_is_awaited_in_its_own_target()
    {
        var changed = Branches("await BothAsync()", "async Task BothAsync()", "await Task.Delay(1);", "await Task.Delay(2)");
        return FixAssert.BecomesAsync(Reached, Lab("Thread.Sleep(1);").LinkedInto("OTHER"), [changed, changed]);
    }

    [Theory]
    // Nobody here compiles the branch, so nobody can change it.
    [InlineData("Thread.Sleep(1);")]
    [InlineData("System.IO.File.ReadAllText(\"a\");")]
    [InlineData("Task.Delay(1).Wait();")]
    [InlineData("Both();")]
    public Task A_branch_of_no_target_that_would_be_left_wrong_refuses(string other) => FixAssert.RefusedAsync(Reached, Lab(other));

    [Theory]
    [InlineData("Console.Write(1);")]
    [InlineData("// Thread.Sleep(1);")]
    public Task Another_branch_of_no_target_stays_as_it_is(string other) => FixAssert.BecomesAsync(
        Reached, Lab(other), [Branches("await BothAsync()", "async Task BothAsync()", other, "await Task.Delay(2)")]);
}
