using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3013BlockingCallUnderGil>;

namespace Quintet.Tests.Rules.Threads;

public sealed class QNT3013BlockingCallUnderGilTests
{
    private const string Gil = "readonly Quintet.GilThreads.GlobalInterpreterLock gil = new();\n";

    [Fact]
    public Task A_sleep_on_a_GIL_thread_is_flagged() => Flags(
        Gil + "void Start() => gil.StartThread(() => { [|Thread.Sleep(10)|]; });",
        "keeps a global interpreter lock while it sleeps", "AllowThreads");

    [Fact]
    public Task A_sleep_without_the_lock_is_allowed() =>
        Allows(Gil + "void Start() => gil.StartThread(() => { gil.AllowThreads(() => Thread.Sleep(10)); });");

    [Fact]
    public Task A_sleep_on_a_bare_thread_is_allowed() => Allows(Gil + "void Start() => new Thread(() => { Thread.Sleep(10); }).Start();");

    [Fact]
    public Task A_method_that_is_released_by_name_is_allowed() =>
        Allows(Gil + "void Start() => gil.StartThread(() => gil.AllowThreads(Rest)); static void Rest() => Thread.Sleep(10);");

    [Fact]
    public Task A_method_that_is_only_called_is_flagged() => Flags(
        Gil + "void Start() => gil.StartThread(() => [|Rest()|]); static void Rest() => Thread.Sleep(10);", "Rest → Thread.Sleep");

    [Fact]
    public Task A_method_that_releases_by_itself_is_allowed() =>
        Allows(Gil + "void Start() => gil.StartThread(() => Rest()); void Rest() => gil.AllowThreads(() => Thread.Sleep(10));");

    [Fact]
    public Task A_method_that_a_thread_was_given_is_flagged() =>
        Flags(Gil + "void Start() => gil.StartThread(Rest); static void Rest() => [|Thread.Sleep(10)|];");

    [Fact]
    public Task A_local_function_that_a_thread_was_given_is_flagged() =>
        Flags(Gil + "void Start() { gil.StartThread(Rest); void Rest() { [|Thread.Sleep(10)|]; } }");

    [Fact]
    public Task The_same_method_given_to_the_pool_is_allowed() =>
        Allows(Gil + "void Start() => Task.Run(Rest); static void Rest() => Thread.Sleep(10);");

    [Fact]
    public Task Work_that_is_run_under_the_lock_is_flagged() =>
        Flags(Gil + "Task<string> Start() => gil.Run(() => [|File.ReadAllText(\"a\")|]);", "while the disk answers");

    [Fact]
    public Task A_scope_is_flagged_wherever_it_stands() =>
        Flags(Gil + "string Read() { using (gil.Enter()) { return [|File.ReadAllText(\"a\")|]; } }");

    [Fact]
    public Task Behind_the_scope_nothing_is_held() =>
        Allows(Gil + "string Read() { using (gil.Enter()) { } return File.ReadAllText(\"a\"); }");

    [Fact]
    public Task A_scope_to_the_end_of_the_block_is_flagged() =>
        Flags(Gil + "string Read() { using var held = gil.Enter(); return [|File.ReadAllText(\"a\")|]; }");

    [Fact]
    public Task A_release_inside_of_a_scope_is_allowed() =>
        Allows(Gil + "string Read() { using (gil.Enter()) { return gil.AllowThreads(() => File.ReadAllText(\"a\")); } }");

    [Fact]
    public Task A_scope_inside_of_a_release_is_flagged() =>
        Flags(Gil + "void Start() => gil.StartThread(() => gil.AllowThreads(() => { using (gil.Enter()) { [|Thread.Sleep(10)|]; } }));");

    [Fact]
    public Task A_brief_call_is_allowed() => Allows(Gil + "void Start() => gil.StartThread(() => { File.Exists(\"a\"); });");

    [Fact]
    public Task A_wait_without_time_is_allowed() =>
        Allows(Gil + "void Start(ManualResetEventSlim e) => gil.StartThread(() => { e.Wait(0); });");

    [Fact]
    public Task A_wait_for_another_thread_is_flagged() =>
        Flags(Gil + "void Start(Quintet.GilThreads.GilThread other) => gil.StartThread(() => { [|other.Join()|]; });");

    [Fact]
    public Task An_await_lets_the_lock_go() => Allows(Gil + "Task Start() => gil.Run(async () => { await Task.Delay(10); });");

    [Fact]
    public Task Another_type_of_that_name_is_allowed() => Allows(
        "class GlobalInterpreterLock { public void StartThread(Action body) => new Thread(() => body()).Start(); }\n"
        + "class D { void Start(GlobalInterpreterLock gil) => gil.StartThread(() => { Thread.Sleep(10); }); }");

    [Fact]
    public Task A_lambda_that_such_a_method_only_keeps_is_allowed() =>
        Allows(Gil + "Action later; void Start() => gil.StartThread(Rest); void Rest() { later = () => { Thread.Sleep(10); }; }");

    [Fact]
    public Task A_gate_that_is_never_held_for_long_is_allowed() => Allows(Gil + Gated("n++;", "gate.Wait()"));

    [Fact]
    public Task A_gate_under_which_somebody_sleeps_is_flagged() => Flags(Gil + Gated("Thread.Sleep(10);", "[|gate.Wait()|]"));

    private static string Gated(string work, string wait) =>
        $$"""
        readonly SemaphoreSlim gate = new(1); int n;
        void Start() => gil.StartThread(() => { {{wait}}; n++; gate.Release(); });
        void Elsewhere() { gate.Wait(); {{work}} gate.Release(); }
        """;

    [Fact]
    public Task Under_the_lock_in_a_loop_that_never_ends_it_is_a_story_of_its_own() => Flags(
        """
        class View : System.Windows.Forms.Form
        {
            readonly Quintet.GilThreads.GlobalInterpreterLock gil = new();
            void OnClick(object sender, EventArgs e) { while (true) { using (gil.Enter()) { [|Thread.Sleep(10)|]; } } }
        }
        """);
}
