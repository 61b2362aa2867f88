using Quintet.Analyzers.Findings;
using Quintet.CodeFixes.Coroutines;
using Quintet.CodeFixes.EventLoops;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>The make-async cascade: down to the twin, up to the root, over everything between.</summary>
public sealed partial class CascadeTests
{
    private static readonly QNT4002BlockingCallReachedFromCoroutineFix Reached = new();
    private static readonly QNT5001BlockingCallOnEventLoopFix Loop = new();
    private static readonly QNT4008BlockingCallInRequestFix Request = new();
    private static readonly QNT4004SyncOverAsyncFix SyncOverAsync = new();

    private static FixLab Lab(params string[][] projects) => FixLab.Of(projects).With(FindingProperties.Twin, "auto");

    private static FixLab OfMembers(string members) => Lab([FixLab.Wrap(members)]);

    private static Task Becomes(string members, string expected, string? title = null) =>
        FixAssert.BecomesAsync(Reached, OfMembers(members), [FixLab.Wrap(expected)], title);

    private static Task Refused(string members) => FixAssert.RefusedAsync(Reached, OfMembers(members));

    [Fact]
    public Task A_chain_of_two_calls_becomes_async_and_keeps_its_comments() => Becomes(
        """
        async Task HandleAsync()
        {
            // before
            var text = [|Refresh("a")|]; // the settings
            await Task.Yield();
        }

        /// <summary>Reads again.</summary>
        string Refresh(string path) => {|1:Load(path)|}.Trim();

        // reads
        private static string Load(string path)
        {
            return {|2:File.ReadAllText(path)|}; // all of it
        }
        """,
        """
        async Task HandleAsync()
        {
            // before
            var text = await RefreshAsync("a"); // the settings
            await Task.Yield();
        }

        /// <summary>Reads again.</summary>
        async Task<string> RefreshAsync(string path) => (await LoadAsync(path)).Trim();

        // reads
        private static async Task<string> LoadAsync(string path)
        {
            return await File.ReadAllTextAsync(path); // all of it
        }
        """,
        "Make 'Refresh' async down to 'Load'");

    [Fact]
    public Task Callers_that_were_not_flagged_are_converted_too() => Becomes(
        """
        async Task HandleAsync() { [|Load()|]; await Task.Yield(); }
        void Load() { {|1:File.ReadAllText("a")|}; }
        void Other() { Load(); }
        int Third() { Other(); return 1; }
        """,
        """
        async Task HandleAsync() { await LoadAsync(); await Task.Yield(); }
        async Task LoadAsync() { await File.ReadAllTextAsync("a"); }
        async Task OtherAsync() { await LoadAsync(); }
        async Task<int> Third() { await OtherAsync(); return 1; }
        """);

    [Fact]
    public Task A_caller_that_cannot_be_async_refuses_the_whole() => Refused(
        """
        async Task HandleAsync() { [|Load()|]; await Task.Yield(); }
        void Load() { {|1:File.ReadAllText("a")|}; }
        int Property { get { Load(); return 1; } }
        """);

    [Theory]
    [InlineData("public C() { Load(); }")]
    [InlineData("int P => Load();")]
    [InlineData("public static int operator +(C a, C b) => Load();")]
    [InlineData("void Out(out int n) { n = Load(); }")]
    [InlineData("void Ref(ref int n) { n = Load(); }")]
    [InlineData("int In(in int n) => n + Load();")]
    [InlineData("int Span(Span<int> n) => Load();")]
    [InlineData("unsafe int Raw() => Load();")]
    [InlineData("IEnumerable<int> Each() { yield return Load(); }")]
    [InlineData("static int field = Load();")]
    [InlineData("readonly object _gate = new(); int Locked() { lock (_gate) { return Load(); } }")]
    [InlineData("System.Linq.Expressions.Expression<Func<int>> Tree() => () => Load();")]
    [InlineData("IEnumerable<int> Query(int[] xs) => from x in xs select x + Load();")]
    [InlineData("bool Filter() { try { return true; } catch (Exception) when (Load() > 1) { return false; } }")]
    [InlineData("Func<int> Group() => Load;")]
    [InlineData("Thread Foreign() => new Thread(() => Load());")]
    [InlineData("Timer Tick() => new Timer(_ => Load());")]
    [InlineData("int[] Each(int[] xs) => xs.Select(x => Load()).ToArray();")]
    [InlineData("[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)] int "
        + "Held() => Load();")]
    [InlineData("public override string ToString() => Load().ToString();")]
    [InlineData("struct S { int _n; void Set() { _n = Load(); } }")]
    [InlineData("void Parallel() => System.Threading.Tasks.Parallel.For(0, 9, _ => Load());")]
    public Task A_caller_of_a_refused_kind_refuses_the_whole(string caller) => Refused(
        $$"""
        async Task HandleAsync() { [|Load()|]; await Task.Yield(); }
        static int Load() { return {|1:File.ReadAllText("a")|}.Length; }
        {{caller}}
        """);

