using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3001SerialisedParallelBody>;

namespace Quintet.Tests.Rules.Threads;

public sealed class QNT3001SerialisedParallelBodyTests
{
    [Fact]
    public Task A_lock_around_the_whole_body_is_flagged() => Flags(
        """
        object gate = new(); List<int> totals = new();
        void Sum(List<int[]> orders) => Parallel.ForEach(orders, order =>
        {
            [|lock (gate)|] { var total = 0; foreach (var line in order) total += line * line % 7; totals.Add(total); }
        });
        """,
        "runs in parallel");

    [Theory]
    [InlineData("if (double.IsNaN(order[0])) return;", true)]
    [InlineData("if (string.IsNullOrEmpty(name)) return;", true)]
    [InlineData("if (order.Sum() > 3) return;", false)]
    public Task A_question_in_front_of_the_lock_that_is_answered_at_once(string question, bool isFlagged)
    {
        var code = "object gate = new(); List<double> totals = new(); "
            + "void Sum(List<double[]> orders, string name) => Parallel.ForEach(orders, order => { " + question + " LOCK "
            + "{ var total = 0.0; foreach (var line in order) total += line * line; totals.Add(total); } });";
        return isFlagged ? Flags(code.Replace("LOCK", "[|lock (gate)|]")) : Allows(code.Replace("LOCK", "lock (gate)"));
    }

    [Theory]
    [InlineData("Task.WhenAll(from path in paths select Task.Run(() => {0}))", true)]
    [InlineData("Task.WhenAll(paths.Select(path => Task.Run(() => {0})))", true)]
    [InlineData("Task.FromResult(from path in paths select Task.Run(() => {0}))", false)]
    public Task Tasks_that_a_query_starts_are_gathered_or_not(string started, bool isFlagged)
    {
        var code = "object gate = new(); List<string> texts = new(); Task Load(List<string> paths) => " + started + ";";
        var body = (isFlagged ? "{ [|lock (gate)|]" : "{ lock (gate)") + " { texts.Add(File.ReadAllText(path)); } }";
        return isFlagged ? Flags(code.Replace("{0}", body)) : Allows(code.Replace("{0}", body));
    }

    [Fact]
    public Task A_lock_around_the_result_only_is_allowed() => Allows(
        """
        object gate = new(); List<int> totals = new();
        void Sum(List<int[]> orders) => Parallel.ForEach(orders, order =>
        {
            var total = 0; foreach (var line in order) total += line * line % 7;
            lock (gate) { totals.Add(total); }
        });
        """);

    [Theory]
    [InlineData("names.Sort();", true)]
    [InlineData("if (!names.Contains(name)) names.Add(name);", true)]
    [InlineData("if (!seen.Contains(name)) seen.Add(name);", false)]
    [InlineData("names.Add(name);", false)]
    public Task A_lock_around_what_goes_through_a_list(string work, bool isFlagged)
    {
        var code = "object gate = new(); List<string> names = new(); HashSet<string> seen = new(); "
            + "void Keep(List<string> all) => Parallel.ForEach(all, name => { LOCK { " + work + " } });";
        return isFlagged ? Flags(code.Replace("LOCK", "[|lock (gate)|]")) : Allows(code.Replace("LOCK", "lock (gate)"));
    }

    [Fact]
    public Task A_lock_around_a_counter_is_allowed() => Allows(
        """
        object gate = new(); int count;
        void Count(List<int[]> orders) => Parallel.ForEach(orders, order => { lock (gate) { count++; } });
        """);

    [Fact]
    public Task A_lock_around_a_file_is_flagged() => Flags(
        """
        object gate = new(); List<string> texts = new();
        void Load(List<string> paths) => Parallel.ForEach(paths, path =>
        {
            [|lock (gate)|] { texts.Add(File.ReadAllText(path)); }
        });
        """,
        "gate");

    [Fact]
    public Task A_lock_of_the_element_is_allowed() => Allows(
        """
         class Order { public object Gate = new(); public List<int> Lines = new(); public int Total; }
        void Sum(List<Order> orders) => Parallel.ForEach(orders, order =>
        {
            lock (order.Gate) { foreach (var line in order.Lines) order.Total += line * line % 7; }
        });
        """);

