using Quintet.Analyzers.Catalogue;
using static Quintet.Analyzers.Catalogue.RunContext;

namespace Quintet.Tests.Contexts;

/// <summary>What keeps the loop on which it was made: schedulers of the current context, and who reports progress.</summary>
public sealed class CapturedLoopTests
{
    private const string Loop = "TaskScheduler.FromCurrentSynchronizationContext()";

    [Theory]
    [InlineData("Task.CompletedTask.ContinueWith([|t => { }|], default, TaskContinuationOptions.None, " + Loop + ");", EventLoop)]
    [InlineData("Task.Factory.StartNew([|() => { }|], default, TaskCreationOptions.None, " + Loop + ");", EventLoop)]
    [InlineData("var ui = " + Loop + "; "
        + "Task.CompletedTask.ContinueWith([|t => { }|], default, TaskContinuationOptions.None, ui);", EventLoop)]
    [InlineData("var ui = " + Loop + "; Task.Run(() => 1).ContinueWith([|t => { }|], ui);", EventLoop)]
    [InlineData("var ui = " + Loop + "; ui = given; Task.Run(() => 1).ContinueWith([|t => { }|], ui);", Later)]
    [InlineData("var ui = given; Task.Run(() => 1).ContinueWith([|t => { }|], ui);", Later)]
    [InlineData("Task.Factory.StartNew([|() => { }|], default, TaskCreationOptions.None, _declared);", EventLoop)]
    [InlineData("Task.Factory.StartNew([|() => { }|], default, TaskCreationOptions.None, _made);", EventLoop)]
    [InlineData("Task.Factory.StartNew([|() => { }|], default, TaskCreationOptions.None, _kept);", EventLoop)]
    [InlineData("Task.Factory.StartNew([|() => { }|], default, TaskCreationOptions.None, _either);", Later)]
    [InlineData("Task.Factory.StartNew([|() => { }|], default, TaskCreationOptions.None, _never);", Later)]
    [InlineData("Task.Factory.StartNew([|() => { }|], default, TaskCreationOptions.None, Open);", Later)]
    [InlineData("Task.Factory.StartNew([|() => { }|], default, TaskCreationOptions.None, TaskScheduler.Default);", Pool)]
    [InlineData("Task.Run(() => 1).ContinueWith([|t => { }|], default(CancellationToken));", Pool)]
    public void A_scheduler_of_the_loop_is_found_where_it_is_kept(string statement, object expected) => Assert.Equal(
        expected, ContextLab.Library(
        "class C { readonly TaskScheduler _declared = " + Loop + "; readonly TaskScheduler _made; TaskScheduler? _kept; "
        + "TaskScheduler? _either; "
        + "TaskScheduler? _never; public TaskScheduler? Open; "
        + "C() { _made = " + Loop + "; _either = TaskScheduler.Default; _never = null; } "
        + "void Load() { _kept = " + Loop + "; _either = " + Loop + "; Open = " + Loop + "; } void M(TaskScheduler given) { " + statement
        + " } }").Marked());

    [Theory]
    [InlineData("void Go(object? s, EventArgs e) { var p = new Progress<int>([|v => { }|]); }", EventLoop)]
    [InlineData("void Go(object? s, EventArgs e) { var p = new Progress<int>([|Show|]); }", EventLoop)]
    [InlineData("void Go(object? s, EventArgs e) { var p = new Progress<int>(); p.ProgressChanged += [|(o, v) => { }|]; }", EventLoop)]
    [InlineData("void Go(object? s, EventArgs e) => new List<int>().ForEach(i => new Progress<int>([|v => { }|]));", EventLoop)]
    [InlineData("async Task Go() { await Task.Yield(); var p = new Progress<int>([|v => { }|]); }", EventLoop)]
    [InlineData("readonly Progress<int> _p = new([|v => { }|]);", EventLoop)]
    [InlineData("public C() { _ = new Progress<int>([|v => { }|]); }", EventLoop)]
    [InlineData("void Go(object? s, EventArgs e) => Task.Run(() => new Progress<int>([|v => { }|]));", Later)]
    [InlineData("async void Go(object? s, EventArgs e) { await Task.Delay(1).ConfigureAwait(false); "
        + "_ = new Progress<int>([|v => { }|]); }", Later)]
    [InlineData("void Go() { var p = new Progress<int>([|v => { }|]); }", Later)]
    [InlineData("void Go(object? s, DoWorkEventArgs e) { var p = new Progress<int>([|v => { }|]); }", Later)]
    [InlineData("void Go(object? s, EventArgs e) { void In() => new Progress<int>([|v => { }|]); }", Later)]
    [InlineData("void Go(object? s, EventArgs e) { new Own.Progress<int>([|v => { }|]); }", Unknown)]
    public void Progress_is_reported_where_it_was_made(string member, object expected) => Assert.Equal(expected, ContextLab.Library(
        "namespace Own { class Progress<T> { public Progress(Action<T> handler) { } } } "
        + "class C : System.Windows.Forms.Form { void Show(int percent) { } " + member + " }", Frameworks.WinForms).Marked());

    [Theory]
    [InlineData("class C { void Go(object? s, EventArgs e) { var p = new Progress<int>([|v => { }|]); } }")]
    [InlineData("class C { static void Main() { var p = new Progress<int>([|v => { }|]); } }")]
    [InlineData("class C { static async Task Main() { var p = new Progress<int>(); "
        + "p.ProgressChanged += [|(s, v) => { }|]; await Task.Yield(); } }")]
    public void Progress_of_others_is_reported_anywhere(string code) => Assert.Equal(Later, ContextLab.Library(code).Marked());
}
