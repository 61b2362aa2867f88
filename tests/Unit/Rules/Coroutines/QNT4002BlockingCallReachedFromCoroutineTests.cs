using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    [Fact]
    public Task A_sleep_two_calls_away_is_flagged_where_the_coroutine_enters_it() => Flags(
        """
        public async Task HandleAsync() { [|Refresh()|]; await Task.Yield(); }
        void Refresh() => Pause();
        void Pause() => Thread.Sleep(1000);
        """,
        "HandleAsync → Refresh → Pause → Thread.Sleep");

    [Fact]
    public Task A_chain_that_starts_in_a_synchronous_method_is_allowed() => Allows(
        """
        public void Handle() { Refresh(); }
        void Refresh() => Pause();
        void Pause() => Thread.Sleep(1000);
        """);

    [Fact]
    public Task A_chain_ends_where_a_callee_is_a_coroutine_itself() => Allows(
        """
        public async Task HandleAsync() { await RefreshAsync(); }
        async Task RefreshAsync() { Thread.Sleep(1); await Task.Yield(); }
        """);

    [Fact]
    public Task Two_calls_of_the_same_method_are_one_finding() => Flags(
        """
        public async Task HandleAsync() { [|Pause()|]; await Task.Yield(); Pause(); }
        void Pause() => Thread.Sleep(1000);
        """, "Thread.Sleep, +1 more)");

    [Fact]
    public Task Two_causes_are_two_findings() => Flags(
        """
        public async Task HandleAsync() { [|Pause()|]; await Task.Yield(); [|Load()|]; }
        void Pause() => Thread.Sleep(1000);
        void Load() => File.ReadAllText("a");
        """);

    [Fact]
    public Task A_getter_that_blocks_is_flagged() => Flags(
        "string Title => File.ReadAllText(\"a\"); public async Task<string> M() { await Task.Yield(); return [|Title|]; }");

    [Fact]
    public Task A_getter_that_reads_a_field_is_allowed() => Allows(
        "string _title; string Title => _title; public async Task<string> M() { await Task.Yield(); return Title; }");

    [Fact]
    public Task A_setter_that_blocks_is_flagged() => Flags(
        "string _title = \"\"; string Title { get => _title; set { File.WriteAllText(\"a\", value); } } "
        + "public async Task M() { await Task.Yield(); [|Title|] = \"b\"; }");

    [Fact]
    public Task The_getter_beside_it_is_allowed() => Allows(
        "string _title = \"\"; string Title { get => _title; set { File.WriteAllText(\"a\", value); } } "
        + "public async Task<string> M() { await Task.Yield(); "
        + "return Title; }");

    [Fact]
    public Task An_indexer_that_blocks_is_flagged() => Flags(
        "string this[int n] => File.ReadAllText(\"a\"); public async Task<string> M() { await Task.Yield(); return [|this[0]|]; }");

    [Fact]
    public Task An_indexer_that_does_not_is_allowed() => Allows(
        "string this[int n] => \"a\"; public async Task<string> M() { await Task.Yield(); return this[0]; }");

    [Fact]
    public Task A_constructor_that_blocks_is_flagged() => Flags(
        """
        class Report { public Report() { File.ReadAllText("a"); } }
        class C { public async Task M() { await Task.Yield(); _ = [|new Report()|]; } }
        """, "M → new Report → File.ReadAllText");

    [Fact]
    public Task A_constructor_that_only_stores_is_allowed() => Allows(
        """
        class Report { readonly string _path; public Report() { _path = "a"; } }
        class C { public async Task M() { await Task.Yield(); _ = new Report(); } }
        """);

    [Fact]
    public Task An_initialiser_of_an_instance_belongs_to_its_construction() => Flags(
        """
        class Report { readonly string _text = File.ReadAllText("a"); }
        class C { public async Task M() { await Task.Yield(); _ = [|new Report()|]; } }
        """);

    [Fact]
    public Task A_base_constructor_belongs_to_the_construction() => Flags(
        """
        class Base { protected Base() { File.ReadAllText("a"); } }
        class Report : Base { public Report() { } }
        class C { public async Task M() { await Task.Yield(); _ = [|new Report()|]; } }
        """);

    [Fact]
    public Task The_end_of_a_using_disposes() => Flags(
        """
        class Report : IDisposable { public void Dispose() => Thread.Sleep(1); }
        class C { public async Task M() { await Task.Yield(); using var [|report = new Report()|]; } }
        """);

    [Fact]
    public Task The_end_of_an_await_using_disposes_asynchronously() => Allows(
        """
        class Report : IDisposable, IAsyncDisposable { public void Dispose() => Thread.Sleep(1);
        public ValueTask DisposeAsync() => default; }
        class C { public async Task M() { await Task.Yield(); await using var report = new Report(); } }
        """);

    [Fact]
    public Task Enumerating_an_iterator_runs_it() => Flags(
        """
        IEnumerable<int> Numbers() { Thread.Sleep(1); yield return 1; }
        public async Task M() { await Task.Yield(); foreach (var n in [|Numbers()|]) { } }
        """);

    [Fact]
    public Task Making_an_iterator_does_not() => Allows(
        """
        IEnumerable<int> Numbers() { Thread.Sleep(1); yield return 1; }
        public async Task<IEnumerable<int>> M() { await Task.Yield(); return Numbers(); }
        """);

    [Fact]
    public Task An_interpolated_string_calls_ToString() => Flags(
        """
        class Report { public override string ToString() => File.ReadAllText("a"); }
        class C { public async Task<string> M(Report r) { await Task.Yield(); return $"{[|r|]}"; } }
        """);

    [Fact]
    public Task The_ToString_of_a_type_without_one_is_allowed() => Allows(
        """
        class Report { public string Read() => File.ReadAllText("a"); }
        class C { public async Task<string> M(Report r) { await Task.Yield(); return $"{r}"; } }
        """);

    [Fact]
    public Task An_operator_that_blocks_is_flagged() => Flags(
        """
        class N { public static N operator +(N a, N b) { Thread.Sleep(1); return a; } }
        class C { public async Task<N> M(N a) { await Task.Yield(); return [|a + a|]; } }
        """);

    [Fact]
    public Task Another_operator_of_the_type_is_allowed() => Allows(
        """
        class N { public static N operator +(N a, N b) { Thread.Sleep(1); return a; } public static N operator -(N a, N b) => a; }
        class C { public async Task<N> M(N a) { await Task.Yield(); return a - a; } }
        """);

    [Fact]
    public Task A_conversion_that_blocks_is_flagged() => Flags(
        """
        class N { public static implicit operator string(N n) => File.ReadAllText("a"); }
        class C { public async Task<string> M(N a) { await Task.Yield(); string s = [|a|]; return s; } }
        """);

    [Fact]
    public Task A_conversion_that_does_not_is_allowed() => Allows(
        """
        class N { public static implicit operator string(N n) => "a"; }
        class C { public async Task<string> M(N a) { await Task.Yield(); string s = a; return s; } }
        """);

    [Fact]
    public Task A_local_function_is_followed() => Flags(
        "public async Task M() { await Task.Yield(); [|Inner()|]; void Inner() => Thread.Sleep(1); }", "M → Inner → Thread.Sleep");

    [Fact]
    public Task A_local_function_that_nobody_calls_is_allowed() => Allows(
        "public async Task M() { await Task.Yield(); void Inner() => Thread.Sleep(1); Action later = Inner; }");

    [Fact]
    public Task Recursion_is_solved() => Flags(
        """
        public async Task M() { await Task.Yield(); [|Walk(3)|]; }
        void Walk(int n) { if (n > 0) Back(n - 1); }
        void Back(int n) { Walk(n); Thread.Sleep(1); }
        """, "M → Walk → Back → Thread.Sleep");

    [Fact]
    public Task Recursion_that_never_blocks_is_allowed() => Allows(
        """
        public async Task M() { await Task.Yield(); Walk(3); }
        void Walk(int n) { if (n > 0) Back(n - 1); }
        void Back(int n) { Walk(n); }
        """);

    [Fact]
    public Task A_method_that_logs_to_a_file_is_allowed() => Allows(
        """
        async Task HandleAsync() { LogOrder("sold"); await Task.Yield(); }
        void LogOrder(string line) => File.AppendAllText("orders.log", line);
        """);

    [Fact]
    public Task A_method_that_logs_somebody_in_is_flagged() => Flags(
        """
        async Task HandleAsync() { [|LogInUser("ann")|]; await Task.Yield(); }
        void LogInUser(string name) => File.AppendAllText("sessions.txt", name);
        """);

    [Fact]
    public Task A_coroutine_awaited_on_a_thread_of_its_own_is_left_to_the_possible_form() => Allows(
        """
        public void Start() => new Thread(async () => await Export()).Start();
        async Task Export() { await Task.Yield(); Save(); }
        void Save() => File.WriteAllText("a", "b");
        """);

    [Fact]
    public Task A_coroutine_awaited_by_a_coroutine_is_flagged() => Flags(
        """
        public async Task Start() => await Export();
        async Task Export() { await Task.Yield(); [|Save()|]; }
        void Save() => File.WriteAllText("a", "b");
        """);

    [Fact]
    public Task A_synchronous_method_under_an_asynchronous_signature_of_a_contract_that_says_so_is_left_to_the_possible_form() => Allows(
        """
        interface ILoad { Task<string> LoadAsync(); }
        class Loader : ILoad
        {
            public Task<string> LoadAsync() => Task.FromResult(Load());
            string Load() => File.ReadAllText("a");
        }
        """);

    [Fact]
    public Task A_synchronous_method_under_an_asynchronous_signature_of_its_own_is_flagged() => Flags(
        """
        public Task<string> LoadAsync() => Task.FromResult([|Load()|]);
        string Load() => File.ReadAllText("a");
        """);

    [Fact]
    public Task A_task_that_is_made_after_other_work_is_flagged() => Flags(
        """
        public Task<string> LoadAsync() { var text = [|Load()|]; return Task.FromResult(text); }
        string Load() => File.ReadAllText("a");
        """);

    private static string Waits(string call) =>
        "async Task M(SemaphoreSlim gate, TimeSpan time) { await Task.Yield(); " + call + "; }"
        + " bool Take(SemaphoreSlim gate, TimeSpan time = default) => gate.Wait(time);"
        + " bool TakeFor(SemaphoreSlim gate, int milliseconds) => gate.Wait(milliseconds);"
        + " bool TakeSoon(SemaphoreSlim gate, TimeSpan time) => Take(gate, time);";

    [Theory]
    [InlineData("Take(gate, TimeSpan.Zero)")]
    [InlineData("Take(gate)")]
    [InlineData("TakeFor(gate, 0)")]
    [InlineData("TakeSoon(gate, TimeSpan.Zero)")]
    public Task A_helper_that_is_given_no_time_only_looks(string call) => Allows(Waits(call));

    [Theory]
    [InlineData("Take(gate, TimeSpan.FromSeconds(5))")]
    [InlineData("Take(gate, time)")]
    [InlineData("TakeFor(gate, 5)")]
    [InlineData("TakeSoon(gate, TimeSpan.FromSeconds(5))")]
    public Task A_helper_that_is_given_time_waits(string call) => Flags(Waits($"[|{call}|]"));

    private static string Unit(string sibling) =>
        "interface IUnit { void Commit(); " + sibling + " } sealed class Unit : IUnit { "
        + "public void Commit() => File.WriteAllText(\"a\", \"b\"); public void CommitLater() { } "
        + "public async Task CommitAsync() => await File.WriteAllTextAsync(\"a\", \"b\"); } "
        + "class Orders { public async Task M(IUnit unit) { await Task.Yield(); [|unit.Commit()|]; } }";

    [Fact]
    public Task The_asynchronous_form_beside_the_member_that_is_called_is_named() =>
        Flags(Unit("Task CommitAsync();"), "await IUnit.CommitAsync");

    [Theory]
    [InlineData("Task.FromResult(Read())", "await File.ReadAllTextAsync")]
    [InlineData("File.ReadAllTextAsync(\"a\")", "await Orders.LoadAsync")]
    public Task A_form_that_waits_at_the_same_place_is_not_named(string form, string named) => Flags(
        "interface IOrders { Task<string> LoadAsync(); } class Orders : IOrders { string Load() => Read(); "
        + "string Read() => File.ReadAllText(\"a\"); public Task<string> LoadAsync() => " + form
        + "; public async Task M() { await Task.Yield(); [|Load()|]; } }", named);

    [Fact]
    public Task Without_one_the_end_of_the_path_is_what_can_be_awaited() =>
        Flags(Unit("void CommitLater();"), "await File.WriteAllTextAsync");

    [Theory]
    [InlineData("string path, CancellationToken token = default", "await Orders.LoadAsync")]
    [InlineData("", "await File.ReadAllTextAsync")]
    public Task A_form_that_is_told_less_is_another_method(string told, string named) => Flags(
        "class Orders { string Load(string path) => File.ReadAllText(path); public async Task<string> LoadAsync(" + told
        + ") => await File.ReadAllTextAsync(\"a\"); public async Task M() { await Task.Yield(); [|Load(\"a\")|]; } }", named);
}