    [Fact]
    public Task The_same_body_in_a_plain_loop_is_allowed() => Allows(
        """
        object gate = new(); List<int> totals = new();
        void Sum(List<int[]> orders) => orders.ForEach(order =>
        {
            lock (gate) { var total = 0; foreach (var line in order) total += line * line % 7; totals.Add(total); }
        });
        """);

    private const string Fields = "object gate = new(); List<int> totals = new(); Dictionary<int, object> gates = new(); "
        + "ReaderWriterLockSlim rw = new(); static void Note(int[] order) { }\n";

    private static string Loop(string body) => Fields + "void Sum(List<int[]> orders) => Parallel.ForEach(orders, order => { "
        + body + " });";

    [Theory]
    // Around the lock stands nothing but declarations, loop control and reads.
    [InlineData("var n = order.Length; [|lock (gate)|] { foreach (var line in order) totals.Add(line + n); }")]
    [InlineData("if (order.Length > 0) { [|lock (gate)|] { foreach (var line in order) totals.Add(line); } }")]
    [InlineData("if (order.Length > 0) { [|lock (gate)|] { foreach (var line in order) totals.Add(line); } } else { totals = null; }")]
    [InlineData("foreach (var line in order) [|lock (gate)|] { foreach (var other in order) totals.Add(line * other); }")]
    [InlineData("for (var i = 0; i < order.Length; i++) [|lock (gate)|] { foreach (var other in order) totals.Add(other); }")]
    [InlineData("var i = 0; while (i++ < order.Length) [|lock (gate)|] { foreach (var other in order) totals.Add(other); }")]
    [InlineData("var i = 0; do [|lock (gate)|] { foreach (var other in order) totals.Add(other); } while (i++ < order.Length);")]
    [InlineData("[|Monitor.Enter(gate)|]; try { foreach (var line in order) totals.Add(line); } finally { Monitor.Exit(gate); }")]
    [InlineData("[|rw.EnterWriteLock()|]; try { foreach (var line in order) totals.Add(line); } finally { rw.ExitWriteLock(); }")]
    // What is done under it takes time.
    [InlineData("[|lock (gate)|] { totals.Add(order.Sum()); }")]
    [InlineData("[|lock (gate)|] { totals.AddRange(order.ToList()); }")]
    [InlineData("[|lock (gate)|] { Thread.Sleep(10); totals.Add(1); }")]
    public Task Everything_of_the_body_under_one_lock_is_flagged(string body) => Flags(Loop(body));

    [Theory]
    // Work outside of the lock, before, around or behind it.
    [InlineData("Note(order); lock (gate) { foreach (var line in order) totals.Add(line); }")]
    [InlineData("lock (gate) { foreach (var line in order) totals.Add(line); } Note(order);")]
    [InlineData("if (order.Contains(1)) lock (gate) { foreach (var line in order) totals.Add(line); }")]
    [InlineData("if (order.Length > 0) { lock (gate) { foreach (var line in order) totals.Add(line); } } else { Note(order); }")]
    [InlineData("foreach (var line in order.Distinct()) lock (gate) { foreach (var other in order) totals.Add(line * other); }")]
    [InlineData("var i = 0; while (i++ < order.Count()) lock (gate) { foreach (var other in order) totals.Add(other); }")]
    [InlineData("var i = 0; do lock (gate) { foreach (var other in order) totals.Add(other); } while (i++ < order.Count());")]
    [InlineData("foreach (var line in order) totals = null; lock (gate) { foreach (var line in order) totals.Add(line); }")]
    [InlineData("var copy = new List<int>(order); lock (gate) { foreach (var line in copy) totals.Add(line); }")]
    [InlineData("switch (order.Length) { case 0: break; default: lock (gate) { foreach (var line in order) totals.Add(line); } break; }")]
    // Readers do not keep each other out, and who only tries goes on.
    [InlineData("rw.EnterReadLock(); try { foreach (var line in order) totals.Contains(line); } finally { rw.ExitReadLock(); }")]
    [InlineData("if (Monitor.TryEnter(gate)) { try { foreach (var line in order) totals.Add(line); } finally { Monitor.Exit(gate); } }")]
    // Another lock in every round.
    [InlineData("var own = new object(); lock (own) { foreach (var line in order) totals.Add(line); }")]
    [InlineData("lock (order) { foreach (var line in order) totals.Add(line); }")]
    [InlineData("lock (gates[order.Length]) { foreach (var line in order) totals.Add(line); }")]
    // Over at once.
    [InlineData("lock (gate) { totals.Add(order.Length); }")]
    [InlineData("lock (gate) { totals.AddRange(order); Note(order); }")]
    [InlineData("lock (gate) { for (var i = 0; i < 3; i++) totals.Add(i); }")]
    public Task What_leaves_something_to_do_side_by_side_is_allowed(string body) => Allows(Loop(body));