    [Theory]
    [InlineData("int Plain() => Load();", "async Task<int> Plain() => await LoadAsync();")]
    [InlineData("int Local() { int L() => Load(); return L(); }",
        "async Task<int> Local() { async Task<int> LAsync() => await LoadAsync(); return await LAsync(); }")]
    [InlineData("Task<int> Pool() => Task.Run(() => Load());", "Task<int> Pool() => Task.Run(async () => await LoadAsync());")]
    [InlineData("Task<int> Group() => Task.Run(Load);", "Task<int> Group() => Task.Run(LoadAsync);")]
    [InlineData("string Name() => nameof(Load);", "string Name() => nameof(LoadAsync);")]
    [InlineData(
        "readonly object _gate = new(); int After() { lock (_gate) { } return Load(); }",
        "readonly object _gate = new(); async Task<int> After() { lock (_gate) { } return await LoadAsync(); }")]
    [InlineData("IEnumerable<int> Query() => from x in new int[Load()] select x;",
        "async Task<IEnumerable<int>> Query() => from x in new int[await LoadAsync()] select x;")]
    [InlineData("readonly struct S { int Get() => Load(); }", "readonly struct S { async Task<int> Get() => await LoadAsync(); }")]
    [InlineData("Task<int> Returns() { var n = Load(); return Task.FromResult(n); }",
        "async Task<int> Returns() { var n = await LoadAsync(); return n; }")]
    [InlineData(
        "Task Returns(bool b) { Load(); if (b) return Task.CompletedTask; return Task.Delay(1); }",
        "async Task Returns(bool b) { await LoadAsync(); if (b) return; await Task.Delay(1); }")]
    [InlineData("async IAsyncEnumerable<int> Each() { yield return Load(); await Task.Yield(); }",
        "async IAsyncEnumerable<int> Each() { yield return await LoadAsync(); await Task.Yield(); }")]
    [InlineData("int Length() => Load().ToString().Length;", "async Task<int> Length() => (await LoadAsync()).ToString().Length;")]
    public Task A_caller_beside_a_refused_kind_is_converted(string caller, string expected) => Becomes(
        $$"""
        async Task HandleAsync() { [|Load()|]; await Task.Yield(); }
        static int Load() { return {|1:File.ReadAllText("a")|}.Length; }
        {{caller}}
        """,
        $$"""
        async Task HandleAsync() { await LoadAsync(); await Task.Yield(); }
        static async Task<int> LoadAsync() { return (await File.ReadAllTextAsync("a")).Length; }
        {{expected}}
        """);

    [Fact]
    public Task The_token_in_scope_is_passed_on_the_way() => Becomes(
        """
        async Task HandleAsync(CancellationToken cancellation) { [|Load(cancellation)|]; await Task.Yield(); }
        string Load(CancellationToken cancellation) => {|1:File.ReadAllText("a")|};
        """,
        """
        async Task HandleAsync(CancellationToken cancellation) { await LoadAsync(cancellation); await Task.Yield(); }
        async Task<string> LoadAsync(CancellationToken cancellation) => await File.ReadAllTextAsync("a", cancellation);
        """);

