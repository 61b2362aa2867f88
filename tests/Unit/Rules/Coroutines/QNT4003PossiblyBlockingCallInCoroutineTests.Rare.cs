using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4003PossiblyBlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// What happens seldom, is over at once or is known to be done: the possible form. One fact changed, it is left to the warning.
public sealed partial class QNT4003PossiblyBlockingCallInCoroutineTests
{
    private static string Saved(string copy) =>
        "class Shortcuts { string _path = \"a\"; string _other = \"b\"; "
        + "public async Task SaveAsync(string path) { await Task.Yield(); " + copy + "; } }";

    [Theory]
    [InlineData("File.Copy(path, path + \".bak\", true)")]
    [InlineData("File.Copy(_path, $\"{_path}.bak\")")]
    [InlineData("File.Copy(_path, Path.ChangeExtension(_path, \"bak\"), true)")]
    [InlineData("File.Copy(_path + \".bak\", _path, true)")]
    public Task A_file_that_is_copied_beside_itself_is_possible(string copy) => Flags(Saved("[|" + copy + "|]"));

    [Theory]
    [InlineData("File.Copy(path, _path + \".bak\", true)")]
    [InlineData("File.Copy(_path, $\"{_other}.bak\")")]
    [InlineData("File.Copy(_path, Path.Combine(_other, Path.GetFileName(_path)), true)")]
    public Task A_file_that_is_copied_elsewhere_is_left_to_the_warning(string copy) => Allows(Saved(copy));

    private static string Failed(string type, string member, string call) =>
        $"static class {type} {{ public static void {member}(string text) {{ text += 1; File.AppendAllText(\"a\", text); }} }} "
        + "class C { public async Task M(string text) { await Task.Yield(); if (text != \"\") " + call + "; } }";

    [Theory]
    [InlineData("Store", "ShowSaveError")]
    [InlineData("Store", "WriteException")]
    [InlineData("CrashReport", "Add")]
    public Task What_tells_of_a_failure_is_possible(string type, string member) =>
        Flags(Failed(type, member, $"[|{type}.{member}(text)|]"));

    [Theory]
    [InlineData("Store", "ShowSaved")]
    [InlineData("Store", "CorrectErrors")]
    [InlineData("SalesReport", "Add")]
    public Task What_tells_of_something_else_is_left_to_the_warning(string type, string member) =>
        Allows(Failed(type, member, $"{type}.{member}(text)"));

    private static string Tried(string work, string call) =>
        "void Keep(string text) { text += 1; " + work + "; } public async Task M() { try { await Task.Yield(); } catch (IOException e) { "
        + call + "; } }";

    [Fact]
    public Task A_file_that_a_handler_of_exceptions_has_written_is_possible() =>
        Flags(Tried("File.AppendAllText(\"a\", text)", "[|Keep(e.Message)|]"));

    [Fact]
    public Task A_sleep_before_the_next_attempt_is_left_to_the_warning() => Allows(Tried("Thread.Sleep(1000)", "Keep(e.Message)"));

    [Theory]
    [InlineData("SeedDatabaseAsync")]
    [InlineData("MigrateAsync")]
    public Task A_member_that_runs_alone_by_its_name_is_possible(string member) =>
        Flags($"public async Task {member}() {{ await Task.Yield(); [|Thread.Sleep(100)|]; }}");

    [Theory]
    [InlineData("SeedUsersAsync")]
    [InlineData("EmigrateAsync")]
    public Task A_member_that_only_sounds_like_it_is_left_to_the_warning(string member) =>
        Allows($"public async Task {member}() {{ await Task.Yield(); Thread.Sleep(100); }}");

    private static string Written(string type, string work) =>
        $"class {type} {{ public async Task M(string path, string errorMessage, string text) {{ await Task.Yield(); {work}; }} }}";

    [Theory]
    [InlineData("Import", "[|File.WriteAllText(path, errorMessage)|]")]
    [InlineData("CrashDialog", "[|File.Copy(path, text)|]")]
    public Task What_is_written_of_a_failure_is_possible(string type, string work) => Flags(Written(type, work));

