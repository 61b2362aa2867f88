using Microsoft.CodeAnalysis.CodeFixes;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>All findings in one plan: of a document, a project, a solution.</summary>
public sealed class FixAllTests
{
    private static readonly QNT4001BlockingCallInCoroutineFix Coroutine = new();
    private static readonly QNT5001BlockingCallOnEventLoopFix Loop = new();

    [Fact]
    public Task Two_in_one_method() => FixAssert.AllBecomeAsync(
        Coroutine, "QNT4001.AsyncTwin",
        "async Task M() { [|Thread.Sleep(1)|]; var n = [|File.ReadAllText([|Task.FromResult(\"a\").Result|])|]; await Task.Yield(); }",
        "async Task M() { await Task.Delay(1); var n = await File.ReadAllTextAsync(await Task.FromResult(\"a\")); await Task.Yield(); }");

    [Fact]
    public Task Two_in_one_handler_share_its_try() => FixAssert.AllBecomeAsync(
        Loop, "QNT5001.MakeAsync",
        "void A(object? s, EventArgs e) { try { [|Thread.Sleep(1)|]; [|Thread.Sleep(2)|]; } catch (Exception x) { Console.Write(x); } }",
        "async void A(object? s, EventArgs e) { try { await Task.Delay(1); await Task.Delay(2); } catch (Exception x) { "
        + "Console.Write(x); } }");

    [Fact]
    public Task A_key_takes_only_moves_of_its_kind() => FixAssert.AllBecomeAsync(
        Coroutine, "QNT4001.AsyncTwin",
        "async Task M() { [|Thread.Sleep(1)|]; await Task.Yield(); } Task N() { [|Thread.Sleep(1)|]; return Task.CompletedTask; }",
        "async Task M() { await Task.Delay(1); await Task.Yield(); } Task N() { Thread.Sleep(1); return Task.CompletedTask; }");

    [Fact]
    public Task Without_a_key_each_finding_gets_its_best_move() => FixAssert.AllBecomeAsync(
        Coroutine, null,
        "async Task M() { [|Console.ReadLine()|]; [|Thread.Sleep(1)|]; await Task.Yield(); } Task N() { [|Thread.Sleep(1)|]; "
        + "return Task.CompletedTask; }",
        "async Task M() { Console.ReadLine(); await Task.Delay(1); await Task.Yield(); } async Task N() { await Task.Delay(1); }");

    [Fact]
    public Task One_that_breaks_the_build_leaves_the_others_fixed() => FixAssert.AllBecomeAsync(
        Loop, "QNT5001.MakeAsync",
        """
        void A(object? s, EventArgs e) { try { [|Thread.Sleep(1)|]; } catch { } }
        void B(object? s, EventArgs e) { try { [|Thread.Sleep(1)|]; } catch { } }
        void CallsB() => B(null, EventArgs.Empty);
        void D(object? s, EventArgs e) { try { [|Thread.Sleep(1)|]; } catch { } }
        """,
        """
        async void A(object? s, EventArgs e) { try { await Task.Delay(1); } catch { } }
        void B(object? s, EventArgs e) { try { Thread.Sleep(1); } catch { } }
        void CallsB() => B(null, EventArgs.Empty);
        async void D(object? s, EventArgs e) { try { await Task.Delay(1); } catch { } }
        """);

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task A_scope_is_kept_to(FixAllScope scope, int expected)
    {
        const string Marked = "class C{0} {{ async Task M() {{ [|Thread.Sleep(1)|]; await Task.Yield(); }} }}\n";
        string Text(int n) => FixLab.Usings + string.Format(System.Globalization.CultureInfo.InvariantCulture, Marked, n);
        var lab = FixLab.Of([Text(1), Text(2)], [Text(3)]);
        var changed = await FixLab.TextsAsync(await lab.FixAllAsync(Coroutine, "QNT4001.AsyncTwin", scope));
        Assert.Equal(expected, changed.Count(static text => text.Contains("await Task.Delay(1);", StringComparison.Ordinal)));
    }

    [Fact]
    public Task Two_chains_that_meet_are_one_plan() => FixAssert.AllBecomeAsync(
        Coroutine, null,
        "async Task M() { [|Load()|]; [|Load()|]; await Task.Yield(); } void Load() => {|1:Thread.Sleep(1)|};",
        "async Task M() { await LoadAsync(); await LoadAsync(); await Task.Yield(); } async Task LoadAsync() => await Task.Delay(1);");
}
