using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.EventLoops;
using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>New code is written as the file around it is: where its directives stand, and where its braces do.</summary>
public sealed class FileStyleTests
{
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Reached = new();
    private static readonly QNT3008LockHeldAcrossAwaitFix AcrossAwait = new();

    private const string Body =
        "class C { async System.Threading.Tasks.Task M() { await System.Threading.Tasks.Task.Yield(); [|Load()|]; } "
        + "void Load() => {|1:File.ReadAllText(\"a\")|}; }\n";

    private const string Changed =
        "class C { async System.Threading.Tasks.Task M() { await System.Threading.Tasks.Task.Yield(); await LoadAsync(); } "
        + "async Task LoadAsync() => await File.ReadAllTextAsync(\"a\"); }\n";

    [Theory]
    // Inside of the namespace, where the file has its own: in a block, behind a semicolon, further in, with the root written out.
    [InlineData("namespace N\n{\n    using System.IO;\n\n    BODY}\n",
        "namespace N\n{\n    using System.IO;\n    using System.Threading.Tasks;\n\n    BODY}\n")]
    [InlineData("namespace N\n{\n    using System.IO;\n    using Zoo = System.Text;\n\n    BODY}\n",
        "namespace N\n{\n    using System.IO;\n    using System.Threading.Tasks;\n    using Zoo = System.Text;\n\n    BODY}\n")]
    [InlineData("namespace N;\n\nusing System.IO;\n\nBODY", "namespace N;\n\nusing System.IO;\nusing System.Threading.Tasks;\n\nBODY")]
    [InlineData("namespace N { namespace O {\nusing System.IO;\nBODY} }\n",
        "namespace N { namespace O {\nusing System.IO;\nusing System.Threading.Tasks;\nBODY} }\n")]
    [InlineData("namespace N\n{\n    using global::System.IO;\n    BODY}\n",
        "namespace N\n{\n    using global::System.IO;\n    using global::System.Threading.Tasks;\n    BODY}\n")]
    [InlineData("global using System.Text;\nnamespace N;\nusing System.IO;\nBODY",
        "global using System.Text;\nnamespace N;\nusing System.IO;\nusing System.Threading.Tasks;\nBODY")]
    // At the top, where some stand there, or where two namespaces would each need them.
    [InlineData("using System.IO;\nnamespace N\n{\n    BODY}\n",
        "using System.IO;\nusing System.Threading.Tasks;\nnamespace N\n{\n    BODY}\n")]
    [InlineData("using System.Linq;\nnamespace N\n{\n    using System.IO;\n    BODY}\n",
        "using System.Linq;\nusing System.Threading.Tasks;\nnamespace N\n{\n    using System.IO;\n    BODY}\n")]
    [InlineData("namespace N\n{\n    using System.IO;\n    BODY}\nnamespace O { }\n",
        "using System.Threading.Tasks;\n\nnamespace N\n{\n    using System.IO;\n    BODY}\nnamespace O { }\n")]
    public Task Directives_go_where_the_file_keeps_its_own(string before, string after) => Becomes(before, after);

    [Theory]
    // Not into what a condition cuts out.
    [InlineData("#if A\nusing System.IO;\n#endif\nusing Zoo = System.Text;\n#if !A\nusing System.IO;\n#endif\nBODY",
        "using System.Threading.Tasks;\n#if A\nusing System.IO;\n#endif\nusing Zoo = System.Text;\n#if !A\nusing System.IO;\n#endif\nBODY")]
    [InlineData("using System.IO;\n#if A\nusing System.Xml;\n#endif\nBODY",
        "using System.IO;\nusing System.Threading.Tasks;\n#if A\nusing System.Xml;\n#endif\nBODY")]
    // The near miss: in the middle where nothing is cut.
    [InlineData("using System.IO;\nusing System.Xml;\nBODY", "using System.IO;\nusing System.Threading.Tasks;\nusing System.Xml;\nBODY")]
    public Task Directives_stay_out_of_conditions(string before, string after) => Becomes(before, after);

