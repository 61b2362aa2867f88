using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

public sealed class QNT3001SerialisedParallelBodyFixTests
{
    private const string Fields =
        "readonly object _gate = new(); readonly List<long> _totals = new(); int _done; long _sum; "
        + "readonly Dictionary<int, long> _byId = new();\n"
        + "static long Heavy(int[] order) { var sum = 0L; foreach (var line in order) sum += line * line % 7; return sum; } "
        + "static int Small(int[] order) => order.Length;\n";

    private static readonly QNT3001SerialisedParallelBodyFix Fix = new();

    private static Task Becomes(string members, string expected, string? title = null) =>
        FixAssert.BecomesAsync(Fix, Fields + members, Fields + expected, title);

    private static async Task Offers(string body, params string[] kinds)
    {
        var lab = FixLab.OfMembers(Fields + body);
        Assert.Equal(kinds.Select(static kind => "QNT3001." + kind), (await lab.ActionsAsync(Fix))
            .Select(static action => action.EquivalenceKey));
    }

    [Fact]
    public Task A_sum_is_added_to_with_Interlocked() => Becomes(
        """
        long Sum(List<int[]> orders)
        {
            long total = 0;
            Parallel.ForEach(orders, order =>
            {
                // all of it
                [|lock (_gate)|]
                {
                    total += Heavy(order); // squares
                }
            });
            return total;
        }
        """,
        """
        long Sum(List<int[]> orders)
        {
            long total = 0;
            Parallel.ForEach(orders, order =>
            {
                // all of it
                Interlocked.Add(ref total, Heavy(order)); // squares
            });
            return total;
        }
        """,
        "Add to 'total' with Interlocked instead of under the lock");

    [Theory]
    [InlineData("long", "total += Heavy(order);", "orders, ", "order =>", "Interlocked.Add(ref total, Heavy(order));", "")]
    [InlineData("double", "total += Heavy(order) * 0.5;", "orders, () => 0.0, ", "(order, _, local) =>", "local += Heavy(order) * 0.5;",
        "    return local;\n    }, local => { lock (_gate) total += local; });")]
    public Task Comments_of_the_head_of_the_lock_are_kept(
        string type, string adds, string shares, string parameters, string added, string end) => Becomes(
        $$"""
        {{type}} Sum(List<int[]> orders)
        {
            {{type}} total = 0;
            Parallel.ForEach(orders, order =>
            {
                [|lock (_gate)|] // total
                { // one by one
                    {{adds}}
                }
            });
            return total;
        }
        """,
        $$"""
        {{type}} Sum(List<int[]> orders)
        {
            {{type}} total = 0;
            Parallel.ForEach({{shares}}{{parameters}}
            {
                // total
                // one by one
                {{added}}
        {{(end.Length == 0 ? "    });" : "    " + end)}}
            return total;
        }
        """);

    [Fact]
    public Task What_comes_before_the_addition_leaves_the_lock() => Becomes(
        """
        void Count(List<int[]> orders)
        {
            Parallel.ForEach(orders, order =>
            {
                [|lock (_gate)|]
                {
                    // look at it
                    var sum = Heavy(order);
                    // one more
                    _done++;
                }
            });
        }
        """,
        """
        void Count(List<int[]> orders)
        {
            Parallel.ForEach(orders, order =>
            {
                // look at it
                var sum = Heavy(order);
                // one more
                Interlocked.Increment(ref _done);
            });
        }
        """);

    [Theory]
    [InlineData("_done--;", "Interlocked.Decrement(ref _done);")]
    [InlineData("_done += Small(order);", "Interlocked.Add(ref _done, Small(order));")]
    [InlineData("_done -= Small(order);", "Interlocked.Add(ref _done, -Small(order));")]
    [InlineData("_done -= Small(order) + 1;", "Interlocked.Add(ref _done, -(Small(order) + 1));")]
    [InlineData("this._done += Small(order);", "Interlocked.Add(ref this._done, Small(order));")]
    public Task Every_form_of_adding(string under, string expected) => Becomes(
        $"void M(List<int[]> orders) => Parallel.ForEach(orders, order => {{ [|lock (_gate)|] {{ {under} }} }});",
        $"void M(List<int[]> orders) => Parallel.ForEach(orders, order => {{ {expected} }});");

