using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4008BlockingCallInRequest>;

namespace Quintet.Tests.Rules.Coroutines;

public sealed class QNT4008BlockingCallInRequestTests
{
    private static string Action(string member) => $"public class Orders : Microsoft.AspNetCore.Mvc.ControllerBase\n{{\n    {member}\n}}";

    private static string Map(string handler) =>
        $$"""
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        class Api { public static void Map(WebApplication app) => app.MapGet("/orders", {{handler}}); }
        """;

    [Fact]
    public Task A_synchronous_action_that_reads_a_file_is_flagged() => Flags(
        Action("public string Get() => [|System.IO.File.ReadAllText(\"a\")|];"), "'Get' serves a request",
        "every request holds a pool thread");

    [Fact]
    public Task An_asynchronous_action_is_allowed() => Allows(
        Action("public async Task<string> Get() => await System.IO.File.ReadAllTextAsync(\"a\");"));

    [Fact]
    public Task An_asynchronous_action_that_blocks_is_a_coroutine() => Allows(
        Action("public async Task<string> Get() { await Task.Yield(); return System.IO.File.ReadAllText(\"a\"); }"));

    [Fact]
    public Task A_synchronous_wait_in_an_action_is_flagged() => Flags(Action("public int Get(Task<int> t) => [|t.Result|];"));

    [Fact]
    public Task A_complete_task_in_an_action_is_allowed() => Allows(Action("public int Get() => Task.FromResult(1).Result;"));

    [Fact]
    public Task A_chain_from_an_action_is_flagged() => Flags(
        Action("public string Get() => [|Load()|]; string Load() => System.IO.File.ReadAllText(\"a\");"), "Get → Load → File.ReadAllText");

    [Fact]
    public Task A_method_that_is_no_action_is_allowed() => Allows(
        Action("[Microsoft.AspNetCore.Mvc.NonAction] public string Load() => System.IO.File.ReadAllText(\"a\");"));

    [Fact]
    public Task A_class_that_is_no_controller_is_allowed() => Allows(
        "public class Orders { public string Get() => System.IO.File.ReadAllText(\"a\"); }");

    [Fact]
    public Task A_synchronous_minimal_api_is_flagged() => Flags(Map("() => [|System.IO.File.ReadAllText(\"a\")|]"));

    [Fact]
    public Task An_asynchronous_minimal_api_is_allowed() => Allows(Map("async () => await System.IO.File.ReadAllTextAsync(\"a\")"));

    // It returns a task, as an action may that is no async method either: a coroutine until then, and QNT4001's.
    [Theory]
    [InlineData("() => { Thread.Sleep(1); return Task.FromResult(1); }")]
    [InlineData("() => Task.FromResult(System.IO.File.ReadAllText(\"a\"))")]
    public Task A_minimal_api_that_works_before_its_task_is_a_coroutine(string handler) => Allows(Map(handler));

    [Fact]
    public Task A_page_handler_is_a_request() => Flags(
        "public class Index : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public void OnGet() { [|Thread.Sleep(1)|]; } }");

    [Fact]
    public Task Another_method_of_a_page_is_not() => Allows(
        "public class Index : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public void Refresh() { Thread.Sleep(1); } }");

    [Fact]
    public Task A_filter_runs_in_the_request() => Flags(
        """
        class Audit : Microsoft.AspNetCore.Mvc.Filters.IActionFilter
        {
            public void OnActionExecuting(Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext context) { [|Thread.Sleep(1)|]; }
            public void OnActionExecuted(Microsoft.AspNetCore.Mvc.Filters.ActionExecutedContext context) { }
        }
        """);

    [Fact]
    public Task The_same_method_without_the_interface_does_not() => Allows(
        """
        class Audit
        {
            public void OnActionExecuting(Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext context) { Thread.Sleep(1); }
        }
        """);

    [Fact]
    public Task A_lock_of_many_readers_is_not_enough() => Allows(Action(
        "static readonly ReaderWriterLockSlim Gate = new(); public int Get() { Gate.EnterReadLock(); Gate.ExitReadLock(); return 1; }"));

