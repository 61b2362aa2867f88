using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4006CoroutineNeverAwaited>;

namespace Quintet.Tests.Rules.Coroutines;

// Coroutines of which nothing is lost, and functions that are given with the call.
public sealed partial class QNT4006CoroutineNeverAwaitedTests
{
    private const string Caught = "static async Task Caught() { try { await Task.Delay(1); } catch (Exception) { } } ";

    private static string Dropping(string body, bool flagged) => Caught
        + "int _n; static void Work() { } async Task AllAsync(List<Task> all) { " + body
        + " } void Start(List<Task> all) { " + (flagged ? "[|AllAsync(all)|]" : "AllAsync(all)") + "; }";

    [Theory]
    [InlineData("foreach (var one in all) { try { await one; } catch (Exception) { } }",
        "foreach (var one in all) { try { Work(); } catch (Exception) { } await one; }")]
    [InlineData("await Task.Run(() => { try { Work(); } catch (Exception) { } });", "await Task.Run(() => { Work(); });")]
    [InlineData("await Task.Run(() => { _n = 2; });", "await Task.Run(() => { _n = all.Count(); });")]
    [InlineData("await Caught();", "await Task.Delay(1);")]
    [InlineData("await Caught();", "await Caught(); Work();")]
    [InlineData("await Task.Run(() => { _n = 2; });", "await using var s = new MemoryStream(); await Task.Run(() => { _n = 2; });")]
    [InlineData("try { await all[0]; } catch (Exception) { }", "try { await all[0]; } finally { Work(); }")]
    [InlineData("try { await all[0]; } catch (Exception) { }", "try { } catch (Exception) { await all[0]; }")]
    [InlineData("if (all.Count == 0) return; await Caught();", "if (all.Count == 0) throw new Exception(); await Caught();")]
    [InlineData("try { await foreach (var one in Task.WhenEach(all)) { } } catch (Exception) { }",
        "await foreach (var one in Task.WhenEach(all)) { try { await one; } catch (Exception) { } }")]
    public async Task A_coroutine_loses_nothing_where_all_that_it_awaits_is_caught(string caught, string lost)
    {
        await Allows(Dropping(caught, flagged: false));
        await Flags(Dropping(lost, flagged: true));
    }

    // Who could simply await wants to know when it ends.
    [Theory]
    [InlineData("void", false)]
    [InlineData("async Task", true)]
    public Task An_asynchronous_caller_has_forgotten_to_await(string caller, bool flagged)
    {
        var code = "async Task ClearAsync() { await Task.Run(() => { _n = 0; }); } int _n; " + caller + " Start() { {0}; "
            + (flagged ? "await Task.Yield(); }" : "}");
        return flagged ? Flags(code.Replace("{0}", "[|ClearAsync()|]")) : Allows(code.Replace("{0}", "ClearAsync()"));
    }

    private const string Told = "async Task SaveAsync(string text, Action<Exception> failed = null) => await Task.Delay(1); ";

    [Theory]
    [InlineData("[|SaveAsync(\"a\")|]")]
    [InlineData("[|SaveAsync(\"a\", null)|]")]
    public Task A_function_that_is_not_given_sees_nothing(string call) => Flags(Told + $"void Start() {{ {call}; }}");

    [Fact]
    public Task A_function_that_is_given_may_see_to_it() => Allows(Told + "void Start() { SaveAsync(\"a\", e => Console.Write(e)); }");

    [Fact]
    public Task A_pause_that_is_not_awaited_is_none() =>
        Flags("void Start() { [|Task.Delay(100)|]; }", "the code goes on at once, so there is no pause");

    [Theory]
    [InlineData("ShowModalAsync", false)]
    [InlineData("ShowOrderAsync", true)]
    public Task A_dialog_is_a_message(string name, bool flagged)
    {
        var show = $"async Task {name}() => await Task.Delay(1); ";
        return flagged ? Flags(show + $"void Refuse() {{ [|{name}()|]; }}") : Allows(show + $"void Refuse() {{ {name}(); }}");
    }

    [Theory]
    [InlineData("tIgnore", false)]
    [InlineData("tIgnition", true)]
    public Task A_name_may_say_that_it_is_lost_on_purpose(string name, bool flagged)
    {
        var code = "async Task RunAsync() => await Task.Delay(1); void Start() { var " + name + " = {0}; }";
        return flagged ? Flags(code.Replace("{0}", "[|RunAsync()|]")) : Allows(code.Replace("{0}", "RunAsync()"));
    }

    private const string Hub =
        "namespace Microsoft.AspNetCore.SignalR { public interface IPage { Task TickAsync(int n); } "
        + "public interface IPages { IPage All { get; } IPage Caller { get; } IPage Others { get; } IPage Group(string name); "
        + "IPage Groups(string name); IPage AllExcept(string id); } "
        + "public interface IHub { IPages Clients { get; } IPages Pages { get; } } }\n"
        + "class Shop { public Microsoft.AspNetCore.SignalR.IPage All { get; } } class Repo { public Shop Clients { get; } }\n"
        + "class C { Repo _repo; Microsoft.AspNetCore.SignalR.IHub _hub; "
        + "async Task SendAsync() { await _hub.Clients.All.TickAsync(1); } class D { } ";

    // A message to the pages that happen to be open.
    [Theory]
    [InlineData("void Tick() { {0}; }", "_hub.Clients.Caller.TickAsync(1)", "_hub.Clients.All.TickAsync(1)")]
    [InlineData("void Tick() { {0}; }", "_hub.Pages.All.TickAsync(1)", "_hub.Clients.Others.TickAsync(1)")]
    [InlineData("void Tick() { {0}; }", "", "_hub.Clients.Group(\"a\").TickAsync(1)")]
    [InlineData("void Tick() { {0}; }", "", "_hub.Clients.Groups(\"a\").TickAsync(1)")]
    [InlineData("void Tick() { {0}; }", "", "_hub.Clients.AllExcept(\"a\").TickAsync(1)")]
    [InlineData("void Tick() { {0}; }", "_repo.Clients.All.TickAsync(1)", "")]
    [InlineData("async Task Tick() { {0}; await Task.Yield(); }", "_hub.Clients.All.TickAsync(1)", "")]
    [InlineData("void Tick() { {0}; }", "", "SendAsync()")]
    public async Task A_broadcast_is_not_waited_for(string member, string flagged, string allowed)
    {
        if (flagged.Length > 0) await Flags(Hub + member.Replace("{0}", $"[|{flagged}|]") + " }");
        if (allowed.Length > 0) await Allows(Hub + member.Replace("{0}", allowed) + " }");
    }

    [Fact]
    public Task A_task_of_ones_own_has_a_run_of_its_own() => Flags(
        "namespace App.Tasks { public class Task { public async System.Threading.Tasks.Task Run() => "
        + "await System.Threading.Tasks.Task.Delay(1); } "
        + "class B { async System.Threading.Tasks.Task StartAsync() { await new Task().Run(); } void Go() { [|StartAsync()|]; } } }");
}