    private static Task Becomes(string before, string after) => FixAssert.BecomesAsync(
        Reached,
        FixLab.Of([before.Replace("BODY", Body, StringComparison.Ordinal)]).With(FindingProperties.Twin, "auto"),
        [after.Replace("BODY", Changed, StringComparison.Ordinal)]);

    [Theory]
    [InlineData(" {", "} finally {", "try {")]
    [InlineData(" {", "}\n        finally {", "try {")]
    [InlineData("\n        {", "}\n        finally\n        {", "try\n        {")]
    public Task A_new_block_has_the_braces_of_the_file(string open, string last, string first)
    {
        var held = $$"""
            using System.Threading;
            using System.Threading.Tasks;

            class C
            {
                readonly GATE;
                int _n;

                async Task SaveAsync()
                {
                    TAKE;
                    try{{open}}
                        AWAIT;
                    {{last}}
                        GIVE;
                    }
                }

                void Add()
                {
                    ADD
                }

                void Two()
                {
                    TWO
                }
            }

            """;
        string Text(params (string Mark, string Text)[] parts) =>
            parts.Aggregate(held, static (text, part) => text.Replace(part.Mark, part.Text, StringComparison.Ordinal));
        var release = $"{last}\n            _gate.Release();\n        }}";
        return FixAssert.BecomesAsync(
            AcrossAwait,
            FixLab.Of([Text(("GATE", "object _gate = new()"), ("TAKE", "{|1:Monitor.Enter(_gate)|}"), ("AWAIT", "[|await Task.Yield()|]"),
                ("GIVE", "Monitor.Exit(_gate)"), ("ADD", $"lock (_gate){open}\n            _n++;\n        }}"),
                ("TWO", "lock (_gate) _n++;"))]),
            [Text(("GATE", "SemaphoreSlim _gate = new(1, 1)"), ("TAKE", "await _gate.WaitAsync()"), ("AWAIT", "await Task.Yield()"),
                ("GIVE", "_gate.Release()"), ("ADD", $"_gate.Wait();\n        {first}\n            _n++;\n        {release}"),
                ("TWO", $"_gate.Wait();\n        {first}\n            _n++;\n        {release}"))]);
    }

    [Fact]
    public Task A_try_in_a_body_of_one_line_gives_each_statement_its_line() => FixAssert.BecomesAsync(
        AcrossAwait,
        FixLab.OfMembers("""
            readonly object _gate = new();
            async Task M() { {|1:Monitor.Enter(_gate)|}; [|await Task.Yield()|]; Monitor.Exit(_gate); }
            """),
        [FixLab.Wrap("""
            readonly SemaphoreSlim _gate = new(1, 1);
            async Task M()
            {
                await _gate.WaitAsync();
                try
                {
                    await Task.Yield();
                }
                finally
                {
                    _gate.Release();
                }
            }
            """)]);

    [Theory]
    [InlineData(" {\n", "    void Clicked(object? s, EventArgs e) {\n        try {\n")]
    [InlineData("\n{\n", "    void Clicked(object? s, EventArgs e)\n    {\n        try\n        {\n")]
    public async Task The_try_of_a_handler_has_the_braces_of_the_file(string open, string head)
    {
        var inner = open.Replace("\n{", "\n    {", StringComparison.Ordinal);
        var lab = FixLab.Of([FixLab.Usings + $"class C{open}    void Clicked(object? s, EventArgs e){inner}"
            + "        [|Thread.Sleep(5)|];\n    }\n}\n"]).With(FindingProperties.Twin, "auto");
        var action = (await lab.ActionsAsync(new QNT5001BlockingCallOnEventLoopFix()))[0];
        var text = Assert.Single(await FixLab.TextsAsync(await FixLab.ChangedAsync(action)));
        Assert.Contains(head.Replace("void", "async void", StringComparison.Ordinal) + "            await Task.Delay(5);\n", text,
            StringComparison.Ordinal);
    }
}