    [Theory]
    [InlineData("", "var g = new object();\n    ", "")]
    [InlineData("", "object g = new();\n    ", "")]
    // Somebody takes it still, or says something about it.
    [InlineData("lock (g) Console.Write(1);\n    ", "var g = new object();\n    ", "var g = new object();\n    ")]
    [InlineData("", "var g = new object(); // guards the count\n    ", "var g = new object(); // guards the count\n    ")]
    public Task A_lock_of_the_loop_alone_goes_with_it(string beside, string before, string after)
    {
        string Text(string gate, string add) => "void M(List<int[]> orders)\n{\n    var n = 0;\n    " + gate + beside
            + $"Parallel.ForEach(orders, order => {{ {add} }});\n    Console.Write(n);\n}}";
        return Becomes(Text(before, "[|lock (g)|] { n++; }"), Text(after, "Interlocked.Increment(ref n);"));
    }

    [Theory]
    // Somebody else changes the number, reads it in the loop, or could see half of it.
    [InlineData("void Reset() { lock (_gate) _done = 0; }", "_done += Small(order);")]
    [InlineData("", "_done += Small(order) + _done;")]
    [InlineData("int Done() { lock (_gate) return (int)_sum; }", "_sum += Heavy(order);")]
    // It throws when it overflows, and Interlocked does not.
    [InlineData("", "checked { _done += Small(order); }")]
    public async Task What_is_more_than_adding_gets_no_Interlocked(string beside, string under)
    {
        var lab = FixLab.OfMembers(Fields + beside
            + $" void M(List<int[]> orders) => Parallel.ForEach(orders, order => {{ [|lock (_gate)|] {{ {under} }} }});");
        Assert.DoesNotContain(await lab.ActionsAsync(Fix), static action => action.EquivalenceKey == "QNT3001.Interlocked");
    }

    [Fact]
    public Task Each_thread_adds_up_for_itself() => Becomes(
        """
        double Sum(List<double[]> orders)
        {
            var total = 0.0;
            Parallel.ForEach(orders, order =>
            {
                [|lock (_gate)|]
                {
                    // squares
                    foreach (var line in order) total += line * line;
                }
            });
            return total;
        }
        """,
        """
        double Sum(List<double[]> orders)
        {
            var total = 0.0;
            Parallel.ForEach(orders, () => 0.0, (order, _, local) =>
            {
                // squares
                foreach (var line in order) local += line * line;
                return local;
            }, local => { lock (_gate) total += local; });
            return total;
        }
        """,
        "Collect 'total' on each thread and join the shares under the lock");

    [Theory]
    [InlineData("int", "0")]
    [InlineData("uint", "0u")]
    [InlineData("long", "0L")]
    [InlineData("ulong", "0UL")]
    [InlineData("float", "0f")]
    [InlineData("double", "0.0")]
    [InlineData("decimal", "0m")]
    public Task Every_kind_of_number(string type, string start) => Becomes(
        $"void M({type}[][] a) {{ {type} t = 0; Parallel.For(0, a.Length, i => {{ [|lock (_gate)|] {{ foreach (var n in a[i]) t += n; }} "
            + $"}}); Console.Write(t); }}",
        $"void M({type}[][] a) {{ {type} t = 0; Parallel.For(0, a.Length, () => {start}, (i, _, local) => {{ foreach (var n in a[i]) "
            + $"local += n; return local; }}, local => {{ lock (_gate) t += local; }}); Console.Write(t); }}");

    [Fact]
    public Task A_list_is_collected_in_shares_and_the_options_stay() => Becomes(
        "void M(List<int[]> orders) => Parallel.ForEach(orders, new ParallelOptions(), (order, state) => { [|lock (_gate)|] { "
        + "foreach (var line in order) _totals.Add(line); } });",
        "void M(List<int[]> orders) => Parallel.ForEach(orders, new ParallelOptions(), () => new List<long>(), (order, state, local) => "
        + "{ foreach (var line in order) local.Add(line); return local; }, local => { lock (_gate) _totals.AddRange(local); });",
        "Collect '_totals' on each thread and join the shares under the lock (others see them when the loop ends)");