    [Theory]
    [InlineData("Import", "File.WriteAllText(path, text)")]
    [InlineData("Import", "var errors = File.ReadAllText(errorMessage)")]
    [InlineData("OpenDialog", "File.Copy(path, text)")]
    public Task What_is_written_of_something_else_is_left_to_the_warning(string type, string work) => Allows(Written(type, work));

    private static string Parallel(string work, string call) =>
        "void Count(int[] numbers) { var n = 0; " + work + "; Console.WriteLine(n); } "
        + "public async Task M(int[] numbers) { await Task.Yield(); " + call + "; }";

    [Theory]
    [InlineData("System.Threading.Tasks.Parallel.ForEach(numbers, k => Interlocked.Add(ref n, k))")]
    [InlineData("n = numbers.AsParallel().ToList().Count")]
    public Task A_loop_in_parallel_behind_a_call_is_possible(string work) => Flags(Parallel(work, "[|Count(numbers)|]"));

    [Fact]
    public Task A_wait_behind_a_call_is_left_to_the_warning() => Allows(Parallel("Task.Delay(1).Wait()", "Count(numbers)"));

    [Fact]
    public Task A_parallel_query_is_possible_even_where_it_is_written() =>
        Flags("public async Task M(int[] numbers) { await Task.Yield(); var all = [|numbers.AsParallel().ToList()|]; }");

    [Fact]
    public Task A_parallel_loop_is_possible_even_where_it_is_written() =>
        Flags("public async Task M(int[] ns) { await Task.Yield(); [|System.Threading.Tasks.Parallel.ForEach(ns, k => { })|]; }");

    [Fact]
    public Task What_is_handed_to_a_control_and_waited_for_is_possible() => Flags(
        "public async Task M(System.Windows.Forms.Control control) { await Task.Yield(); [|control.Invoke(() => { })|]; }");

    [Theory]
    [InlineData("Drain>Monitor.Wait", true)]
    [InlineData("Monitor.Wait", false)]
    [InlineData("Drain>WaitHandle.WaitOne", false)]
    public Task Threads_that_take_turns_inside_of_a_package_are_possible(string via, bool flagged)
    {
        var package = With("obj/quintet.effects.quintet.txt", $"blocks  M:Acme.Printer.Flush  kind=wait  via={via}  -- compiled");
        var code = "namespace Acme { public abstract class Printer { public abstract void Flush(); } } "
            + "class C { async Task M(Acme.Printer p) { " + (flagged ? "[|p.Flush()|]" : "p.Flush()") + "; await Task.Yield(); } }";
        return flagged ? package.Flags(code) : package.Allows(code);
    }

    [Theory]
    [InlineData("certainty=possible", "not on every call")]
    [InlineData("weight=brief", "mostly brief")]
    public Task What_a_body_elsewhere_may_do_is_told_from_what_is_brief(string word, string doubt) => With(
        "obj/quintet.effects.quintet.txt", $"blocks  M:Acme.Printer.Flush  kind=file  {word}  via=Drain>File.Move  -- compiled").Flags(
        "namespace Acme { public abstract class Printer { public abstract void Flush(); } } "
        + "class C { async Task M(Acme.Printer p) { [|p.Flush()|]; await Task.Yield(); } }", doubt);

    [Fact]
    public Task Waiting_for_finalizers_is_possible() =>
        Flags("public async Task M() { await Task.Yield(); [|GC.WaitForPendingFinalizers()|]; }");

    private static string Head(string opened, string buffer, string read) =>
        "public async Task M(System.Net.Sockets.NetworkStream socket) { await Task.Yield(); using var s = " + opened
        + "; var head = " + buffer + "; " + read + "; }";

    [Theory]
    [InlineData("[|File.OpenRead(\"a\")|]")]
    [InlineData("new FileStream(\"a\", FileMode.Open)")]
    public Task The_first_bytes_of_a_file_are_possible(string opened) => Flags(Head(opened, "new byte[12]", "[|s.ReadExactly(head)|]"));

    [Theory]
    [InlineData("socket", "new byte[12]")]
    [InlineData("new FileStream(\"a\", FileMode.Open)", "new byte[60000]")]
    public Task The_first_bytes_of_a_connection_or_more_bytes_are_left_to_the_warning(string opened, string buffer) =>
        Allows(Head(opened, buffer, "s.ReadExactly(head)"));

