using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.EventLoops.QNT5006DeadlockOnEventLoop>;

namespace Quintet.Tests.Rules.EventLoops;

public sealed class QNT5006DeadlockOnEventLoopTests
{
    private static string View(string members) => $"class View : System.Windows.Forms.Form\n{{\n{members}\n}}";

    [Fact]
    public Task A_wait_for_a_method_that_resumes_on_the_loop_is_flagged() => Flags(View(
        """
        void OnClick(object sender, EventArgs e) => Text = [|LoadAsync().Result|];
        async Task<string> LoadAsync() => await File.ReadAllTextAsync("a");
        """), "a deadlock");

    [Theory]
    [InlineData("Load(false)", true)]
    [InlineData("Load(true)", false)]
    public async Task A_branch_that_a_constant_does_not_choose_is_no_deadlock(string call, bool isDeadlock)
    {
        const string Either = "async Task<string> LoadAsync() => await File.ReadAllTextAsync(\"a\"); "
            + "void Load(bool fromDisk) { if (fromDisk) File.ReadAllText(\"a\"); else LoadAsync().Wait(); } ";
        if (isDeadlock) await Flags(View(Either + $"void OnClick(object sender, EventArgs e) => [|{call}|];"));
        else await Allows(View(Either + $"void OnClick(object sender, EventArgs e) => {call};"));
    }

    [Fact]
    public Task A_deadlock_while_the_application_starts_is_one_there_too() => Flags(
        """
        namespace System.Windows { public class Application { protected virtual void OnStartup(EventArgs e) { } } }
        class App : System.Windows.Application
        {
            protected override void OnStartup(EventArgs e) => [|LoadAsync().Wait()|];
            async Task LoadAsync() => await Task.Delay(1);
        }
        """);

