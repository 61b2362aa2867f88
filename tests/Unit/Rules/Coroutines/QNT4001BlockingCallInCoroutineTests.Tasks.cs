using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// Tasks that are known to be complete: reading their result waits for nothing.
public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    [Fact]
    public Task A_result_is_flagged() => Flags(
        "async Task<int> M(Task<int> t) { await Task.Yield(); return [|t.Result|]; }", "while it waits for a task", "await the task");

    [Fact]
    public Task The_result_of_an_awaited_task_is_allowed() => Allows(
        "async Task<int> M(Task<int> t) { await t; return t.Result; }");

    [Fact]
    public Task The_result_of_another_task_than_the_awaited_one_is_flagged() => Flags(
        "async Task<int> M(Task<int> t, Task<int> other) { await other; return [|t.Result|]; }");

    [Fact]
    public Task A_task_that_was_assigned_again_after_its_await_is_flagged() => Flags(
        "async Task<int> M(Task<int> t, Task<int> other) { await t; t = other; return [|t.Result|]; }");

    [Fact]
    public Task Arguments_of_WhenAll_are_complete() => Allows(
        "async Task<int> M(Task<int> a, Task<int> b) { await Task.WhenAll(a, b); return a.Result + b.Result; }");

    [Fact]
    public Task A_task_that_is_no_argument_of_WhenAll_is_flagged() => Flags(
        "async Task<int> M(Task<int> a, Task<int> b, Task<int> c) { await Task.WhenAll(a, b); return [|c.Result|]; }");

    [Fact]
    public Task Elements_of_the_array_given_to_WhenAll_are_complete() => Allows(
        "async Task<int> M(Task<int>[] tasks) { await Task.WhenAll(tasks); return tasks[0].Result + tasks[^1].Result; }");

    [Theory]
    [InlineData("await Task.WhenAll(tasks.ToArray());")]
    [InlineData("await Task.WhenAll(tasks.AsReadOnly());")]
    [InlineData("await Task.WhenAll(tasks.ToList());")]
    public Task Elements_of_a_list_whose_copy_was_awaited_are_complete(string wait) =>
        Allows("async Task<int> M(List<Task<int>> tasks) { " + wait + " return tasks[0].Result; }");

    [Fact]
    public Task Elements_of_a_list_whose_part_was_awaited_are_flagged() => Flags(
        "async Task<int> M(List<Task<int>> tasks) { await Task.WhenAll(tasks.GetRange(1, 2)); return [|tasks[0].Result|]; }");

    [Fact]
    public Task Elements_of_an_array_that_nobody_awaited_are_flagged() => Flags(
        "async Task<int> M(Task<int>[] tasks, Task<int>[] others) { await Task.WhenAll(others); return [|tasks[0].Result|]; }");

    [Fact]
    public Task The_loop_variable_over_awaited_tasks_is_complete() => Allows(
        "async Task<int> M(List<Task<int>> tasks) { await Task.WhenAll(tasks); var n = 0; foreach (var t in tasks) n += t.Result; "
        + "return n; }");

    [Fact]
    public Task The_loop_variable_over_other_tasks_is_flagged() => Flags(
        "async Task<int> M(List<Task<int>> tasks) { await Task.Yield(); var n = 0; foreach (var t in tasks) n += [|t.Result|]; "
        + "return n; }");

    [Fact]
    public Task A_selection_of_the_results_of_awaited_tasks_is_allowed() => Allows(
        "async Task<List<int>> M(List<Task<int>> tasks) { await Task.WhenAll(tasks); return tasks.Select(t => t.Result).ToList(); }");

    [Fact]
    public Task The_winner_of_WhenAny_is_complete() => Allows(
        "async Task<int> M(Task<int> a, Task<int> b) { var winner = await Task.WhenAny(a, b); return winner.Result; }");

    [Fact]
    public Task The_others_of_WhenAny_are_not() => Flags(
        "async Task<int> M(Task<int> a, Task<int> b) { var winner = await Task.WhenAny(a, b); return [|a.Result|]; }");

    [Fact]
    public Task The_task_that_is_the_winner_is_complete() => Allows(
        "async Task<int> M(Task<int> a, Task b) { if (await Task.WhenAny(a, b) == a) return a.Result; return 0; }");

    [Fact]
    public Task The_task_that_is_not_the_winner_is_flagged() => Flags(
        "async Task<int> M(Task<int> a, Task b) { if (await Task.WhenAny(a, b) != a) return [|a.Result|]; return 0; }");

    [Fact]
    public Task A_branch_on_IsCompleted_is_allowed() => Allows(
        "async Task<int> M(Task<int> t) { await Task.Yield(); if (t.IsCompleted) return t.Result; return 0; }");

    [Fact]
    public Task The_other_branch_is_flagged() => Flags(
        "async Task<int> M(Task<int> t) { await Task.Yield(); if (!t.IsCompleted) return [|t.Result|]; return 0; }");

    [Fact]
    public Task An_early_return_leaves_a_complete_task() => Allows(
        "async Task<int> M(Task<int> t) { await Task.Yield(); if (!t.IsCompletedSuccessfully) return 0; return t.Result; }");

    [Fact]
    public Task A_branch_that_does_not_return_leaves_nothing() => Flags(
        "async Task<int> M(Task<int> t) { await Task.Yield(); if (!t.IsCompletedSuccessfully) Console.WriteLine(); return [|t.Result|]; }");

    [Fact]
    public Task Both_conditions_of_a_conjunction_hold_in_its_branch() => Allows(
        "async Task<int> M(Task<int> t, bool go) { await Task.Yield(); return go && t.IsCompleted ? t.Result : 0; }");

    [Fact]
    public Task Neither_condition_of_a_disjunction_does() => Flags(
        "async Task<int> M(Task<int> t, bool go) { await Task.Yield(); return go || t.IsCompleted ? [|t.Result|] : 0; }");

    [Fact]
    public Task The_fast_path_of_a_ValueTask_is_allowed() => Allows(
        "async Task<int> M(ValueTask<int> t) { await Task.Yield(); return t.IsCompletedSuccessfully ? t.Result : await t; }");

    [Fact]
    public Task The_slow_path_of_a_ValueTask_is_flagged() => Flags(
        "async Task<int> M(ValueTask<int> t) { await Task.Yield(); return t.IsCompletedSuccessfully ? 0 : [|t.Result|]; }");

    [Fact]
    public Task The_antecedent_of_a_continuation_is_complete() => Allows(
        "async Task M(Task<int> t) { await t.ContinueWith(done => Console.WriteLine(done.Result)); }");

    [Fact]
    public Task A_task_from_a_result_is_complete() => Allows(
        "async Task<int> M() { var t = Task.FromResult(1); await Task.Yield(); return t.Result; }");

    [Fact]
    public Task A_task_from_a_method_is_not() => Flags(
        "async Task<int> M() { var t = Make(); await Task.Yield(); return [|t.Result|]; } Task<int> Make() => null;");

    [Fact]
    public Task A_loop_that_awaits_leaves_a_complete_task_only_in_its_body() => Flags(
        "async Task<int> M(Task<int> t, int n) { while (n-- > 0) await t; return [|t.Result|]; }");

    [Fact]
    public Task An_await_in_a_try_holds_behind_its_handlers() => Allows(
        "async Task<int> M(Task<int> t) { try { await t; } catch (Exception) { return 0; } return t.Result; }");

    [Fact]
    public Task What_a_label_can_be_reached_from_is_not_known() => Flags(
        "async Task<int> M(Task<int> t, bool go) { if (go) goto end; await t; end: return [|t.Result|]; }");

    [Fact]
    public Task A_task_pattern_tells_that_it_is_complete() => Allows(
        "async Task<int> M(Task<int> t) { await Task.Yield(); return t is { IsCompletedSuccessfully: true } ? t.Result : 0; }");

    [Fact]
    public Task A_wait_that_succeeded_leaves_a_complete_task() => Allows(
        "async Task<int> M(Task<int> t) { await Task.Yield(); if (t.Wait(0)) return t.Result; return 0; }");

    [Fact]
    public Task Tasks_that_were_filtered_to_the_finished_ones_are_complete() => Allows(
        "public async Task<bool> M(List<Task<int>> tasks) { await Task.WhenAny(tasks); "
        + "return tasks.Where(t => t.Status == TaskStatus.RanToCompletion).OrderBy(t => t.Id).Any(t => t.Result > 0); }");

    [Fact]
    public Task Tasks_that_were_filtered_by_something_else_are_flagged() => Flags(
        "public async Task<bool> M(List<Task<int>> tasks) { await Task.WhenAny(tasks); "
        + "return tasks.Where(t => t.Id == 1).OrderBy(t => t.Id).Any(t => [|t.Result|] > 0); }");

    [Fact]
    public Task What_is_selected_from_finished_tasks_may_be_unfinished() => Flags(
        "public async Task<bool> M(List<Task<Task<int>>> tasks) { await Task.Yield(); "
        + "return tasks.Where(t => t.IsCompleted).Select(t => t.Result).Any(t => [|t.Result|] > 0); }");

    [Fact]
    public Task A_winner_that_was_complete_when_it_was_chosen_is_allowed() => Allows(
        """
        public async Task<int> M(List<Task<int>> tasks)
        {
            Task<int> winner = null;
            while (tasks.Count > 0)
            {
                var finished = await Task.WhenAny(tasks);
                if (finished.IsCompletedSuccessfully) { winner = finished; break; }
                tasks.Remove(finished);
            }
            if (winner == null) throw new Exception();
            return winner.Result;
        }
        """);

    [Fact]
    public Task A_winner_that_was_merely_chosen_is_flagged() => Flags(
        """
        public async Task<int> M(List<Task<int>> tasks)
        {
            Task<int> winner = null;
            while (tasks.Count > 0)
            {
                await Task.Yield();
                if (tasks[0].Id > 1) { winner = tasks[0]; break; }
                tasks.RemoveAt(0);
            }
            if (winner == null) throw new Exception();
            return [|winner.Result|];
        }
        """);

    [Fact]
    public Task A_property_that_asks_the_task_makes_it_known_to_be_complete() => Allows(
        "Task<int> _load; bool IsLoaded => _load.IsCompleted; "
        + "async Task<int> M() { await Task.Yield(); if (IsLoaded) return _load.Result; return 0; }");

    [Fact]
    public Task A_property_that_asks_another_task_does_not() => Flags(
        "Task<int> _load; Task _other; bool IsLoaded => _other.IsCompleted; "
        + "async Task<int> M() { await Task.Yield(); if (IsLoaded) return [|_load.Result|]; return 0; }");

    [Fact]
    public Task A_stream_that_its_factory_makes_in_memory_is_written_at_once() => Allows(
        "protected virtual Stream Make() => new MemoryStream(); "
        + "async Task M(byte[] b) { await Task.Yield(); var s = Make(); s.Write(b, 0, 1); }");

    [Fact]
    public Task A_stream_that_its_factory_opens_is_not() => Flags(
        "protected virtual Stream Make() => new FileStream(\"a\", FileMode.Open); "
        + "async Task M(byte[] b) { await Task.Yield(); var s = Make(); [|s.Write(b, 0, 1)|]; }");

    private const string Read = "async Task M() { await Task.Yield(); using var r = new StreamReader(Open()); ";

    [Fact]
    public Task A_resource_that_a_member_opens_is_in_memory() => Allows(
        "Stream Open() => typeof(C).Assembly.GetManifestResourceStream(\"a\")!; " + Read + "r.ReadToEnd(); }");

    [Fact]
    public Task A_file_that_a_member_opens_is_not() => Flags(
        "Stream Open() => File.OpenRead(typeof(C).Assembly.Location); " + Read + "[|r.ReadToEnd()|]; }");

    private static string Moving(string statements) =>
        "struct ThreadSwitcher { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => Task.CompletedTask.GetAwaiter(); }"
        + " static class Threads { public static Task SwitchToThreadPool() => Task.CompletedTask; "
        + "public static Task SwitchToMainThreadAsync() => Task.CompletedTask; public static Task Prepare() => Task.CompletedTask; "
        + "public static System.Runtime.CompilerServices.TaskAwaiter GetAwaiter(this System.Threading.Tasks.TaskScheduler s) => "
        + "Task.CompletedTask.GetAwaiter(); } "
        + "class C { async Task M(bool b) { " + statements + " } }";

    [Theory]
    [InlineData("await Threads.SwitchToThreadPool(); Thread.Sleep(10);")]
    [InlineData("await new ThreadSwitcher(); Thread.Sleep(10);")]
    [InlineData("await System.Threading.Tasks.TaskScheduler.Default; Thread.Sleep(10);")]
    [InlineData("await Threads.SwitchToThreadPool().ConfigureAwait(false); await Threads.Prepare(); Thread.Sleep(10);")]
    public Task A_coroutine_that_has_moved_itself_to_the_pool_is_left_to_the_possible_form(string statements) => Allows(Moving(statements));

    [Theory]
    [InlineData("await Threads.Prepare(); [|Thread.Sleep(10)|];")]
    [InlineData("[|Thread.Sleep(10)|]; await Threads.SwitchToThreadPool();")]
    [InlineData("if (b) await Threads.SwitchToThreadPool(); [|Thread.Sleep(10)|];")]
    [InlineData("await Threads.SwitchToThreadPool(); await Threads.SwitchToMainThreadAsync(); [|Thread.Sleep(10)|];")]
    public Task A_coroutine_that_has_not_or_has_come_back_is_flagged(string statements) => Flags(Moving(statements));

    [Theory]
    [InlineData("if (e.IsSet) e.Wait();")]
    [InlineData("if (!e.IsSet) return; e.Wait(5);")]
    public Task An_event_that_was_seen_to_be_set_is_not_waited_for(string statements) => Allows(
        "async Task M(ManualResetEventSlim e, ManualResetEventSlim f) { await Task.Yield(); " + statements + " }");

    [Theory]
    [InlineData("if (!e.IsSet) [|e.Wait()|];")]
    [InlineData("if (f.IsSet) [|e.Wait()|];")]
    [InlineData("if (e.IsSet) { e.Reset(); [|e.Wait()|]; }")]
    public Task An_event_that_may_not_be_set_is_waited_for(string statements) => Flags(
        "async Task M(ManualResetEventSlim e, ManualResetEventSlim f) { await Task.Yield(); " + statements + " }");

    [Fact]
    public Task A_task_that_the_author_asserts_to_be_complete_is_allowed() => Allows(
        "async Task<int> M(Task<int> t) { await Task.Yield(); System.Diagnostics.Debug.Assert(t.IsCompleted); return t.Result; }");

    [Fact]
    public Task A_task_of_which_something_else_is_asserted_is_flagged() => Flags(
        "async Task<int> M(Task<int> t) { await Task.Yield(); System.Diagnostics.Debug.Assert(t != null); return [|t.Result|]; }");

    private static string Stopped(string stop, string wait = "StopAsync().Wait()") =>
        "public async Task M() { await Task.Yield(); " + wait + "; } " + stop;

    [Theory]
    [InlineData("Task StopAsync() { Console.Write(1); return Task.CompletedTask; }")]
    [InlineData("Task<int> StopAsync() => Task.FromResult(1);")]
    public Task A_method_that_gives_only_complete_tasks_has_done_its_work(string stop) => Allows(Stopped(stop));

    [Theory]
    [InlineData("Task StopAsync() { if (Environment.HasShutdownStarted) return Task.Delay(1); return Task.CompletedTask; }")]
    [InlineData("public virtual Task StopAsync() => Task.CompletedTask; "
        + "class D : C { public override Task StopAsync() => Task.Delay(1); }")]
    [InlineData("async Task<Task> StopAsync() { await Task.Delay(1); return Task.CompletedTask; }")]
    public Task A_method_that_may_give_another_task_is_flagged(string stop) => Flags(Stopped(stop, "[|StopAsync().Wait()|]"));

    private static string Answered(string answer, string wait, string others = "") =>
        "interface IPeer { Task<bool> IsUpAsync(); } class Peer : IPeer { public Task<bool> IsUpAsync() => " + answer + "; } " + others
        + " class Desk(IPeer peer) { public async Task<bool> M() { await Task.Yield(); return " + wait + "; } }";

    [Fact]
    public Task The_only_implementation_gives_complete_tasks() => Allows(Answered("Task.FromResult(true)", "peer.IsUpAsync().Result"));

    [Theory]
    [InlineData("Task.Run(() => true)", "")]
    [InlineData("Task.FromResult(true)", "class Far : IPeer { public Task<bool> IsUpAsync() => Task.Run(() => true); }")]
    public Task An_implementation_gives_tasks_that_take_time(string answer, string others) =>
        Flags(Answered(answer, "[|peer.IsUpAsync().Result|]", others));

    private static string First(string use) =>
        "public async Task M(Task<int> a, Task<int> b, Task<int>[] all, Task<int>[] others) { await Task.Yield(); " + use + " }";

    [Theory]
    [InlineData("var i = [|Task.WaitAny(a, b)|]; if (i == 1) Console.Write(b.Result);")]
    [InlineData("if ([|Task.WaitAny(a, b)|] == 0) Console.Write(a.Result);")]
    [InlineData("var i = [|Task.WaitAny(all)|]; Console.Write(all[i].Result);")]
    public Task The_task_whose_index_WaitAny_gave_is_complete(string use) => Flags(First(use));

    [Theory]
    [InlineData("var i = [|Task.WaitAny(a, b)|]; if (i == 1) Console.Write([|a.Result|]);")]
    [InlineData("var i = [|Task.WaitAny(a, b)|]; if (i != 1) Console.Write([|b.Result|]);")]
    [InlineData("var i = [|Task.WaitAny(all)|]; Console.Write([|others[i].Result|]);")]
    public Task A_task_that_WaitAny_did_not_choose_is_flagged(string use) => Flags(First(use));
}