    [Theory]
    // The rounds see what the others have added, or do something else to the whole.
    [InlineData("foreach (var line in order) if (_totals.Count < 5) _totals.Add(line);")]
    [InlineData("foreach (var line in order) _totals.Insert(0, line);")]
    [InlineData("foreach (var line in order) { _totals.Add(line); _totals.Sort(); }")]
    [InlineData("foreach (var line in order) { _totals.Add(line); _sum += line; }")]
    [InlineData("foreach (var line in order) _byId[line] = line;")]
    [InlineData("foreach (var line in order) { if (line == 3) return; _totals.Add(line); }")]
    [InlineData("foreach (var line in order) _sum *= line;")]
    // Through a callee as well.
    [InlineData("_sum += Next(order);")]
    [InlineData("foreach (var line in order) _totals.Add(Id(line));")]
    public Task What_depends_on_the_others_stays(string under) =>
        Offers("long Next(int[] order) => order.Length + _sum; long Id(int line) => line + _totals.Count; "
            + $"void M(List<int[]> orders) => Parallel.ForEach(orders, order => {{ [|lock (_gate)|] {{ {under} }} }});");

    [Fact]
    public Task A_local_that_a_local_function_reads_stays() => Offers(
        "double M(List<int[]> orders) { var sum = 0.0; Parallel.ForEach(orders, order => { [|lock (_gate)|] { sum += Next(order); } }); "
        + "return sum; double Next(int[] order) => order.Length + sum; }");

    [Theory]
    [InlineData("sum = 0", "LocalAccumulator", "ComputeOutside")]
    [InlineData("Console.Write(sum)", "Interlocked", "LocalAccumulator", "ComputeOutside")]
    public Task A_local_that_another_thread_changes_needs_the_lock(string other, params string[] kinds) => Offers(
        "long M(List<int[]> orders) { var sum = 0L; var drain = new Thread(() => { lock (_gate) { " + other + "; } }); drain.Start(); "
        + "Parallel.ForEach(orders, order => { [|lock (_gate)|] { sum += Heavy(order); } }); return sum; }", kinds);

    [Theory]
    [InlineData("int", "Interlocked")]
    [InlineData("uint", "LocalAccumulator")]
    public async Task An_older_framework_adds_to_signed_numbers_only(string type, string first)
    {
        const string Older = "namespace System.Threading { static class Interlocked { public static int Add(ref int a, int b) => a += b; "
            + "public static long Add(ref long a, long b) => a += b; } }\n";
        var lab = FixLab.Of([FixLab.Wrap(Fields + $"{type} M(List<int[]> orders) {{ {type} sum = 0; Parallel.ForEach(orders, order => {{ "
            + $"[|lock (_gate)|] {{ sum += ({type})Heavy(order); }} }}); return sum; }}"), Older]);
        Assert.Equal("QNT3001." + first, (await lab.ActionsAsync(Fix))[0].EquivalenceKey);
    }

    [Fact]
    public Task A_local_beside_a_local_function_is_shared_out() => Offers(
        "double M(List<int[]> orders) { var sum = 0.0; Parallel.ForEach(orders, order => { [|lock (_gate)|] { sum += Next(order); } }); "
        + "return sum; double Next(int[] order) => order.Length + 1; }", "LocalAccumulator", "ComputeOutside");

    [Theory]
    // Only what lets the directives stand where they are is offered.
    [InlineData("#if !DEBUG\n_done += 100;\n#endif\n")]
    [InlineData("#if DEBUG\n_done += 100;\n#endif\n", "ComputeOutside")]
    [InlineData("#region Sum\n", "ComputeOutside")]
    [InlineData("#pragma warning disable CS0168\n", "ComputeOutside")]
    public Task A_lock_with_directives_in_it_stays(string directive, params string[] kinds)
    {
        var end = directive.StartsWith("#region", StringComparison.Ordinal) ? "#endregion\n" : "";
        return Offers($"void M(List<int[]> orders) => Parallel.ForEach(orders, order => {{ [|lock (_gate)|] {{\n{directive}"
            + $"_done += Small(order);\n{end}}} }});", kinds);
    }

