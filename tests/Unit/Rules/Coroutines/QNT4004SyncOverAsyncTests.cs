using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4004SyncOverAsync>;

namespace Quintet.Tests.Rules.Coroutines;

public sealed class QNT4004SyncOverAsyncTests
{
    private const string Facts = "namespace Xunit { class FactAttribute : Attribute { } }\n";

    [Fact]
    public Task A_result_in_synchronous_code_is_flagged() => Flags(
        "public int M(Task<int> t) => [|t.Result|];", "'M' holds its thread while it waits for a task (M → Task.Result)", "await the task");

    [Fact]
    public Task The_result_of_a_complete_task_is_allowed() => Allows(
        "public int M() => Task.FromResult(1).Result;");

    [Fact]
    public Task A_wait_is_flagged() => Flags("public void M(Task t) { [|t.Wait()|]; }");

    [Theory]
    [InlineData("done.Sum(t => t.Result)", true)]
    [InlineData("others.Sum(t => [|t.Result|])", false)]
    [InlineData("{ var n = 0; foreach (var t in done) n += t.Result; return n; }", true)]
    [InlineData("{ var n = 0; foreach (var t in others) n += [|t.Result|]; return n; }", false)]
    public Task The_tasks_that_a_continuation_follows_are_complete(string value, bool isAllowed)
    {
        var code = "public Task<int> M(Task<int>[] all, Task<int>[] others) => Task.Factory.ContinueWhenAll(all, done => " + value + ");";
        return isAllowed ? Allows(code) : Flags(code);
    }

    [Fact]
    public Task A_wait_of_nothing_is_allowed() => Allows("public bool M(Task t) => t.Wait(0);");

    [Fact]
    public Task An_awaiter_asked_for_its_result_is_flagged() => Flags("public void M(Task t) { [|t.GetAwaiter().GetResult()|]; }");

    [Fact]
    public Task An_awaiter_asked_whether_it_is_done_is_allowed() => Allows("public bool M(Task t) => t.GetAwaiter().IsCompleted;");

    [Fact]
    public Task The_result_of_a_value_task_is_flagged() => Flags("public int M(ValueTask<int> t) => [|t.Result|];");

    [Fact]
    public Task The_fast_path_of_a_value_task_is_allowed() =>
        Allows("public int M(ValueTask<int> t) => t.IsCompletedSuccessfully ? t.Result : 0;");

    [Fact]
    public Task WaitAll_is_flagged() => Flags("public void M(Task[] tasks) { [|Task.WaitAll(tasks)|]; }");

    [Fact]
    public Task WhenAll_is_allowed() => Allows("public Task M(Task[] tasks) => Task.WhenAll(tasks);");

    [Fact]
    public Task What_WaitAll_waited_for_is_complete() => Flags(
        "public int M(Task<int> a, Task<int> b) { [|Task.WaitAll(a, b)|]; return a.Result + b.Result; }");

    [Fact]
    public Task Other_blocking_calls_in_synchronous_code_are_allowed() =>
        Allows("public void M() { Thread.Sleep(1); File.ReadAllText(\"a\"); }");

    [Fact]
    public Task A_coroutine_is_left_to_the_warning() =>
        Allows("public async Task<int> M(Task<int> t) { await Task.Yield(); return t.Result; }");

    [Fact]
    public Task A_synchronous_request_is_left_to_the_warning() => Allows(
        "public class Orders : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get(Task<int> t) => t.Result; }");

    [Fact]
    public Task The_same_action_in_a_class_that_is_no_controller_is_flagged() => Flags(
        "public class Orders { public int Get(Task<int> t) => [|t.Result|]; }");

    [Fact]
    public Task Main_may_wait() => Allows(
        "class Program { static void Main() => RunAsync().Wait(); static async Task RunAsync() => await Task.Yield(); }");

    [Fact]
    public Task Another_static_method_may_not() => Flags(
        "public class Program { public static void Start() => [|RunAsync().Wait()|]; "
        + "static async Task RunAsync() => await Task.Yield(); }");

    [Fact]
    public Task A_private_method_that_only_Main_calls_may_wait() => Allows(
        """
        class Program
        {
            static void Main() => Start();
            private static void Start() => RunAsync().Wait();
            static async Task RunAsync() => await Task.Yield();
        }
        """);

    [Fact]
    public Task A_private_method_that_others_call_too_may_not() => Flags(
        """
        public class Program
        {
            static void Main() => Start();
            public static void Again() => Start();
            private static void Start() => [|RunAsync().Wait()|];
            static async Task RunAsync() => await Task.Yield();
        }
        """);

    [Fact]
    public Task A_test_may_wait() => Allows(
        Facts + "public class Tests { [Xunit.Fact] public void Waits() => Task.Delay(1).Wait(); }");

    [Fact]
    public Task A_method_beside_a_test_may_not() => Flags(
        Facts + "public class Tests { [Xunit.Fact] public void Waits() { } public void Other() => [|Task.Delay(1).Wait()|]; }");

    [Fact]
    public Task A_thread_of_its_own_may_wait() => Allows("public void M(Task t) => new Thread(() => t.Wait()).Start();");

    [Fact]
    public Task A_complete_antecedent_is_allowed() => Allows(
        "public Task M(Task<int> t) => t.ContinueWith(done => Console.WriteLine(done.Result));");

