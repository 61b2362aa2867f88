using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5003LoopObjectOnAnotherThread>;

namespace Quintet.Tests.Rules.EventLoops;

// Elements that are made where they are not shown yet, and functions that only another thread comes to.
public sealed partial class QNT5003LoopObjectOnAnotherThreadTests
{
    [Theory]
    [InlineData("Task<Label> Make() => Task.Run(() => new Label { Text = \"x\" });")]
    [InlineData("Task<Label> Make() => Task.Run(() => { var made = new Label { Text = \"x\" }; made.Text += \"y\"; return made; });")]
    [InlineData("Task Make() => Task.Run(() => Enumerable.Range(0, 3).Select(n => new Label { Text = \"\" + n }).ToList());")]
    [InlineData("Task<Label> Make() => Task.Run(() => Build()); static Label Build() => new() { Text = \"x\" };")]
    public Task What_is_being_made_is_the_threads_own(string members) => Allows(View(members));

    [Fact]
    public Task An_element_that_is_there_already_is_flagged_beside_one_that_is_made() => Flags(
        View("Task<Label> Make() => Task.Run(() => { var made = new Label { Text = \"x\" }; [|_label.Text = \"x\"|]; return made; });"));

    [Theory]
    [InlineData("Task Go() { return Task.Run(() => Show()); void Show() => [|_label.Text = \"x\"|]; }")]
    [InlineData("Task Go() { return Task.Run(() => { _n++; Show(); }); void Show() { if (_n > 3) Show(); [|_label.Text = \"x\"|]; } }")]
    [InlineData("Task Go() => Task.Run(() => Work()); void Work() { Show(); } void Show() => [|_label.Text = \"x\"|];")]
    public Task What_only_another_thread_comes_to_is_flagged(string members) => Flags(View(members));

    [Theory]
    [InlineData("Task Go() { return Task.Run(() => Show()); void Show() => Invoke(() => _label.Text = \"x\"); }")]
    [InlineData("Task Go() { Show(); return Task.Run(() => Show()); void Show() => _label.Text = \"x\"; }")]
    [InlineData("Task Go() { Show(); return Task.Run(() => _n++); void Show() => _label.Text = \"x\"; }")]
    [InlineData("Action Go() { Task.Run(() => Show()); return Show; void Show() => _label.Text = \"x\"; }")]
    [InlineData("Task Go() => Task.Run(() => Work()); void Work() { Show(); } void Show() => _label.Text = \"x\"; "
        + "void OnGo(object sender, EventArgs e) => Show();")]
    public Task What_the_loop_comes_to_as_well_is_allowed(string members) => Allows(View(members));
}
