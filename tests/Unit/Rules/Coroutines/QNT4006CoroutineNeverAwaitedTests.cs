using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4006CoroutineNeverAwaited>;

namespace Quintet.Tests.Rules.Coroutines;

public sealed partial class QNT4006CoroutineNeverAwaitedTests
{
    private const string Save = "async Task SaveAsync() { await Task.Yield(); throw new IOException(); }\n";

    private const string Cold = "async Quintet.Asyncio.Coroutine Work() { await Quintet.Asyncio.Aio.Yield(); }\n";

    [Fact]
    public Task A_statement_of_a_synchronous_method_is_flagged() =>
        Flags(Save + "void Close() { [|SaveAsync()|]; }", "'Close' never awaits 'C.SaveAsync'", "its exception is lost");

    [Fact]
    public Task The_same_in_an_asynchronous_method_is_flagged() =>
        Flags(Save + "async Task CloseAsync() { [|SaveAsync()|]; await Task.Yield(); }", "'CloseAsync' never awaits 'C.SaveAsync'");

    [Theory]
    [InlineData("\n#pragma warning disable CS4014\n", "\n#pragma warning restore CS4014\n")]
    [InlineData("\n#pragma warning disable 4014\n", "")]
    [InlineData("\n#pragma warning disable\n", "")]
    public async Task Where_the_compiler_is_told_not_to_warn_it_is_allowed(string before, string behind)
    {
        await Allows(Save + "async Task CloseAsync() {" + before + "SaveAsync();" + behind + " await Task.Yield(); }");
        await Allows(Save + "void Close() {" + before + "SaveAsync();" + behind + " }");
    }

    [Theory]
    [InlineData("\n#pragma warning disable CS4014\n#pragma warning restore CS4014\n")]
    [InlineData("\n#pragma warning disable CS1998\n")]
    public Task Where_it_may_warn_again_a_statement_of_a_synchronous_method_is_flagged(string before) =>
        Flags(Save + "void Close() {" + before + "[|SaveAsync()|]; }");

    [Fact]
    public Task Where_the_compiler_is_told_so_of_something_else_it_is_flagged() =>
        Flags(Save + "async Task CloseAsync() {\n#pragma warning disable CS1998\n[|SaveAsync()|];\n await Task.Yield(); }");

    // A contract of one's own that gives a task means one; of a method with a body, its body says so.
    [Theory]
    [InlineData("interface IBus { Task Notify(string text); }", true)]
    [InlineData("abstract class IBus { public abstract ValueTask Notify(string text); }", true)]
    [InlineData("interface IBus { Task Notify(string text); } class Bus : IBus "
        + "{ public Task Notify(string text) => Task.CompletedTask; }", false)]
    [InlineData("class IBus { public Task Notify(string text) => Task.Run(() => { }); }", false)]
    public async Task A_contract_is_a_coroutine_whatever_it_is_called(string contract, bool isLost)
    {
        var source = contract + "\nclass C { void Say(IBus bus) { {0}; } }";
        if (isLost) await Flags(source.Replace("{0}", "[|bus.Notify(\"a\")|]"));
        else await Allows(source.Replace("{0}", "bus.Notify(\"a\")"));
    }

    [Theory]
    [InlineData("names.ForEach(name => {0});")]
    [InlineData("Parallel.ForEach(names, name => {0});")]
    [InlineData("new Thread(() => {0}).Start();")]
    [InlineData("Action later = () => {0}; later();")]
    public Task A_loop_that_starts_one_for_each_element_is_flagged(string loop) =>
        Flags(Save + "void Close(List<string> names) { " + loop.Replace("{0}", "[|SaveAsync()|]") + " }");