    [Fact]
    public Task The_work_is_done_before_the_lock() => FixAssert.BecomesAsync(
        Fix,
        FixLab.OfMembers(Fields + """
            void M(List<int[]> orders)
            {
                Parallel.ForEach(orders, order =>
                {
                    [|lock (_gate)|]
                    {
                        var sum = Heavy(order);
                        _byId[order.Length] = sum;
                    }
                });
            }
            """),
        [FixLab.Wrap(Fields + """
            void M(List<int[]> orders)
            {
                Parallel.ForEach(orders, order =>
                {
                    var sum = Heavy(order);
                    lock (_gate)
                    {
                        _byId[order.Length] = sum;
                    }
                });
            }
            """)],
        "Work before the lock, and take it for the result only");

    [Fact]
    public Task The_element_of_a_round_is_its_own() => Becomes(
        "class Order { public int Id; public List<int> Lines = new(); public long Total() => Lines.Sum(); } "
        + "void M(List<Order> orders) => Parallel.ForEach(orders, order => { [|lock (_gate)|] { _byId[order.Id] = order.Total(); } });",
        "class Order { public int Id; public List<int> Lines = new(); public long Total() => Lines.Sum(); } "
        + "void M(List<Order> orders) => Parallel.ForEach(orders, order => { var total = order.Total(); lock (_gate) { "
        + "_byId[order.Id] = total; } });");

    [Theory]
    // What leaves the lock must not look at what changes under it: a field, a captured local, a delegate.
    [InlineData("_byId[order.Length] = Heavy(order) + _byId.Count;", "ComputeOutside")]
    [InlineData("_byId[order.Length] = Step(order);")]
    [InlineData("if (_byId.Count == 0) _byId[order.Length] = Heavy(order);")]
    public Task Only_what_is_free_leaves(string under, params string[] kinds) =>
        Offers($"long Step(int[] order) => order.Length + _sum; void M(List<int[]> orders) => Parallel.ForEach(orders, order => {{ "
            + $"[|lock (_gate)|] {{ {under} }} }});", kinds);

    [Fact]
    public Task A_captured_local_that_changes_under_the_lock_is_guarded_by_it() => Offers(
        "static long Next(long last, int[] order) => last + order.Sum(); void M(List<int[]> orders) { var last = 0L; "
        + "Parallel.ForEach(orders, order => { [|lock (_gate)|] { var sum = Next(last, order); last = sum; } }); }");

    [Fact]
    public Task A_captured_local_that_stays_as_it_is_is_not() => Offers(
        "static long Next(long last, int[] order) => last + order.Sum(); void M(List<int[]> orders) { var last = 0L; "
        + "Parallel.ForEach(orders, order => { [|lock (_gate)|] { var sum = Next(last, order); _sum = sum; } }); }", "ComputeOutside");

    [Fact]
    public Task A_body_that_runs_on_a_thread_of_its_own_is_refused() => Offers(
        "void M(List<int[]> orders) { foreach (var order in orders) new Thread(() => { [|lock (_gate)|] { _done += Small(order); } })"
        + ".Start(); }");

    [Fact]
    public Task All_in_one_document_each_by_its_best_move() => FixAssert.AllBecomeAsync(
        Fix, null,
        FixLab.OfMembers(Fields
            + "void A(List<int[]> o) => Parallel.ForEach(o, x => { [|lock (_gate)|] { _done += Small(x); } }); "
            + "void B(List<int[]> o) => Parallel.ForEach(o, x => { [|lock (_gate)|] { _byId[1] = Heavy(x); } });"),
        [FixLab.Wrap(Fields
            + "void A(List<int[]> o) => Parallel.ForEach(o, x => { Interlocked.Add(ref _done, Small(x)); }); "
            + "void B(List<int[]> o) => Parallel.ForEach(o, x => { var heavy = Heavy(x); lock (_gate) { _byId[1] = heavy; } });")]);
}