    [Fact]
    public Task A_call_that_loops_is_work() => Flags(
        Fields + "void Add(int[] order) { foreach (var line in order) totals.Add(line); } void Sum(List<int[]> orders) => "
            + "Parallel.ForEach(orders, order => { [|lock (gate)|] { Add(order); } });",
        "it calls 'Add', which loops over its input");

    [Fact]
    public Task A_call_that_does_not_loop_is_none() => Allows(
        Fields + "void Add(int[] order) { totals.Add(order.Length); } void Sum(List<int[]> orders) => Parallel.ForEach(orders, order => "
            + "{ lock (gate) { Add(order); } });");

    [Fact]
    public Task A_method_that_is_run_in_parallel_by_name_is_flagged() => Flags(
        Fields + "void Add(int[] order) { [|lock (gate)|] { foreach (var line in order) totals.Add(line); } } void Sum(List<int[]> "
            + "orders) => Parallel.ForEach(orders, Add);");

    [Theory]
    [InlineData("Parallel.ForEach(orders, order => Add(order));", true)]
    [InlineData("Parallel.ForEach(orders, order => { Add(order); });", true)]
    [InlineData("foreach (var one in from order in orders.AsParallel() select Sums(order)) totals.Add(one);", true)]
    [InlineData("Parallel.ForEach(orders, order => Add(System.Text.Json.JsonSerializer.Deserialize<int[]>(\"[]\")));", false)]
    [InlineData("Parallel.ForEach(orders, order => { Note(order); Add(order); });", false)]
    [InlineData("orders.ForEach(order => Add(order));", false)]
    public Task A_parallel_body_that_only_hands_on_is_the_one_that_it_calls(string run, bool isFlagged)
    {
        const string Held = "[|lock (gate)|] { foreach (var line in order) totals.Add(line); {0} }";
        var isQuery = run.Contains("Sums", StringComparison.Ordinal);
        var members = Fields + $"void Sum(List<int[]> orders) {{ {run} }} "
            + (isQuery ? "int Sums(int[] order) { " : "void Add(int[] order) { ") + Held.Replace("{0}", isQuery ? "return 1;" : "") + " }";
        return isFlagged ? Flags(members) : Allows(members.Replace("[|", "").Replace("|]", ""));
    }

    [Fact]
    public Task A_method_that_is_run_once_is_allowed() => Allows(
        Fields + "void Add(int[] order) { lock (gate) { foreach (var line in order) totals.Add(line); } } void Sum(List<int[]> orders) "
            + "=> Add(orders[0]);");

    [Fact]
    public Task A_local_function_that_is_run_in_parallel_is_flagged() => Flags(
        Fields + "void Sum(List<int[]> orders) { Parallel.ForEach(orders, Add); void Add(int[] order) { [|lock (gate)|] { foreach (var "
            + "line in order) totals.Add(line); } } }");

    private const string Lines = "{ foreach (var line in order) totals.Add(line); }";

    [Theory]
    [InlineData("[|lock (gate)|] { totals.Add(System.Security.Cryptography.RSA.Create(4096).KeySize); }")]
    [InlineData("try { [|lock (gate)|] " + Lines + " } finally { totals = null; }")]
    [InlineData("[|lock (shared.Gate)|] " + Lines)]
    [InlineData("using var held = [|own.EnterScope()|]; foreach (var line in order) totals.Add(line);")]
    public Task A_body_that_only_looks_different_is_flagged(string body) => Flags(Around(body));