    private static string Host(string type) =>
        $"class {type} {{ public Task StartAsync() => Task.CompletedTask; }} class Service {{ {type} _{type.ToLowerInvariant()} = new(); "
        + "public async Task BeginAsync() { {0}Thread.Sleep(100){1}; await _" + type.ToLowerInvariant() + ".StartAsync(); } }";

    [Fact]
    public Task What_comes_before_the_start_of_the_host_is_possible() =>
        Flags(Host("Host").Replace("{0}", "[|").Replace("{1}", "|]"));

    [Fact]
    public Task What_comes_before_another_start_is_left_to_the_warning() => Allows(Host("Timer").Replace("{0}", "").Replace("{1}", ""));

    private static string Handed(string start, string end, string work) =>
        "class View : System.Windows.Forms.Form { public Task M() => " + start + " await Task.Yield(); " + work + "; " + end + " }";

    [Fact]
    public Task What_a_lambda_on_the_pool_hands_to_its_window_is_possible() =>
        Flags(Handed("Task.Run(async () => {", "});", "[|Invoke(() => { })|]"));

    [Fact]
    public Task What_a_lambda_on_the_pool_waits_for_itself_is_left_to_the_warning() =>
        Allows(Handed("Task.Run(async () => {", "});", "Thread.Sleep(100)"));

    // Whether the callee blocks is not for its caller to say.
    [Theory]
    [InlineData("if (n < 0)")]
    [InlineData("if (_text == \"\")")]
    [InlineData("if (_text == null || n > 1)")]
    [InlineData("if (n > 1 && _text != null)")]
    [InlineData("if (_any is string)")]
    [InlineData("if (_any is string text && File.Exists(text))")]
    [InlineData("if (_any is not string)")]
    public Task A_branch_of_the_callee_is_possible(string condition) => Flags(Branch(condition, "[|Load(_n)|]"));

    // There has to be something to work on: no less sure than the call itself.
    [Theory]
    [InlineData("")]
    [InlineData("if (File.Exists(\"a\"))")]
    [InlineData("if (_text != null)")]
    [InlineData("if (n > 0)")]
    [InlineData("if (!string.IsNullOrEmpty(_text))")]
    [InlineData("if (_text is { } text && File.Exists(text))")]
    [InlineData("if (_text is string text && File.Exists(text))")]
    [InlineData("if (_text is string)")]
    [InlineData("if (_text is not null)")]
    [InlineData("if (_text is { Length: > 0 })")]
    [InlineData("if (_count is int count && count > 0)")]
    [InlineData("if (n is > 0)")]
    public Task A_guard_of_the_callee_is_left_to_the_warning(string condition) => Allows(Branch(condition, "Load(_n)"));

    private static string Branch(string condition, string call) =>
        "string _text; object _any; int? _count; int _n; public async Task M() { await Task.Yield(); " + call + "; } "
        + "void Load(int n) { " + condition + " File.WriteAllText(\"a\", \"b\"); }";

    // Whose thread nobody else waits for, and who runs a loop in parallel, is only possibly held.
    [Theory]
    [InlineData("void M() => Task.Run(async () => { await Task.Yield(); [|Load()|]; });")]
    [InlineData("void M() => new Thread(() => WorkAsync().Wait()).Start(); "
        + "async Task WorkAsync() { await Task.Yield(); [|Thread.Sleep(9)|]; }")]
    [InlineData("void M() => Task.Run(() => WorkAsync()); Task WorkAsync() { [|Thread.Sleep(9)|]; return Task.CompletedTask; }")]
    public Task What_stands_in_nobodys_way_is_possible(string members) => Flags(members + " void Load() => Thread.Sleep(9);");

