using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5001BlockingCallOnEventLoop>;

namespace Quintet.Tests.Rules.EventLoops;

// What is given to the loop by a helper of one's own, and what is known where a handler waits.
public sealed partial class QNT5001BlockingCallOnEventLoopTests
{
    private static string Marshalled(string helper) => View(
        helper + " public void Show() => Task.Run(() => OnUi(() => { {0} }));");

    [Theory]
    [InlineData("void OnUi(Action act) => BeginInvoke(act);")]
    [InlineData("void OnUi(Action act) { if (act == null) return; if (InvokeRequired) BeginInvoke(act); else act(); }")]
    public Task A_helper_that_gives_it_to_the_loop_is_followed(string helper) =>
        Flags(Marshalled(helper).Replace("{0}", "[|Thread.Sleep(1)|];"));

    [Theory]
    [InlineData("void OnUi(Action act) => Task.Run(act);")]
    [InlineData("void OnUi(Action act) { _kept = act; BeginInvoke(act); } Action _kept;")]
    [InlineData("void OnUi(Action act) => act();")]
    public Task A_helper_that_may_run_it_elsewhere_is_not(string helper) =>
        Allows(Marshalled(helper).Replace("{0}", "Thread.Sleep(1);"));

    private static string Handled(string statements) => View(
        "Task<int> _task; SemaphoreSlim _gate = new(1); void OnClick(object sender, EventArgs e) { " + statements + " }");

    [Theory]
    [InlineData("if (_task?.IsCompleted == true) Console.Write(_task.Result);")]
    [InlineData("if (_task?.IsCompleted != true) return; Console.Write(_task.Result);")]
    [InlineData("if (_task?.IsCompleted ?? false) Console.Write(_task.Result);")]
    [InlineData("if (_task is not null and { IsCompleted: true }) Console.Write(_task.Result);")]
    [InlineData("switch (_task) { case { IsCompleted: true } done: Console.Write(done.Result); break; }")]
    [InlineData("int none = 0; _gate.Wait(none);")]
    [InlineData("_gate.Wait(new TimeSpan(0));")]
    public Task What_has_ended_or_only_looks_is_allowed(string statements) => Allows(Handled(statements));

    [Theory]
    [InlineData("if (_task?.IsCompleted == false) Console.Write([|_task.Result|]);")]
    [InlineData("if (_task?.IsCompleted ?? true) Console.Write([|_task.Result|]);")]
    [InlineData("if (_task is not null and { IsCompleted: false }) Console.Write([|_task.Result|]);")]
    [InlineData("switch (_task) { case { IsCompleted: false } late: Console.Write([|late.Result|]); break; }")]
    [InlineData("int some = 5; [|_gate.Wait(some)|];")]
    [InlineData("[|_gate.Wait(new TimeSpan(5))|];")]
    public Task What_may_take_time_is_flagged(string statements) => Flags(Handled(statements));

    [Theory]
    [InlineData("Run(() => Thread.Sleep(1), true);", false)]
    [InlineData("[|Run(() => Thread.Sleep(1), false)|];", true)]
    public Task A_constant_decides_where_a_function_runs(string statement, bool isFlagged)
    {
        var code = Handled(statement).Replace("Task<int> _task;",
            "void Run(Action act, bool background) { if (background) Task.Run(act); else act(); } Task<int> _task;");
        return isFlagged ? Flags(code) : Allows(code);
    }

    [Theory]
    [InlineData("void IDisposable.Dispose() => Thread.Sleep(1);", true)]
    [InlineData("void IDisposable.Dispose() => Thread.Sleep(0);", false)]
    public Task An_explicit_Dispose_is_called_by_using(string dispose, bool isFlagged)
    {
        var code = "sealed class Txn : IDisposable { " + dispose + " } "
            + Handled("using (" + (isFlagged ? "[|new Txn()|]" : "new Txn()") + ") Console.Write(1);");
        return isFlagged ? Flags(code) : Allows(code);
    }

    // Who waits and computes behind one call waits (RULES, "Precedence").
    [Fact]
    public async Task A_call_that_waits_and_computes_waits()
    {
        const string Both = "void Both() { Console.Write(File.ReadAllText(\"a\")); System.Security.Cryptography.RSA.Create(4096); } ";
        await Flags(View(Both + "void OnClick(object sender, EventArgs e) => [|Both()|];"));
        await Verify<Quintet.Analyzers.Rules.EventLoops.QNT5002CpuBoundWorkOnEventLoop>.Allows(
            View(Both + "void OnClick(object sender, EventArgs e) => Both();"));
    }

    // Who cannot await is not told to.
    [Fact]
    public async Task The_advice_can_be_followed()
    {
        await Flags(View("void OnClick(object sender, EventArgs e) { [|File.ReadAllText(\"a\")|]; }"), "await File.ReadAllTextAsync");
        await Flags(Component("protected override bool ShouldRender() { [|File.ReadAllText(\"a\")|]; return true; }"),
            "do it before, where it can be awaited");
    }
}