    [Theory]
    [InlineData("foreach (var other in order) { _ = Math.Sqrt(other); lock (gate) " + Lines + " }")]
    [InlineData("for (var i = 0; i < 9; i++) { _ = Math.Sqrt(i); lock (gate) " + Lines + " }")]
    [InlineData("var i = 0; while (i++ < 9) { _ = Math.Sqrt(i); lock (gate) " + Lines + " }")]
    [InlineData("var i = 0; do { _ = Math.Sqrt(i); lock (gate) " + Lines + " } while (i++ < 9);")]
    [InlineData("if (order.Length > 0) { _ = Math.Sqrt(2); lock (gate) " + Lines + " }")]
    [InlineData("if (order.Length > 0) { lock (gate) " + Lines + " } else { _ = Math.Sqrt(2); }")]
    [InlineData("try { _ = Math.Sqrt(2); lock (gate) " + Lines + " } finally { totals = null; }")]
    [InlineData("try { _ = Math.Sqrt(2); } finally { totals = null; } lock (gate) " + Lines)]
    [InlineData("for (var i = 0; i < 9; i++) totals = null; lock (gate) " + Lines)]
    [InlineData("var i = 0; while (i < 9) i++; lock (gate) " + Lines)]
    [InlineData("var i = 0; do i++; while (i < 9); lock (gate) " + Lines)]
    [InlineData("var all = from one in order select one; lock (gate) " + Lines)]
    [InlineData("lock (rw) { } lock (gate) " + Lines)]
    [InlineData("var taken = false; Monitor.TryEnter(gate, ref taken); try " + Lines + " finally { Monitor.Exit(gate); }")]
    [InlineData("lock (gates[1]) " + Lines)]
    [InlineData("lock (Gate()) " + Lines)]
    [InlineData("var own = new Shared(); lock (own.Gate) " + Lines)]
    public Task Work_that_is_no_call_of_ours_counts_beside_the_lock(string body) => Allows(Around(body));

    private static string Around(string body) => Fields
        + " class Shared { public object Gate = new(); } readonly Lock own = new(); object Gate() => gate; "
        + "void Sum(List<int[]> orders, Shared shared) => Parallel.ForEach(orders, order => { " + body + " });";

    private static string Gated(string gate, string take, string work) =>
        "static int Sum(int[] line) { var sum = 0; foreach (var one in line) sum += one; return sum; } "
        + gate + " int _total; void All(List<int[]> orders) => Parallel.ForEach(orders, order => { " + take
        + " try { " + work + " } finally { _gate.Release(); } });";