    [Theory]
    [InlineData("async Task M() { await Task.Yield(); Load(); }")]
    [InlineData("void M() => WorkAsync().Wait(); async Task WorkAsync() { await Task.Yield(); Thread.Sleep(9); }")]
    [InlineData("void M() => Task.Run(() => WorkAsync()); async Task WorkAsync() { await Task.Yield(); Thread.Sleep(9); }")]
    [InlineData("void M() => Task.Run(() => WorkAsync()); Func<Task> f; "
        + "async Task WorkAsync() { await Task.Yield(); f = async () => { await Task.Yield(); Load(); }; }")]
    public Task What_may_stand_in_somebodys_way_is_left_to_the_warning(string members) =>
        Allows(members + " void Load() => Thread.Sleep(9);");

    [Theory]
    [InlineData("[|Sum()|]")]
    [InlineData("[|xs.AsParallel().ForAll(Thread.SpinWait)|]")]
    public Task A_parallel_loop_that_a_window_only_reaches_or_asks_as_a_query_is_possible(string loop) => Flags(Parallel(loop));

    [Fact]
    public Task A_parallel_loop_that_is_written_in_a_window_is_left_to_the_warning() =>
        Allows(Parallel("System.Threading.Tasks.Parallel.For(0, 9, Thread.SpinWait)"));

    private static string Parallel(string loop) =>
        $$"""
        class View : System.Windows.Forms.Form
        {
            async Task LoadAsync(int[] xs) { await Task.Yield(); {{loop}}; }
            void Sum() => System.Threading.Tasks.Parallel.For(0, 9, Thread.SpinWait);
        }
        """;

    [Fact]
    public Task Whoever_hands_a_result_to_a_window_is_possible() => Flags(
        "class Loader { System.Windows.Forms.Label _label; async Task M() { await Task.Yield(); [|_label.Invoke(() => { })|]; } }");

    [Fact]
    public Task A_window_that_does_so_is_on_its_own_thread() => Allows(
        "class View : System.Windows.Forms.Form { async Task M() { await Task.Yield(); Invoke(() => { }); } }");

    // An asynchronous signature that a contract asks for, over one synchronous statement, in both forms.
    [Theory]
    [InlineData("Task<int> CountAsync() => Task.FromResult([|Count()|]);")]
    [InlineData("Task<int> CountAsync() { return Task.FromResult([|Count()|]); }")]
    public Task An_adapter_is_possible(string adapter) => Flags(Adapting("public " + adapter), "behind a signature");

    // Whoever may choose the signature has chosen one that promises what it does not do.
    [Theory]
    [InlineData("Task<int> CountAsync() => Task.FromResult(Count());")]
    [InlineData("Task<int> CountAsync() { return Task.FromResult(Count()); }")]
    public Task A_signature_of_its_own_is_left_to_the_warning(string method) => Allows(method + Counting);

    private static string Adapting(string adapter) =>
        $"interface ICount {{ Task<int> CountAsync(); }} class C : ICount {{ {adapter}{Counting} }}";

    [Theory]
    [InlineData("Task<int> CountAsync() => Later(Count());")]
    [InlineData("Task<int> CountAsync() => this.Later(Count());")]
    [InlineData("Task<int> CountAsync() { return Task.FromResult(Count()); void Never() { } }")]
    public Task What_does_more_is_left_to_the_warning(string method) => Allows(Adapting("public " + method));

    private const string Counting = " int Count() { Thread.Sleep(9); return 1; } Task<int> Later(int n) => Task.FromResult(n);";

    // A queue written by hand: its reader waits until somebody comes by, its writer waits for nobody.
    [Theory]
    [InlineData("lock (gate) { while (count == 0) Monitor.Wait(gate); count--; }", true)]
    [InlineData("lock (gate) { Monitor.Wait(gate); count--; }", true)]
    [InlineData("lock (gate) { count++; Monitor.Pulse(gate); }", false)]
    [InlineData("lock (gate) { while (count == 0) Monitor.Wait(gate, 0); count--; }", false)]
    public Task Taking_turns_behind_a_call_is_possible(string body, bool flagged)
    {
        var code = "class Queue { readonly object gate = new(); int count; public void Do() { " + body + " } } "
            + "class C { public async Task M(Queue queue) { await Task.Yield(); " + (flagged ? "[|queue.Do()|]" : "queue.Do()") + "; } }";
        return flagged ? Flags(code, "as threads take turns") : Allows(code);
    }
}