    [Fact]
    public Task Another_task_in_a_continuation_is_flagged() => Flags(
        "public Task M(Task t, Task<int> other) => t.ContinueWith(done => Console.WriteLine([|other.Result|]));");

    [Fact]
    public Task On_a_path_that_throws_it_is_allowed() =>
        Allows("public void M(Task t, int n) { if (n < 0) { t.Wait(); throw new Exception(); } }");

    [Fact]
    public Task On_a_path_that_goes_on_it_is_flagged() =>
        Flags("public void M(Task t, int n) { if (n < 0) { [|t.Wait()|]; } }");

    [Fact]
    public Task In_a_function_that_stands_in_a_field_it_is_flagged() => Flags("Func<Task<int>, int> f = t => [|t.Result|];");

    [Fact]
    public Task Where_only_a_thread_of_its_own_leads_it_is_allowed() => Allows(
        "Task t; public void Start() => new Thread(Loop).Start(); void Loop() => Step(); void Step() => t.Wait();");

    [Fact]
    public Task Where_nobody_is_seen_to_lead_it_is_flagged() => Flags("Task t; public void Loop() => Step(); void Step() => [|t.Wait()|];");

    [Fact]
    public Task On_a_GIL_thread_it_is_another_rules_business() => Allows(
        "void Start(Quintet.GilThreads.GlobalInterpreterLock gil, Task t) => gil.StartThread(() => { t.Wait(); });");

    private const string Window = "class V : System.Windows.Forms.Form { static async Task<int> Go() { await Task.Delay(9); return 1; } ";

    [Theory]
    [InlineData("static int Wrap(Task<int> t) => t.Result; void OnClick(object s, EventArgs e) { Wrap(Go()); }")]
    [InlineData("static int Wrap(Task<int> t) => t.Result; async Task M() { await Task.Yield(); Wrap(Go()); }")]
    [InlineData("static int Wrap(Task<int> t) => t.Result; static void Two() => Wrap(Go()); void OnClick(object s, EventArgs e) => Two();")]
    [InlineData("static void Do(Action a) => a(); void OnClick(object s, EventArgs e) => Do(() => Console.Write(Go().Result));")]
    public Task What_only_those_do_who_report_it_is_told_there(string members) => Allows(Window + members + " }");

    [Theory]
    [InlineData("static int Wrap(Task<int> t) => [|t.Result|]; void Other() { [|Wrap(Go())|]; }")]
    [InlineData("static int Wrap(Task<int> t) => t.IsCompleted ? t.Result : 0; void Other() { Wrap(Go()); } int Own() => [|Go().Result|];")]
    [InlineData("static int Wrap(Task<int> t) => [|t.Result|]; void Other() { [|Wrap(Go())|]; } "
        + "void OnClick(object s, EventArgs e) => Wrap(Go());")]
    [InlineData("public static int Wrap(Task<int> t) => [|t.Result|]; public void Other() { [|Wrap(Go())|]; }")]
    [InlineData("public static int Wrap(Task<int> t) => [|t.Result|]; void OnClick(object s, EventArgs e) { Wrap(Go()); }")]
    [InlineData("static void Keep(Action a) { } void OnClick(object s, EventArgs e) => Keep(() => Console.Write([|Go().Result|]));")]
    public Task Whoever_else_does_it_is_told_himself(string members) => Flags("public " + Window + members + " }");

    // Whoever only continues tasks is given one that has ended; with one fact changed: somebody calls him.
    [Theory]
    [InlineData("Task<int> M() => Ask().ContinueWith(Finish); static int Finish(Task<int> t) => {0};", "int Own() => Finish(Ask());")]
    [InlineData("Task<int> M() => Ask().ContinueWith(this.Finish); int Finish(Task<int> t) => {0};", "int Own() => Finish(Ask());")]
    [InlineData("Task M() => Ask().ContinueWith(Finish); static void Finish(Task<int> t) { {0}.ToString(); }",
        "Action<Task<int>> Own() => Finish;")]
    public async Task A_method_that_only_continues_tasks_waits_for_none(string members, string other)
    {
        const string Asked = "public class C { static Task<int> Ask() => Task.Run(() => 1); ";
        await Allows(Asked + members.Replace("{0}", "t.Result") + " }");
        await Flags(Asked + members.Replace("{0}", "[|t.Result|]") + other.Replace("Finish(Ask())", "[|Finish(Ask())|]") + " }");
    }

    [Theory]
    [InlineData("Task.WhenAll(a, b).ContinueWith(_ => a.Result + b.Result)",
        "Task.WhenAll(a, b).ContinueWith(_ => a.Result + [|c.Result|])")]
    [InlineData("Task.WhenAll(new[] { a, b }).ContinueWith(_ => b.Result)",
        "Task.WhenAll(new[] { a, c }).ContinueWith(_ => [|b.Result|])")]
    [InlineData("Task.WhenAll(all).ContinueWith(_ => all[0].Result)", "Task.WhenAll(all).ContinueWith(_ => [|c.Result|])")]
    public async Task Behind_all_of_several_tasks_each_has_ended(string ended, string open)
    {
        const string Members = "public Task<int> M(Task<int> a, Task<int> b, Task<int> c, Task<int>[] all) => ";
        await Allows(Members + ended + ";");
        await Flags(Members + open + ";");
    }
}
