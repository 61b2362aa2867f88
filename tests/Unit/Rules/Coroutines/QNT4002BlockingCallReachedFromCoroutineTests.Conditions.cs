using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4002BlockingCallReachedFromCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

// What a call site knows decides whether the callee's effect happens; what is dispatched decides how sure it is.
public sealed partial class QNT4002BlockingCallReachedFromCoroutineTests
{
    [Fact]
    public Task A_dual_mode_method_asked_for_its_synchronous_side_is_flagged() => Flags(
        """
        public async Task M() { await Task.Yield(); [|Load(false)|]; }
        void Load(bool useAsync) { if (useAsync) return; Thread.Sleep(1); }
        """);

    [Fact]
    public Task A_dual_mode_method_asked_for_its_asynchronous_side_is_allowed() => Allows(
        """
        public async Task M() { await Task.Yield(); Load(true); }
        void Load(bool useAsync) { if (useAsync) return; Thread.Sleep(1); }
        """);

    // Of what is asynchronous itself, only the synchronous form is its caller's.
    [Theory]
    [InlineData("Task Middle(bool useAsync) => Load(useAsync);")]
    [InlineData("async Task Middle(bool useAsync) { await Load(useAsync); }")]
    public async Task The_mode_is_followed_through_asynchronous_methods(string middle)
    {
        const string Load = " async Task Load(bool useAsync) { if (useAsync) await Task.Delay(1); else Thread.Sleep(1); } ";
        await Flags(middle + Load + "public async Task M() { await [|Middle(false)|]; }");
        await Allows(middle + Load + "public async Task M() { await Middle(true); }");
        await Allows(middle + Load + "public async Task M(bool useAsync) { await Middle(useAsync); }");
    }

    [Fact]
    public Task The_mode_is_followed_through_another_method() => Allows(
        """
        public async Task M() { await Task.Yield(); Outer(true); }
        void Outer(bool useAsync) => Load(useAsync);
        void Load(bool useAsync) { if (useAsync) return; Thread.Sleep(1); }
        """);

    [Fact]
    public Task A_task_parameter_that_the_caller_did_not_await_is_flagged() => Flags(
        """
        public async Task M(Task<int> t) { await Task.Yield(); [|Outer(t)|]; }
        void Outer(Task<int> first) => Use(first);
        void Use(Task<int> task) { Console.WriteLine(); Console.WriteLine(task.Result); }
        """);

    [Fact]
    public Task A_task_parameter_that_the_caller_awaited_is_allowed() => Allows(
        """
        public async Task M(Task<int> t) { await t; Use(t); }
        void Use(Task<int> task) { Console.WriteLine(); Console.WriteLine(task.Result); }
        """);

    [Fact]
    public Task A_complete_task_is_followed_through_two_methods() => Allows(
        """
        public async Task M(Task<int> t) { await t; Outer(t); }
        void Outer(Task<int> first) => Use(first);
        void Use(Task<int> task) { Console.WriteLine(); Console.WriteLine(task.Result); }
        """);

    [Fact]
    public Task A_file_given_to_a_method_two_calls_away_is_flagged() => Flags(
        """
        public async Task M() { await Task.Yield(); [|Outer(new FileStream("a", FileMode.Open))|]; }
        int Outer(Stream s) => Read(s);
        int Read(Stream s) => s.Read(new byte[1], 0, 1);
        """);

    [Fact]
    public Task Memory_given_to_a_method_two_calls_away_is_allowed() => Allows(
        """
        public async Task M() { await Task.Yield(); Outer(new MemoryStream()); }
        int Outer(Stream s) => Read(s);
        int Read(Stream s) => s.Read(new byte[1], 0, 1);
        """);

    [Fact]
    public Task Memory_is_seen_through_decorators_two_calls_away() => Allows(
        """
        public async Task M() { await Task.Yield(); Outer(new StreamReader(
            new System.IO.Compression.GZipStream(new MemoryStream(), System.IO.Compression.CompressionMode.Decompress))); }
        string Outer(TextReader s) => Read(s);
        string Read(TextReader s) => s.ReadToEnd();
        """);

    [Fact]
    public Task A_single_implementation_behind_an_interface_is_definite() => Flags(
        """
        interface IStock { int Count(); }
        class FileStock : IStock { public int Count() { Thread.Sleep(1); return 1; } }
        class C { public async Task<int> M(IStock s) { await Task.Yield(); return [|s.Count()|]; } }
        """);

    [Fact]
    public Task One_of_several_implementations_is_left_to_the_possible_form() => Allows(
        """
        interface IStock { int Count(); }
        class FileStock : IStock { public int Count() { Thread.Sleep(1); return 1; } }
        class FixedStock : IStock { public int Count() => 1; }
        class C { public async Task<int> M(IStock s) { await Task.Yield(); return s.Count(); } }
        """);

    // What is made here is of a known class, whatever the local calls it.
    [Theory]
    [InlineData("IStock stock = new FileStock(); [|stock.Count()|];")]
    [InlineData("Stock stock = new FileStock(); [|stock.Size()|];")]
    [InlineData("Stock stock = new LargeFileStock(); [|stock.Size()|];")]
    public Task The_implementation_of_what_is_made_here_is_definite(string statements) => Flags(Stocks(statements));

    // The near misses: another class, or one of two.
    [Theory]
    [InlineData("IStock stock = new FixedStock(); stock.Count();")]
    [InlineData("Stock stock = new FixedStock(); stock.Size();")]
    [InlineData("IStock stock = new FileStock(); if (DateTime.Now.Hour > 8) stock = new FixedStock(); stock.Count();")]
    public Task Another_implementation_is_not(string statements) => Allows(Stocks(statements));

