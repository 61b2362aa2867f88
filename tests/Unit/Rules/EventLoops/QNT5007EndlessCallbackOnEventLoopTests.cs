using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5007EndlessCallbackOnEventLoop>;

namespace Quintet.Tests.Rules.EventLoops;

public sealed class QNT5007EndlessCallbackOnEventLoopTests
{
    private static string View(string members) => $"class View : System.Windows.Forms.Form\n{{\nint _n;\n{members}\n}}";

    [Fact]
    public Task A_loop_without_end_is_flagged() => Flags(View(
        "void OnClick(object sender, EventArgs e) { [|while (true) _n++;|] }"), "never returns to it");

    [Fact]
    public Task A_loop_with_a_way_out_is_allowed() => Allows(View(
        "void OnClick(object sender, EventArgs e) { while (true) { if (_n++ > 10) break; } }"));

    [Fact]
    public Task A_loop_with_a_return_is_allowed() => Allows(View(
        "void OnClick(object sender, EventArgs e) { while (true) { if (_n++ > 10) return; } }"));

    [Fact]
    public Task A_loop_that_awaits_is_allowed() => Allows(View(
        "async void OnClick(object sender, EventArgs e) { while (true) { _n++; await Task.Delay(1); } }"));

    [Fact]
    public Task A_loop_with_a_condition_is_allowed() => Allows(View(
        "void OnClick(object sender, EventArgs e) { while (_n < 10) _n++; }"));

    [Fact]
    public Task The_same_loop_on_a_thread_of_its_own_is_allowed() => Allows(View(
        "void OnClick(object sender, EventArgs e) => new Thread(() => { while (true) _n++; }).Start();"));

    [Fact]
    public Task The_same_loop_outside_a_control_is_allowed() => Allows(
        "class View { int _n; void OnClick(object sender, EventArgs e) { while (true) _n++; } }");

    [Fact]
    public Task A_for_without_a_condition_is_flagged() => Flags(View(
        "void OnClick(object sender, EventArgs e) { [|for (;;) _n++;|] }"));

    // One cause, one finding: what the loop does in each round is the loop's.
    [Fact]
    public async Task What_a_loop_without_end_does_is_the_loops()
    {
        await Flags(View("void OnClick(object sender, EventArgs e) { [|while (true) Thread.Sleep(1);|] }"));
        await Verify<Quintet.Analyzers.Rules.EventLoops.QNT5001BlockingCallOnEventLoop>.Allows(
            View("void OnClick(object sender, EventArgs e) { while (true) Thread.Sleep(1); }"));
        await Verify<Quintet.Analyzers.Rules.EventLoops.QNT5001BlockingCallOnEventLoop>.Flags(
            View("void OnClick(object sender, EventArgs e) { while (_n > 0) [|Thread.Sleep(1)|]; }"));
    }

    [Theory]
    [InlineData("catch (Exception)", true)]
    [InlineData("catch", true)]
    [InlineData("catch (IOException)", false)]
    [InlineData("catch (Exception e2) when (e2 is IOException)", false)]
    public Task An_exception_that_is_named_may_end_the_loop(string handler, bool isFlagged)
    {
        var code = View("void OnClick(object sender, EventArgs e) { try { LOOP } " + handler + " { } }");
        return isFlagged ? Flags(code.Replace("LOOP", "[|while (true) _n++;|]")) : Allows(code.Replace("LOOP", "while (true) _n++;"));
    }

    [Fact]
    public Task Where_the_window_ends_it_never_does() => Flags(View(
        "void OnClosed(object sender, EventArgs e) { [|while (true) _n++;|] }"));
}