    [Theory]
    [InlineData("Throws(() => SaveAsync()); void Throws(Action act) => act();")]
    [InlineData("ExceptionOf(() => SaveAsync()); void ExceptionOf(Action act) => act();")]
    [InlineData("Invoking(() => SaveAsync()); void Invoking(Action act) => act();")]
    [InlineData("Verify(() => SaveAsync()); void Verify(Action act) => act();")]
    [InlineData("Setup(() => SaveAsync()); void Setup(Action act) => act();")]
    [InlineData("await Parallel.ForEachAsync(names, async (name, _) => await SaveAsync());")]
    public Task A_function_that_somebody_looks_at_is_allowed(string use) =>
        Allows(Save + "async Task CloseAsync(List<string> names) { await Task.Yield(); " + use + " }");

    [Fact]
    public Task An_awaited_call_is_allowed() => Allows(Save + "async Task CloseAsync() { await SaveAsync(); }");

    [Fact]
    public Task A_discard_says_that_it_is_meant() => Allows(Save + "void Close() { _ = SaveAsync(); }");

    [Fact]
    public Task A_returned_task_is_allowed() => Allows(Save + "Task CloseAsync() => SaveAsync();");

    [Fact]
    public Task The_arrow_of_a_void_method_is_flagged() => Flags(Save + "void Close() => [|SaveAsync()|];");

    [Fact]
    public Task The_arrow_of_a_constructor_is_flagged() =>
        Flags("class D { async Task LoadAsync() => await Task.Delay(1); D() => [|LoadAsync()|]; }");

    [Fact]
    public Task A_call_behind_a_question_mark_is_flagged() => Flags(Save + "void Close(C other) { other?[|.SaveAsync()|]; }");

    [Fact]
    public Task A_configured_call_is_flagged() => Flags(Save + "void Close() { [|SaveAsync()|].ConfigureAwait(false); }");

    [Fact]
    public Task A_call_whose_task_is_passed_on_is_allowed() =>
        Allows(Save + "void Close() { Keep(SaveAsync()); } void Keep(Task task) => task.Wait();");

    [Fact]
    public Task A_waited_call_is_allowed() => Allows(Save + "void Close() { SaveAsync().Wait(); }");

    [Fact]
    public Task An_unread_local_is_flagged_in_asynchronous_methods_too() =>
        Flags(Save + "async Task CloseAsync() { var saving = [|SaveAsync()|]; await Task.Yield(); }",
            "which 'saving' keeps and nobody reads");

    [Fact]
    public Task A_local_that_is_used_in_any_way_is_allowed() =>
        Allows(Save + "async Task CloseAsync() { var saving = SaveAsync(); await Task.Yield(); GC.KeepAlive(saving); }");

    [Theory]
    [InlineData("beside.Cancel();", true)]
    [InlineData("await beside.CancelAsync();", true)]
    [InlineData("beside.Dispose();", false)]
    [InlineData("other.Cancel();", false)]
    public Task What_runs_beside_and_is_cancelled_afterwards_is_allowed(string end, bool allowed)
    {
        var call = allowed ? "ShowAsync(beside.Token)" : "[|ShowAsync(beside.Token)|]";
        var code = "async Task ShowAsync(CancellationToken token) => await Task.Delay(9, token); async Task LoadAsync() { "
            + "var beside = new CancellationTokenSource(); var other = new CancellationTokenSource(); "
            + $"var shown = {call}; await Task.Yield(); {end} }}";
        return allowed ? Allows(code) : Flags(code);
    }

    [Fact]
    public Task A_local_that_says_that_it_is_not_used_is_allowed() => Allows(Save + "void Close() { var ignored = SaveAsync(); }");

    [Fact]
    public Task A_list_that_nobody_awaits_is_flagged() =>
        Flags(Save + "void Close() { var tasks = new List<Task>(); for (var i = 0; i < 3; i++) tasks.Add([|SaveAsync()|]); }",
            "stands in 'tasks' that nobody awaits");

    [Fact]
    public Task A_list_that_somebody_awaits_is_allowed() => Allows(
        Save + "async Task CloseAsync() { var tasks = new List<Task>(); for (var i = 0; i < 3; i++) tasks.Add(SaveAsync());"
        + "await Task.WhenAll(tasks); }");