    [Fact]
    public Task Everything_else_that_blocks_in_a_converted_body_is_awaited_too() => Becomes(
        """
        async Task HandleAsync() { [|Load()|]; await Task.Yield(); }
        void Load() { Thread.Sleep(5); {|1:File.ReadAllText("a")|}; Thread.Sleep(0); }
        """,
        """
        async Task HandleAsync() { await LoadAsync(); await Task.Yield(); }
        async Task LoadAsync() { await Task.Delay(5); await File.ReadAllTextAsync("a"); Thread.Sleep(0); }
        """);

    [Fact]
    public Task A_twin_that_somebody_has_written_is_used() => Becomes(
        """
        async Task HandleAsync() { [|Load()|]; await Task.Yield(); }
        string Load() => {|1:File.ReadAllText("a")|};
        Task<string> LoadAsync() => File.ReadAllTextAsync("a");
        """,
        """
        async Task HandleAsync() { await LoadAsync(); await Task.Yield(); }
        string Load() => File.ReadAllText("a");
        Task<string> LoadAsync() => File.ReadAllTextAsync("a");
        """);

    [Fact]
    public Task An_interface_and_all_its_implementations_change_together() => FixAssert.BecomesAsync(
        Reached,
        Lab([
            FixLab.Usings + """
            public interface IStore { string Load(); void Clear(); }
            class Files : IStore { public string Load() => {|2:File.ReadAllText("a")|}; public void Clear() { } }
            class Fake : IStore
            {
                public string Load()
                {
                    if (DateTime.Now.Year > 1) return "x";
                    return null!;
                }

                public void Clear() { }
            }

            """,
            FixLab.Usings + """
            class Page(IStore store) { public async Task ShowAsync() { Console.Write([|{|1:store.Load()|}|]); await Task.Yield(); } }

            """]),
        [
            FixLab.Usings + """
            public interface IStore { Task<string> LoadAsync(); void Clear(); }
            class Files : IStore { public async Task<string> LoadAsync() => await File.ReadAllTextAsync("a"); public void Clear() { } }
            class Fake : IStore
            {
                public Task<string> LoadAsync()
                {
                    if (DateTime.Now.Year > 1) return Task.FromResult("x");
                    return Task.FromResult<string>(null!);
                }

                public void Clear() { }
            }

            """,
            FixLab.Usings + """
            class Page(IStore store) { public async Task ShowAsync() { Console.Write(await store.LoadAsync()); await Task.Yield(); } }

            """]);

    [Fact]
    public Task Overrides_change_together_and_those_without_awaits_return_completed_tasks() => Becomes(
        """
        abstract class Base { public abstract void Run(); }
        class Quiet : Base { public override void Run() => Console.Write(1); }
        class Silent : Base
        {
            public override void Run()
            {
            }
        }
        class Slow : Base { public override void Run() { {|1:Thread.Sleep(5)|}; } }
        async Task M(Base b) { [|b.Run()|]; await Task.Yield(); }
        """,
        """
        abstract class Base { public abstract Task RunAsync(); }
        class Quiet : Base { public override Task RunAsync()
            {
                Console.Write(1);
                return Task.CompletedTask;
            }
        }
        class Silent : Base
        {
            public override Task RunAsync()
            {
                return Task.CompletedTask;
            }
        }
        class Slow : Base { public override async Task RunAsync() { await Task.Delay(5); } }
        async Task M(Base b) { await b.RunAsync(); await Task.Yield(); }
        """);

    [Fact]
    public Task An_implementation_of_a_foreign_interface_is_refused() => Refused(
        """
        class Slow : IComparable<int> { public int CompareTo(int other) { {|1:Thread.Sleep(5)|}; return 0; } }
        async Task M(Slow s) { [|s.CompareTo(1)|]; await Task.Yield(); }
        """);