    // A semaphore that lets in one at a time is a lock.
    [Theory]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1);", "[|_gate.Wait()|];", "_total += Sum(order);")]
    [InlineData("readonly SemaphoreSlim _gate = new SemaphoreSlim(1);", "[|_gate.Wait()|];", "_total += Sum(order);")]
    [InlineData("readonly SemaphoreSlim _gate; C() { _gate = new SemaphoreSlim(1, 1); }", "[|_gate.Wait()|];", "_total += Sum(order);")]
    public Task A_semaphore_of_one_permit_around_the_whole_body_is_flagged(string gate, string take, string work) =>
        Flags(Gated(gate, take, work));

    [Theory]
    [InlineData("readonly SemaphoreSlim _gate = new(2, 2);", "_gate.Wait();", "_total += Sum(order);")]
    [InlineData("readonly SemaphoreSlim _gate; C(int n) { _gate = new SemaphoreSlim(n, n); }", "_gate.Wait();", "_total += Sum(order);")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1);", "_gate.Wait();", "_total++;")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1);", "var sum = Sum(order); _gate.Wait();", "_total += sum;")]
    public Task A_semaphore_that_lets_in_more_or_holds_less_is_allowed(string gate, string take, string work) =>
        Allows(Gated(gate, take, work));

    private static string Awaited(string before, string take, string work) =>
        "readonly SemaphoreSlim _gate = new(1, 1); static async Task SaveAsync(int one) => await Task.Delay(one); int _total; "
        + "Task All(List<int> orders) => Parallel.ForEachAsync(orders, async (order, token) => { " + before + take
        + " try { " + work + " } finally { _gate.Release(); } });";

    [Fact]
    public Task A_semaphore_that_is_held_while_each_awaits_is_flagged() =>
        Flags(Awaited("", "await [|_gate.WaitAsync(token)|];", "await SaveAsync(order);"), "it awaits there");

    [Theory]
    [InlineData("", "_total++;")]
    [InlineData("await SaveAsync(order); ", "_total++;")]
    public Task A_semaphore_that_is_awaited_over_memory_is_allowed(string before, string work) =>
        Allows(Awaited(before, "await _gate.WaitAsync(token);", work));

    // A lock that another member takes, and with one fact changed: there is work in front of it.
    [Theory]
    [InlineData("[|Take()|]; try { foreach (var n in order) total += n; } finally { Give(); }", true)]
    [InlineData("using ([|new Held(gate)|]) { foreach (var n in order) total += n; }", true)]
    [InlineData("using var held = [|new Held(gate)|]; foreach (var n in order) total += n;", true)]
    [InlineData("[|Locked|](() => { File.AppendAllText(\"a\", \"b\"); });", true)]
    [InlineData("foreach (var n in order) n.ToString(); Take(); try { total++; } finally { Give(); }", false)]
    [InlineData("using (new Held(gate)) { total++; }", false)]
    [InlineData("using (new Held(new object())) { foreach (var n in order) total += n; }", false)]
    [InlineData("Locked(() => total++);", false)]
    public Task A_lock_that_another_member_takes_serialises_as_well(string body, bool flagged)
    {
        var members =
            $$"""
            class Store
            {
                sealed class Held : IDisposable
                {
                    readonly object gate;
                    public Held(object gate) { this.gate = gate; Monitor.Enter(gate); }
                    public void Dispose() => Monitor.Exit(gate);
                }
                readonly object gate = new(); int total;
                void Take() => Monitor.Enter(gate);
                void Give() => Monitor.Exit(gate);
                void Locked(Action a) { lock (gate) a(); }
                void Sum(List<int[]> orders) => Parallel.ForEach(orders, order => { {{body}} });
            }
            """;
        return flagged ? Flags(members) : Allows(members);
    }

    private const string Adding = "{ double d = 0; foreach (var c in s) d += Math.Sqrt(c); all.Add(d); }";

    // The whole parallel body is a call, or a call of a call; with one fact changed: somebody on the way does something else, or each round
    // has an object of its own.
    [Theory]
    [InlineData("s => Two(s)", "void Two(string s) => Add(s);", true)]
    [InlineData("s => Two(s)", "void Two(string s) { Add(s); }", true)]
    [InlineData("s => { Two(s); }", "void Two(string s) => Three(s); void Three(string s) => Add(s);", true)]
    [InlineData("s => Two(s)", "void Two(string s) { File.ReadAllText(s); Add(s); }", false)]
    [InlineData("s => Two(s)", "void Two(string s) { Add(s); File.ReadAllText(s); }", false)]
    public Task A_lock_at_the_end_of_a_chain_of_calls(string body, string between, bool flagged)
    {
        var code = "class Book { object gate = new(); List<double> all = new(); "
            + "void Fill(string[] of) => Parallel.ForEach(of, " + body + "); " + between + " void Add(string s) { LOCK " + Adding + " } }";
        return flagged ? Flags(code.Replace("LOCK", "[|lock (gate)|]")) : Allows(code.Replace("LOCK", "lock (gate)"));
    }

    [Theory]
    [InlineData("readonly Book book; void Fill(string[] of) => Parallel.ForEach(of, s => book.Add(s));", true)]
    [InlineData("readonly Book book; void Fill(string[] of) => Parallel.ForEach(of, book.Add);", true)]
    [InlineData("void Fill(Book[] books) => Parallel.ForEach(books, book => book.Add(\"a\"));", false)]
    [InlineData("void Fill(Book[] books, string[] of) => Parallel.For(0, 9, i => books[i].Add(of[i]));", false)]
    [InlineData("readonly Book book; void Fill(string[] of) { foreach (var s in of) book.Add(s); }", false)]
    [InlineData("readonly Book book; void Fill(string[] of) => Parallel.ForEach(of, s => { File.ReadAllText(s); book.Add(s); });", false)]
    public Task A_method_of_another_type_that_is_all_that_runs_in_parallel(string user, bool flagged)
    {
        var code = "public class Book { object gate = new(); List<double> all = new(); public void Add(string s) { LOCK " + Adding + " } } "
            + "class User { " + user + " }";
        return flagged ? Flags(code.Replace("LOCK", "[|lock (gate)|]")) : Allows(code.Replace("LOCK", "lock (gate)"));
    }
}