    [Fact]
    public Task A_list_that_was_given_is_allowed() =>
        Allows(Save + "void Close(List<Task> given) { var tasks = given; tasks.Add(SaveAsync()); }");

    [Fact]
    public Task A_projection_that_nobody_awaits_is_flagged() =>
        Flags(Save + "void Close(int[] all) { var tasks = [|all.Select(_ => SaveAsync()).ToList()|]; }");

    [Fact]
    public Task A_projection_of_values_is_allowed() =>
        Allows(Save + "void Close(int[] all) { var tasks = all.Select(one => one + 1).ToList(); }");

    [Fact]
    public Task A_delay_that_nobody_awaits_is_flagged() => Flags("void Pause() { [|Task.Delay(100)|]; }");

    [Fact]
    public Task A_gathering_that_nobody_awaits_is_flagged() => Flags("void Gather(List<Task> tasks) { [|Task.WhenAll(tasks)|]; }");

    [Fact]
    public Task Work_that_is_handed_to_the_pool_is_allowed() => Allows("void Start() { Task.Run(() => { }); }");

    [Fact]
    public Task Work_that_is_handed_to_somebody_is_allowed() =>
        Allows("void Start() { InvokeAsync(() => { }); } async Task InvokeAsync(Action work) { await Task.Yield(); work(); }");

    [Theory]
    [InlineData("ShowMessageAsync", true)]
    [InlineData("ShowErrorToastAsync", true)]
    [InlineData("ShowOrderAsync", false)]
    [InlineData("SendMessageAsync", false)]
    public Task Nobody_has_to_wait_until_a_message_is_closed(string name, bool allowed)
    {
        var show = $"async Task {name}() => await Task.Delay(1); ";
        return allowed ? Allows(show + $"void Refuse() {{ {name}(); }}") : Flags(show + $"void Refuse() {{ [|{name}()|]; }}");
    }

    [Fact]
    public Task A_coroutine_that_catches_everything_is_allowed() => Allows(
        "void Start() { LoopAsync(); } async Task LoopAsync() { try { await Task.Delay(1); } catch (Exception) { } }");

    [Fact]
    public Task The_only_implementation_catches_everything() => Allows(
        "interface IJobs { Task RunAsync(); } class Jobs : IJobs { public async Task RunAsync() "
        + "{ try { await Task.Delay(1); } catch (Exception) { } } } class C { void Start(IJobs jobs) { jobs.RunAsync(); } }");

    [Theory]
    [InlineData("catch (IOException) { }", "")]
    [InlineData("catch (Exception) { }", "class Others : IJobs { public async Task RunAsync() => await Task.Delay(1); }")]
    public Task An_implementation_lets_something_through(string handler, string other) => Flags(
        "interface IJobs { Task RunAsync(); } class Jobs : IJobs { public async Task RunAsync() "
        + "{ try { await Task.Delay(1); } " + handler + " } } " + other + " class C { void Start(IJobs jobs) { [|jobs.RunAsync()|]; } }");

    [Fact]
    public Task A_coroutine_that_catches_something_is_flagged() => Flags(
        "void Start() { [|LoopAsync()|]; } async Task LoopAsync() { try { await Task.Delay(1); } catch (IOException) { } }");

    [Fact]
    public Task A_method_that_has_ended_when_it_returns_is_allowed() =>
        Allows("void Start() { LoadAsync(); } Task LoadAsync() { return Task.CompletedTask; }");

    [Fact]
    public Task What_a_substitute_should_have_received_is_allowed() => Allows(
        "interface IBus { Task SendAsync(); } static class Substitute { public static T Received<T>(this T one) => one; }\n"
        + "class D { void Check(IBus bus) { bus.Received().SendAsync(); } }");

    [Fact]
    public Task A_library_call_is_flagged() => Flags("void Write(Stream stream) { [|stream.FlushAsync()|]; }");