    [Fact]
    public Task A_method_beside_a_foreign_interface_is_converted() => Becomes(
        """
        class Slow : IComparable<int> { public int CompareTo(int other) => 0;
        public int CompareTo2(int other) { {|1:Thread.Sleep(5)|}; return 0; } }
        async Task M(Slow s) { [|s.CompareTo2(1)|]; await Task.Yield(); }
        """,
        """
        class Slow : IComparable<int> { public int CompareTo(int other) => 0;
        public async Task<int> CompareTo2Async(int other) { await Task.Delay(5); return 0; } }
        async Task M(Slow s) { await s.CompareTo2Async(1); await Task.Yield(); }
        """);

    [Theory]
    [InlineData("T Read<T>(string p, Func<string, T> f)", "async Task<T> ReadAsync<T>(string p, Func<string, T> f)")]
    [InlineData("IList<T> Read<T>(string p, Func<string, T> f)", "async Task<IList<T>> ReadAsync<T>(string p, Func<string, T> f)")]
    public Task A_generic_override_follows_what_it_overrides(string before, string after) => Becomes(
        $$"""
        class One { internal virtual {{before}} { {|1:Thread.Sleep(5)|}; return default!; } }
        sealed class Two : One { internal override {{before}} { return base.Read(p, f); } }
        async Task M(string p) { await Task.Yield(); Console.Write([|new Two().Read(p, s => s.Length)|]); }
        """,
        $$"""
        class One { internal virtual {{after}} { await Task.Delay(5); return default!; } }
        sealed class Two : One { internal override {{after}} { return await base.ReadAsync(p, f); } }
        async Task M(string p) { await Task.Yield(); Console.Write(await new Two().ReadAsync(p, s => s.Length)); }
        """);

    [Fact]
    public Task Two_projects_are_converted_in_one_action_and_the_title_names_the_public_signature() => FixAssert.BecomesAsync(
        Reached,
        Lab(
            [FixLab.Usings + "public class Store { public string Load() => {|1:File.ReadAllText(\"a\")|}; }\n"],
            [FixLab.Usings + "class Page { async Task ShowAsync(Store s) { [|s.Load()|]; await Task.Yield(); } }\n",
                "class Other { void M(Store s) => s.Load(); }\n"]),
        [
            FixLab.Usings + "public class Store { public async Task<string> LoadAsync() => await File.ReadAllTextAsync(\"a\"); }\n",
            FixLab.Usings + "class Page { async Task ShowAsync(Store s) { await s.LoadAsync(); await Task.Yield(); } }\n",
            "using System.Threading.Tasks;\n\nclass Other { async Task M(Store s) => await s.LoadAsync(); }\n"],
        "Make 'Load' async (changes a public signature: callers elsewhere break)");

    [Fact]
    public Task Sync_over_async_is_awaited_up_to_the_entry_point() => FixAssert.BecomesAsync(
        SyncOverAsync,
        OfMembers(
            """
            static int Main() => Run();
            static int Run() => [|Task.FromResult(1).Result|];
            """),
        [FixLab.Wrap(
            """
            static async Task<int> Main() => await RunAsync();
            static async Task<int> RunAsync() => await Task.FromResult(1);
            """)]);

    [Fact]
    public Task A_conditional_call_becomes_an_if() => Becomes(
        """
        async Task M(C? c) { [|c?.Load()|]; await Task.Yield(); }
        void Load() => {|1:File.ReadAllText("a")|};
        """,
        """
        async Task M(C? c) { if (c != null) await c.LoadAsync(); await Task.Yield(); }
        async Task LoadAsync() => await File.ReadAllTextAsync("a");
        """);

    [Fact]
    public Task A_type_of_ones_own_that_is_called_Task_gets_the_full_name() => FixAssert.BecomesAsync(
        Reached,
        Lab(["using System.IO;\nclass Task { }\nclass C { async void M() { [|Load()|]; await System.Threading.Tasks.Task.Yield(); } "
            + "string Load() => {|1:File.ReadAllText(\"a\")|}; }\n"]),
        ["using System.IO;\nclass Task { }\nclass C { async void M() { await LoadAsync(); await System.Threading.Tasks.Task.Yield(); } "
            + "async global::System.Threading.Tasks.Task<string> LoadAsync() => await File.ReadAllTextAsync(\"a\"); }\n"]);
}