    // Who hands a task on, or awaits it first of all, waits for the loop as it does; each beside one that does not.
    [Theory]
    [InlineData("Task Outer() => LoadAsync();")]
    [InlineData("Task Outer() { return Inner(); } Task Inner() => LoadAsync();")]
    [InlineData("async Task Outer() { await LoadAsync().ConfigureAwait(false); }")]
    public async Task A_method_that_hands_on_the_task_of_another_is_flagged(string outer)
    {
        const string Loads = " async Task LoadAsync() => await Task.Delay(1);";
        await Flags(View($"void OnClick(object sender, EventArgs e) => [|Outer().Wait()|]; {outer}{Loads}"));
        await Allows(View($"void OnClick(object sender, EventArgs e) => Outer().Wait(); {outer}"
            + Loads.Replace("Delay(1)", "Delay(1).ConfigureAwait(false)", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Task Outer() => DateTime.Now.Hour > 8 ? LoadAsync() : Task.CompletedTask;")]
    [InlineData("Task Outer() { if (DateTime.Now.Hour > 8) return Task.Delay(1); return LoadAsync(); }")]
    [InlineData("async Task Outer() { await Task.Delay(1).ConfigureAwait(false); await LoadAsync(); }")]
    [InlineData("Task Outer() => Outer();")]
    public Task A_method_that_may_hand_on_another_task_is_allowed(string outer) => Allows(View(
        $"void OnClick(object sender, EventArgs e) => Outer().Wait(); {outer} async Task LoadAsync() => await Task.Delay(1);"));

    // The end of a block is awaited behind what is awaited in it.
    [Theory]
    [InlineData("await using var s = given; await s.FlushAsync();", true)]
    [InlineData("await using var s = given; s.WriteByte(1);", true)]
    [InlineData("await using var s = given; await s.FlushAsync().ConfigureAwait(false);", false)]
    [InlineData("await using (given) { } await given.FlushAsync().ConfigureAwait(false);", true)]
    public async Task What_is_disposed_of_at_the_end_is_awaited_last(string body, bool isDeadlock)
    {
        var loads = $" async Task LoadAsync(Stream given) {{ {body} }}";
        if (isDeadlock) await Flags(View($"Stream _s; void OnClick(object sender, EventArgs e) => [|LoadAsync(_s).Wait()|];{loads}"));
        else await Allows(View($"Stream _s; void OnClick(object sender, EventArgs e) => LoadAsync(_s).Wait();{loads}"));
    }

    [Fact]
    public Task A_method_that_does_not_resume_on_the_loop_is_allowed() => Allows(View(
        """
        void OnClick(object sender, EventArgs e) => Text = LoadAsync().Result;
        async Task<string> LoadAsync() => await File.ReadAllTextAsync("a").ConfigureAwait(false);
        """));

    [Fact]
    public Task The_first_suspension_decides() => Flags(View(
        """
        void OnClick(object sender, EventArgs e) => [|LoadAsync().Wait()|];
        async Task LoadAsync() { await Task.Delay(1); await Task.Delay(1).ConfigureAwait(false); }
        """));

    [Fact]
    public Task A_later_suspension_behind_one_that_left_the_loop_is_allowed() => Allows(View(
        """
        void OnClick(object sender, EventArgs e) => LoadAsync().Wait();
        async Task LoadAsync() { await Task.Delay(1).ConfigureAwait(false); await Task.Delay(1); }
        """));

    [Fact]
    public Task A_wait_for_a_local_that_holds_the_task_is_flagged() => Flags(View(
        """
        void OnClick(object sender, EventArgs e) { var load = LoadAsync(); [|load.Wait()|]; }
        async Task LoadAsync() => await Task.Delay(1);
        """));

    [Fact]
    public Task A_wait_for_work_on_the_pool_is_allowed() => Allows(View(
        """
        void OnClick(object sender, EventArgs e) { var load = Task.Run(() => LoadAsync()); load.Wait(); }
        async Task LoadAsync() => await Task.Delay(1);
        """));

    [Fact]
    public Task The_same_wait_outside_a_loop_is_allowed() => Allows(
        """
        class View
        {
            void OnClick(object sender, EventArgs e) => LoadAsync().Wait();
            async Task LoadAsync() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task An_await_is_allowed() => Allows(View(
        """
        async void OnClick(object sender, EventArgs e) => await LoadAsync();
        async Task LoadAsync() => await Task.Delay(1);
        """));

    [Fact]
    public Task A_wait_that_is_reached_is_flagged_where_the_loop_enters_it() => Flags(View(
        """
        void OnClick(object sender, EventArgs e) => [|Open()|];
        void Open() { Console.WriteLine(); LoadAsync().Wait(); }
        async Task LoadAsync() => await Task.Delay(1);
        """), "OnClick → Open → Task.Wait");

    [Fact]
    public Task A_task_that_was_awaited_before_is_allowed() => Allows(View(
        """
        async void OnClick(object sender, EventArgs e) { var load = LoadAsync(); await load; load.Wait(); }
        async Task LoadAsync() => await Task.Delay(1);
        """));

    [Fact]
    public Task A_component_deadlocks_too() => Flags(
        """
        class Page : Microsoft.AspNetCore.Components.ComponentBase
        {
            protected override void OnInitialized() => [|LoadAsync().Wait()|];
            async Task LoadAsync() => await Task.Delay(1);
        }
        """);

    // Of what does not bind nobody knows where it goes on: a wait for certain, and no certain deadlock.
    [Theory]
    [InlineData("{|CS0103:Missing|}.ReadAsync()", false)]
    [InlineData("{|CS0103:Missing|}.ReadAsync().ConfigureAwait(false)", false)]
    [InlineData("Task.Delay(1)", true)]
    public Task A_deadlock_does_not_rest_on_what_does_not_bind(string awaited, bool flagged)
    {
        var code = View("async Task LoadAsync() { await " + awaited + "; } void OnClick(object sender, EventArgs e) => {0};");
        return flagged
            ? Flags(code.Replace("{0}", "[|LoadAsync().Wait()|]"))
            : Allows(code.Replace("{0}", "LoadAsync().Wait()"));
    }

    // A function of the pool that hands work to the loop waits for it, whoever calls what; each beside one that does not.
    [Theory]
    [InlineData("Task.Run(() => Invoke(Show)).Wait()", true)]
    [InlineData("Task.Run(() => { Invoke(Show); }).Wait()", true)]
    [InlineData("Task.Run(() => { BeginInvoke(Show); }).Wait()", false)]
    [InlineData("Task.Run(Redraw).Wait()", true)]
    [InlineData("Task.Run(() => Redraw()).GetAwaiter().GetResult()", true)]
    [InlineData("Task.Run(async () => { await Task.Yield(); Redraw(); }).Wait()", true)]
    [InlineData("Task.Run(RedrawSome).Wait()", false)]
    [InlineData("Task.Run(RedrawHere).Wait()", true)]
    [InlineData("System.Threading.Tasks.Parallel.For(0, 3, i => Invoke(Show))", true)]
    [InlineData("System.Threading.Tasks.Parallel.For(0, 3, i => BeginInvoke(Show))", false)]
    [InlineData("Task.Run(Show).Wait()", false)]
    public async Task A_wait_for_what_hands_work_to_the_loop_is_flagged(string wait, bool isDeadlock)
    {
        const string Members = " void Show() { } void Redraw() { Invoke(Show); } "
            + "void RedrawSome() { if (DateTime.Now.Hour > 8) Invoke(Show); } "
            + "void RedrawHere() { if (InvokeRequired) Invoke(Show); else Show(); }";
        if (isDeadlock) await Flags(View($"void OnClick(object sender, EventArgs e) => [|{wait}|];{Members}"), "a deadlock");
        else await Allows(View($"void OnClick(object sender, EventArgs e) => {wait};{Members}"));
    }

    [Theory]
    [InlineData("void OnClick(object sender, EventArgs e) => [|InvokeAsync(Show).Wait()|];", true)]
    [InlineData("async void OnClick(object sender, EventArgs e) { var shown = InvokeAsync(Show); await shown; shown.Wait(); }", false)]
    public async Task A_wait_for_what_was_posted_to_the_loop_is_flagged(string handler, bool isDeadlock)
    {
        var code = View(handler + " void Show() { }");
        if (isDeadlock) await Flags(code, "posted to the same loop");
        else await Allows(code);
    }

    [Theory]
    [InlineData("_load = LoadAsync(); [|_load.Wait()|];", true)]
    [InlineData("this._load = LoadAsync(); [|_load.Wait()|];", true)]
    [InlineData("_load = LoadAsync(); _load = Task.Delay(1); _load.Wait();", false)]
    [InlineData("_load = LoadAsync(); _other.Wait();", false)]
    public async Task A_task_that_was_kept_just_before_is_known(string body, bool isDeadlock)
    {
        var code = View("Task _load, _other; void OnClick(object sender, EventArgs e) { " + body
            + " } async Task LoadAsync() => await Task.Delay(1);");
        if (isDeadlock) await Flags(code);
        else await Allows(code);
    }

    [Theory]
    [InlineData("var t = new Thread(() => Invoke(Show)); t.Start(); [|t.Join()|];", true)]
    [InlineData("var t = new Thread(() => BeginInvoke(Show)); t.Start(); t.Join();", false)]
    public async Task A_thread_that_hands_work_to_the_loop_is_joined(string body, bool isDeadlock)
    {
        var code = View("void OnClick(object sender, EventArgs e) { " + body + " } void Show() { }");
        if (isDeadlock) await Flags(code);
        else await Allows(code);
    }

    // Who waits for the task of a function waits for what the function that he is given does.
    [Theory]
    [InlineData("Run(() => LoadAsync())")]
    [InlineData("Run(LoadAsync)")]
    [InlineData("Outer(() => LoadAsync())")]
    [InlineData("Run(async () => { await Task.Delay(1); })")]
    public async Task A_function_that_is_given_and_waited_for_is_a_deadlock(string call)
    {
        const string Members = " async Task LoadAsync() => await Task.Delay(1); static void Outer(Func<Task> work) => Run(work); "
            + "static void Run(Func<Task> work) { ";
        var source = $"void OnClick(object sender, EventArgs e) => [|{call}|];" + Members;
        var silent = source.Replace("[|", "").Replace("|]", "");
        await Flags(View(source + "work().Wait(); }"));
        await Flags(View(source + "work().GetAwaiter().GetResult(); }"));
        await Allows(View(silent + "Task.Run(work).Wait(); }"));
        await Allows(View(silent + "SynchronizationContext.SetSynchronizationContext(new Served()); work().Wait(); }")
            + "class Served : SynchronizationContext { }");
        await Allows(View(silent.Replace("Delay(1)", "Delay(1).ConfigureAwait(false)") + "work().Wait(); }"));
    }
}