    [Fact]
    public Task A_cold_coroutine_never_runs_wherever_it_is_dropped() =>
        Flags(Cold + "async Quintet.Asyncio.Coroutine Main() { [|Work()|]; await Quintet.Asyncio.Aio.Yield(); }", "so it never runs");

    [Fact]
    public Task A_cold_coroutine_that_is_awaited_is_allowed() => Allows(Cold + "async Quintet.Asyncio.Coroutine Main() { await Work(); }");

    [Fact]
    public Task A_discard_does_not_start_a_cold_coroutine() => Flags(Cold + "void Start() { _ = [|Work()|]; }");

    [Fact]
    public Task A_callback_drops_a_cold_coroutine() =>
        Flags(Cold + "void Start(Quintet.Asyncio.EventLoop loop) => loop.CallSoon(() => [|Work()|]);");

    [Fact]
    public Task A_callback_that_makes_a_task_of_it_is_allowed() =>
        Allows(Cold + "void Start(Quintet.Asyncio.EventLoop loop) => loop.CallSoon(() => loop.CreateTask(Work()));");

    [Fact]
    public Task A_cold_coroutine_made_a_task_is_allowed() =>
        Allows(Cold + "void Start(Quintet.Asyncio.EventLoop loop) { loop.CreateTask(Work()); }");

    [Fact]
    public Task A_goroutine_that_is_only_called_is_flagged() =>
        Flags("async Quintet.Goroutines.GoTask Work() { await Task.Yield(); } void Start() { [|Work()|]; }", "given to Go.Run");

    [Fact]
    public Task A_goroutine_that_is_started_is_allowed() =>
        Allows("async Quintet.Goroutines.GoTask Work() { await Task.Yield(); } void Start() { Quintet.Goroutines.Go.Run(Work()); }");

    [Theory]
    [InlineData("Work().AsTask();")]
    [InlineData("(Work()).AsTask();")]
    [InlineData("var working = Work().AsTask();")]
    public Task A_goroutine_that_is_made_a_task_runs(string use) =>
        Allows("async Quintet.Goroutines.GoTask Work() { await Task.Yield(); } void Start() { " + use + " }");

    [Fact]
    public Task A_token_that_is_cancelled_beside_the_work_is_allowed() =>
        Allows("void Stop(CancellationTokenSource source) { source.CancelAsync(); }");

    [Fact]
    public Task A_work_that_only_sounds_like_it_is_flagged() =>
        Flags("void Stop(Jobs jobs) { [|jobs.CancelAsync()|]; } "
            + "class Jobs { public async Task CancelAsync() => await Task.Delay(1); }");

    // A list is born with its tasks, or counted and no more; beside one that somebody goes through.
    [Theory]
    [InlineData("var l = new List<Task> { {0}, SaveAsync() };")]
    [InlineData("List<Task> l = new() { {0} };")]
    [InlineData("Task[] l = { {0}, SaveAsync() };")]
    [InlineData("var l = new[] { {0} };")]
    [InlineData("var l = new Task[] { {0} };")]
    [InlineData("List<Task> l = [{0}];")]
    [InlineData("var l = new List<Task> { {0} }; Console.WriteLine(l.Count);")]
    [InlineData("var l = new List<Task>(); l.Add({0}); Console.WriteLine(l.Count);")]
    public async Task A_list_that_is_born_full_and_nobody_awaits_is_flagged(string list)
    {
        await Flags(Save + "void Close() { " + list.Replace("{0}", "[|SaveAsync()|]", StringComparison.Ordinal) + " }");
        await Allows(Save + "void Close() { " + list.Replace("{0}", "SaveAsync()", StringComparison.Ordinal)
            + " foreach (var one in l) one.Wait(); }");
        await Allows(Save + "void Close() { " + list.Replace("{0}", "Task.CompletedTask", StringComparison.Ordinal)
            .Replace("SaveAsync()", "Task.CompletedTask", StringComparison.Ordinal) + " }");
    }
}