    private static string Stocks(string statements) =>
        "interface IStock { int Count(); } abstract class Stock { public virtual int Size() => 1; } "
        + "class FileStock : Stock, IStock { public int Count() { Thread.Sleep(1); return 1; } "
        + "public override int Size() { Thread.Sleep(1); return 1; } } class LargeFileStock : FileStock { } "
        + "class FixedStock : Stock, IStock { public int Count() => 1; } "
        + $"class C {{ public async Task M() {{ await Task.Yield(); {statements} }} }}";

    [Fact]
    public Task An_override_that_is_the_only_implementation_is_definite() => Flags(
        """
        abstract class Stock { public abstract int Count(); }
        class FileStock : Stock { public override int Count() { Thread.Sleep(1); return 1; } }
        class C { public async Task<int> M(Stock s) { await Task.Yield(); return [|s.Count()|]; } }
        """);

    [Fact]
    public Task A_base_call_is_not_dispatched() => Allows(
        """
        class Stock { public virtual void Count() { } }
        class FileStock : Stock { public override void Count() => Thread.Sleep(1); }
        class Shop : Stock { public async Task M() { await Task.Yield(); base.Count(); } }
        """);

    [Fact]
    public Task A_delegate_field_with_one_assignment_is_followed() => Flags(
        """
        class C { private readonly Action _work = () => Thread.Sleep(1); public async Task M() { await Task.Yield(); [|_work()|]; } }
        """);

    [Fact]
    public Task A_delegate_field_with_two_assignments_is_not() => Allows(
        """
        class C { private Action _work = () => Thread.Sleep(1); public void Set() => _work = () => { };
            public async Task M() { await Task.Yield(); _work(); } }
        """);

    // What a method gives is not the method.
    [Fact]
    public Task A_delegate_field_that_is_made_by_a_call_does_not_hold_the_called_one() => Allows(
        """
        class C { private readonly Action _work = Made(); static Action Made() { Thread.Sleep(1); return () => { }; }
            public async Task M() { await Task.Yield(); _work(); } }
        """);

    [Fact]
    public Task A_delegate_parameter_that_is_run_at_once_is_followed() => Flags(
        """
        public async Task M() { await Task.Yield(); [|Twice(() => Thread.Sleep(1))|]; }
        void Twice(Action work) { work(); work(); }
        """);

    [Fact]
    public Task A_delegate_parameter_that_is_stored_is_not() => Allows(
        """
        Action _later;
        public async Task M() { await Task.Yield(); Keep(() => Thread.Sleep(1)); }
        void Keep(Action work) { _later = work; }
        """);

    [Fact]
    public Task A_method_group_that_is_run_at_once_is_followed() => Flags(
        """
        public async Task M(List<int> numbers) { await Task.Yield(); numbers.ForEach([|Wait|]); }
        void Wait(int n) => Thread.Sleep(n);
        """);

    [Fact]
    public Task A_method_group_that_the_pool_runs_is_not() => Allows(
        """
        public async Task M() { await Task.Run(Wait); }
        void Wait() => Thread.Sleep(1);
        """);

    [Fact]
    public Task A_static_initialiser_runs_once_and_is_left_to_the_possible_form() => Allows(
        """
        static class Table { public static readonly string Text = File.ReadAllText("a"); }
        class C { public async Task<string> M() { await Task.Yield(); return Table.Text; } }
        """);

    [Fact]
    public Task A_static_getter_runs_every_time() => Flags(
        """
        static class Table { public static string Text => File.ReadAllText("a"); }
        class C { public async Task<string> M() { await Task.Yield(); return [|Table.Text|]; } }
        """);

    [Fact]
    public Task A_callee_declared_harmless_is_allowed() => Allows(
        """
        class NonBlockingAttribute : Attribute { }
        class C { public async Task M() { await Task.Yield(); Refresh(); } [NonBlocking] void Refresh() => Thread.Sleep(1); }
        """);

    [Fact]
    public Task The_same_callee_without_the_attribute_is_flagged() => Flags(
        """
        class NonBlockingAttribute : Attribute { }
        class C { public async Task M() { await Task.Yield(); [|Refresh()|]; } void Refresh() => Thread.Sleep(1); }
        """);

    [Fact]
    public Task A_call_on_a_path_that_throws_is_left_to_the_possible_form() => Allows(
        """
        public async Task M(int n) { await Task.Yield(); Check(n); }
        void Check(int n) { if (n < 0) { File.WriteAllText("a", "b"); throw new Exception(); } }
        """);

    [Fact]
    public Task The_same_call_on_a_path_that_goes_on_is_flagged() => Flags(
        """
        public async Task M(int n) { await Task.Yield(); [|Check(n)|]; }
        void Check(int n) { File.WriteAllText("a", "b"); if (n < 0) throw new ArgumentException(); }
        """);

    [Fact]
    public Task A_private_coroutine_that_only_Main_calls_is_start_up() => Allows(
        """
        class Program
        {
            static async Task Main() => await Prepare();
            private static async Task Prepare() { Load(); await Task.Yield(); }
            private static void Load() => File.ReadAllText("a");
        }
        """);

    [Fact]
    public Task A_private_coroutine_that_others_call_too_is_not() => Flags(
        """
        public class Program
        {
            static async Task Main() => await Prepare();
            public static async Task Reload() => await Prepare();
            private static async Task Prepare() { [|Load()|]; await Task.Yield(); }
            private static void Load() => File.ReadAllText("a");
        }
        """);
}