    [Theory]
    [InlineData("System.IO.Compression.ZipFile.ExtractToDirectory(\"a\", \"b\")")]
    [InlineData("System.IO.Directory.Delete(\"a\", true)")]
    public Task Archives_and_trees_in_a_request_are_flagged(string work) => Flags(Action($"public void Post() {{ [|{work}|]; }}"));

    [Fact]
    public Task Brief_work_in_a_request_is_allowed() => Allows(Action("public bool Get() => System.IO.File.Exists(\"a\");"));

    [Fact]
    public Task A_task_returning_method_that_passes_a_call_on_is_allowed() => Allows(
        Action("public Task<string> Get() => System.IO.File.ReadAllTextAsync(\"a\");"));

    private static string Mapped(string member) =>
        "using Microsoft.AspNetCore.Builder;\npublic static class Api { public static void Map(WebApplication app) { "
        + "app.MapGet(\"/orders\", List); List(); } " + member + " }";

    [Theory]
    [InlineData("static string List() => [|System.IO.File.ReadAllText(\"a\")|];")]
    [InlineData("public static string List() => [|System.IO.File.ReadAllText(\"a\")|];")]
    [InlineData("static string List() { return [|Load()|]; } static string Load() => System.IO.File.ReadAllText(\"a\");")]
    public Task A_handler_that_is_named_is_flagged(string member) => Flags(Mapped(member), "'List' serves a request");

    [Fact]
    public Task A_named_handler_of_another_class_is_flagged() => Flags(
        "using Microsoft.AspNetCore.Builder;\nstatic class Api { static void Map(WebApplication app) => app.MapGet(\"/\", Orders.List); }\n"
        + "static class Orders { public static string List() => [|System.IO.File.ReadAllText(\"a\")|]; }");

    [Fact]
    public Task A_local_handler_that_is_named_is_flagged() => Flags(
        "using Microsoft.AspNetCore.Builder;\nstatic class Api { static void Map(WebApplication app) { app.MapGet(\"/\", List); "
        + "string List() => [|System.IO.File.ReadAllText(\"a\")|]; } }");

    [Fact]
    public Task A_method_of_that_name_that_is_only_called_is_allowed() => Allows(Mapped(
        "static string List() => \"\"; } static class Other { static string List() => System.IO.File.ReadAllText(\"a\");"));

    [Fact]
    public Task A_local_function_that_is_only_called_is_allowed() => Allows(
        "using Microsoft.AspNetCore.Builder;\nstatic class Api { static void Map(WebApplication app) { app.MapGet(\"/\", () => 1); List(); "
        + "string List() => System.IO.File.ReadAllText(\"a\"); } }");

    [Fact]
    public Task A_method_that_a_list_runs_at_once_is_allowed() => Allows(
        "static class Api { static void Map(System.Collections.Generic.List<string> all) => all.ForEach(Load); "
        + "static void Load(string path) => System.IO.File.ReadAllText(path); }");

    private static string Count(string work) =>
        "public class Orders : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get(int[] numbers) { var n = 0; " + work
        + "; return n; } }";

    [Fact]
    public Task A_request_that_works_along_in_parallel_is_allowed() =>
        Allows(Count("System.Threading.Tasks.Parallel.ForEach(numbers, k => System.Threading.Interlocked.Add(ref n, k))"));

    [Fact]
    public Task A_request_that_waits_for_others_is_flagged() =>
        Flags(Count("[|System.Threading.Tasks.Task.WaitAll(System.Array.ConvertAll(numbers, k => System.Threading.Tasks.Task.Delay(k))"
            + ")|]"));

    private static string Behind(string other, string call) =>
        $$"""
        interface ISource { string Read(); }
        class FileSource : ISource { public string Read() => File.ReadAllText("a"); }
        {{other}}
        public class Orders : Microsoft.AspNetCore.Mvc.ControllerBase { ISource _source; public string Get() => {{call}}; }
        """;

    [Fact]
    public Task The_only_implementation_that_reads_a_file_is_flagged() => Flags(Behind("", "[|_source.Read()|]"));

    [Fact]
    public Task One_of_several_implementations_is_allowed() =>
        Allows(Behind("class FixedSource : ISource { public string Read() => \"a\"; }", "_source.Read()"));
}
