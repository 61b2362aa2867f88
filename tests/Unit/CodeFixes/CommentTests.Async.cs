using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Comments in code that becomes asynchronous.</summary>
public sealed partial class CommentTests
{
    [Fact]
    public Task In_a_handler_that_gets_a_try() => Becomes(
        new QNT5001BlockingCallOnEventLoopFix(),
        """
        // before
        void Clicked(object? s, EventArgs e) // head
        { // brace
            // first
            [|Thread.Sleep(5)|]; // sleep
            // end
        } // close
        """,
        """
        // before
        async void Clicked(object? s, EventArgs e) // head
        { // brace
            try
            {
                // first
                await Task.Delay(5); // sleep
                // end
            }
            catch (Exception exception)
            {
                Trace.TraceError(exception.ToString());
            }
        } // close
        """,
        "using System.Diagnostics;\n");

    [Fact]
    public Task Behind_the_arrow_of_a_handler() => Becomes(
        new QNT5001BlockingCallOnEventLoopFix(),
        "void Clicked(object? s, EventArgs e) /* a */ => /* b */ [|Thread.Sleep(5)|] /* c */; // d",
        """
        async void Clicked(object? s, EventArgs e) /* a */
        {
            try
            {
                /* b */
                await Task.Delay(5) /* c */;
            }
            catch (Exception exception)
            {
                Trace.TraceError(exception.ToString());
            }
        } // d
        """,
        "using System.Diagnostics;\n");

    [Fact]
    public Task Between_the_words_of_what_is_awaited() => Becomes(
        new QNT4001BlockingCallInCoroutineFix(),
        "async Task M(Task<int> t) { await Task.Yield(); var n = /* a */ [|t /* b */ . /* c */ Result|] /* d */; // e\n}",
        "async Task M(Task<int> t) { await Task.Yield(); var n = /* a */ await t /* b */ /* c */ /* d */; // e\n}");

    [Theory]
    // What would break the line goes before the statement, from wherever it begins its line.
    [InlineData("var a = [|Load(1)   // call\n        .GetAwaiter() // aw\n        .GetResult()|]; // res",
        "// call\n    // aw\n    var a = await Load(1); // res")]
    [InlineData("// before\n    [|Load(1)\n        // why\n        .Wait()|];", "// before\n    // why\n    await Load(1);")]
    [InlineData("if (await Load(2) > 1)\n    {\n        Console.Write([|Load(1) // one\n            .Result|]);\n    }",
        "if (await Load(2) > 1)\n    {\n        // one\n        Console.Write(await Load(1));\n    }")]
    // A comment that ends by itself stays where it is.
    [InlineData("Console.Write([|Load(1) /* one */\n        .Result|]);", "Console.Write(await Load(1) /* one */);")]
    public Task Along_a_chain_of_several_lines(string before, string after)
    {
        string Text(string statement) => $"async Task M()\n{{\n    await Task.Yield();\n    {statement}\n}}\n"
            + "static Task<int> Load(int n) => Task.FromResult(n);";
        return Becomes(new QNT4004SyncOverAsyncFix(), Text(before), Text(after));
    }

    [Fact]
    public Task In_those_that_return_a_task_without_awaiting() => Becomes(
        new QNT4002BlockingCallReachedFromCoroutineFix(),
        """
        async Task HandleAsync(Store store) { await Task.Yield(); [|store.Load()|]; }
        public class Base
        {
            public virtual void Load() /* a */ => /* b */ Console.Write(1) /* c */; // d
        }
        public class Store : Base
        {
            public override void Load() => {|1:File.ReadAllText("a")|};
        }
        """,
        """
        async Task HandleAsync(Store store) { await Task.Yield(); await store.LoadAsync(); }
        public class Base
        {
            public virtual Task LoadAsync() /* a */
            {
                /* b */
                Console.Write(1) /* c */;
                return Task.CompletedTask;
            } // d
        }
        public class Store : Base
        {
            public override async Task LoadAsync() => await File.ReadAllTextAsync("a");
        }
        """);

    [Theory]
    // What is written behind the last of several lines speaks of that line, what is written behind the only one of the whole.
    [InlineData("for (var i = 0; i < xs.Length; i++)\n    foreach (var x in xs) n += x;|] // inner\n",
        "        for (var i = 0; i < xs.Length; i++)\n            foreach (var x in xs) n += x; // inner\n    });\n")]
    [InlineData("for (var i = 0; i < xs.Length; i++) foreach (var x in xs) n += x;|] // all\n",
        "        for (var i = 0; i < xs.Length; i++) foreach (var x in xs) n += x;\n    }); // all\n")]
    public Task Behind_a_loop_that_is_moved(string loop, string moved)
    {
        const string Head = "async Task<int> M(int[] xs)\n{\n    await Task.Yield();\n    var n = 0;\n    ";
        const string Tail = "    return n;\n}";
        var lab = FixLab.OfMembers(Head + "[|" + loop.Replace("\n    ", "\n        ", StringComparison.Ordinal) + Tail)
            .With(Quintet.Analyzers.Findings.FindingProperties.Context, "Coroutine");
        return FixAssert.BecomesAsync(
            new QNT4005CpuBoundWorkInCoroutineFix(), lab, [FixLab.Wrap(Head + "await Task.Run(() =>\n    {\n" + moved + Tail)]);
    }

    [Fact]
    public async Task Under_a_checkpoint()
    {
        const string Before = """
            async Task<int> M(int[] xs)
            {
                await Task.Yield();
                var n = 0;
                [|foreach (var x in xs) // one
                    // two
                    n += x;|] // three
                // four
                return n;
            }
            """;
        const string After = """
            async Task<int> M(int[] xs)
            {
                await Task.Yield();
                var n = 0;
                foreach (var x in xs) // one
                {
                    await Task.Yield();
                    // two
                    n += x; // three
                }
                // four
                return n;
            }
            """;
        var changed = await FixLab.OfMembers(Before)
            .FixAllAsync(new QNT4005CpuBoundWorkInCoroutineFix(), "QNT4005.Checkpoint", FixAllScope.Document);
        await FixAssert.IsAsync([FixLab.Wrap(After)], changed);
    }
}
