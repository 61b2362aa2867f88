using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4006CoroutineNeverAwaited>;

namespace Quintet.Tests.Rules.Coroutines;

// A coroutine behind a delegate: lost where everything that the delegate can hold is seen.
public sealed partial class QNT4006CoroutineNeverAwaitedTests
{
    [Theory]
    [InlineData("readonly Func<Task> _save = async () => await Task.Delay(1); void M() { [|_save()|]; }")]
    [InlineData("readonly Func<Task> _save = async () => await Task.Delay(1); void M() => [|_save()|];")]
    [InlineData("readonly Func<Task> _save = async () => await Task.Delay(1); void M() { [|_save.Invoke()|]; }")]
    [InlineData("readonly Func<int, Task> _save = Save; static async Task Save(int n) => await Task.Delay(n); void M() { [|_save(1)|]; }")]
    [InlineData("Func<Task> Save { get; } = async () => await Task.Delay(1); void M() { [|Save()|]; }")]
    [InlineData("void M() { Func<Task> save = async () => await Task.Delay(1); [|save()|]; }")]
    [InlineData("void M() { var save = async () => await Task.Delay(1); [|save()|]; }")]
    [InlineData("async Task M() { Func<Task> save = async () => await Task.Delay(1); await save(); [|save()|]; }")]
    [InlineData("Func<Task<int>> _save = async () => { await Task.Delay(1); return 1; }; void M() { [|_save()|]; }")]
    public Task A_delegate_that_holds_a_coroutine_is_called_and_its_task_is_lost(string members) => Flags("class C { " + members + " }");

    [Theory]
    [InlineData("readonly Func<Task> _save = async () => await Task.Delay(1); void M() { _ = _save(); }")]
    [InlineData("readonly Func<Task> _save = async () => await Task.Delay(1); Task M() => _save();")]
    [InlineData("readonly Func<Task> _save = async () => { try { await Task.Delay(1); } catch (Exception) { } }; void M() { _save(); }")]
    [InlineData("readonly Func<Task> _save = async () => Console.Write(1); void M() { _save(); }")]
    [InlineData("readonly Func<Task> _save = () => Task.CompletedTask; void M() { _save(); }")]
    [InlineData("readonly Func<Task> _save; C(Func<Task> save) => _save = save; void M() { _save(); }")]
    [InlineData("Func<Task> _save = async () => await Task.Delay(1); void Set(Func<Task> to) => _save = to; void M() { _save(); }")]
    [InlineData("public Func<Task> Save = async () => await Task.Delay(1); void M() { Save(); }")]
    [InlineData("Func<Task> _save = async () => await Task.Delay(1); C() => Lend(ref _save); static void Lend(ref Func<Task> to) { } "
        + "void M() { _save(); }")]
    [InlineData("Func<Task> _save = async () => await Task.Delay(1); int _n; C(Func<Task> s) => (_save, _n) = (s, 1); "
        + "void M() { _save(); }")]
    [InlineData("readonly Action _save = async () => await Task.Delay(1); void M() { _save(); }")]
    [InlineData("void M(Func<Task> save) { save(); }")]
    [InlineData("void M(Func<Task> other) { Func<Task> save = async () => await Task.Delay(1); save = other; save(); }")]
    public Task What_else_it_may_hold_or_who_takes_the_task_is_allowed(string members) => Allows("class C { " + members + " }");

    private const string Saving = "async Task SaveAsync() => await Task.Delay(1); Task _kept; ";

    [Theory]
    [InlineData("Task saving; saving = [|SaveAsync()|];")]
    [InlineData("Task saving = null; if (DateTime.Now.Hour > 3) saving = [|SaveAsync()|];")]
    public Task A_local_that_is_only_given_the_task_loses_it(string statements) => Flags(
        "class C { " + Saving + "async Task M() { await Task.Yield(); " + statements + " } }", "which 'saving' keeps and nobody reads");

    [Theory]
    [InlineData("Task saving; saving = SaveAsync(); await saving;")]
    [InlineData("Task saving; saving = SaveAsync(); Keep(saving);")]
    [InlineData("Task unused; unused = SaveAsync();")]
    [InlineData("_kept = SaveAsync();")]
    public Task One_that_somebody_looks_at_does_not(string statements) =>
        Allows("class C { " + Saving + "void Keep(Task t) => t.Start(); async Task M() { await Task.Yield(); " + statements + " } }");

    [Fact]
    public Task One_that_is_another_name_of_a_field_does_not() =>
        Allows("class C { " + Saving + "void M() { ref var saving = ref _kept; saving = SaveAsync(); } }");
}
