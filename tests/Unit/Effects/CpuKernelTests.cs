using static Quintet.Tests.Effects.CpuSnippet;

namespace Quintet.Tests.Effects;

public sealed class CpuKernelTests
{
    [Fact]
    public void Arithmetic_on_elements_of_two_ranges_is_a_kernel_and_comparing_them_is_a_look_up()
    {
        Assert.Equal(
            "two nested loops over 'a.Length' and 'b.Length' that compute on elements of both",
            Certain("int M(int[] a, int[] b) { var s = 0; for (var i = 0; i < a.Length; i++) for (var j = 0; j < b.Length; "
                + "j++) s += a[i] * b[j]; return s; }"));
        Silent("int M(int[] a, int[] b) { var s = 0; for (var i = 0; i < a.Length; i++) for (var j = 0; j < b.Length; "
            + "j++) if (a[i] == b[j]) s += 1; return s; }");
        Silent("int M(int[] a, int[] b) { for (var i = 0; i < a.Length; i++) for (var j = 0; j < b.Length; "
            + "j++) if (a[i] == b[j]) return i; return 0; }");
    }

    [Fact]
    public void Loops_one_after_the_other_are_no_nest() =>
        Silent("int M(int[] a, int[] b) { var s = 0; for (var i = 0; i < a.Length; i++) s += a[i]; for (var j = 0; j < b.Length; "
            + "j++) s += b[j]; return s; }");

    [Fact]
    public void What_an_outer_loop_summed_up_is_not_an_operand_of_the_inner_sum() =>
        Silent("int M(int[] a, int[] b) { var s = 0; for (var i = 0; i < a.Length; i++) { s += a[i]; for (var j = 0; j < b.Length; "
            + "j++) s += b[j]; } return s; }");

    [Fact]
    public void An_element_kept_in_a_local_is_an_element()
    {
        Certain("int M(int[] a, int[] b) { var s = 0; for (var i = 0; i < a.Length; i++) { var x = a[i]; foreach (var y in b) { "
            + "s += x * y; } } return s; }");
        Silent("int M(int[] a, int[] b) { var s = 0; for (var i = 0; i < a.Length; i++) { var x = a[0]; foreach (var y in b) { "
            + "s += x * y; } } return s; }");
    }

    [Fact]
    public void Pixels_are_elements_of_both_loops()
    {
        const string image =
            "class Image { public int Width, Height; public int GetPixel(int x, int y) => 0; public int this[int x, int y] => 0; } ";
        const string sum =
            "int M(Image m) {{ var s = 0; for (var y = 0; y < m.Height; y++) for (var x = 0; x < m.Width; x++) {0} return s; }}";
        Certain(image + string.Format(null, sum, "s += m.GetPixel(x, y) >> 2;"));
        Certain(image + string.Format(null, sum, "s += 3 * m[x, y];"));
        Silent(image + string.Format(null, sum, "s += m[x, y];"));
        Certain(image + string.Format(null, sum, "{ var p = m[x, y]; s += p * 3; }"));
        Silent(image + string.Format(null, sum, "if (m.GetPixel(x, y) == 3) s++;"));
        Silent(image + string.Format(null, sum, "s += m.GetPixel(x, 0);"));
        Silent(image + string.Format(null, sum, "Console.Write(m.GetPixel(x, y));"));
    }

    [Fact]
    public void A_flat_array_is_indexed_by_both_counters()
    {
        Certain("void M(float[] a, int w, int h) { for (var y = 0; y < h; y++) for (var x = 0; x < w; x++) a[y * w + x] *= 2; }");
        Silent("void M(float[] a, int w, int h) { for (var y = 0; y < h; y++) for (var x = 0; x < w; x++) a[y * w + x] = 2; }");
        Silent("void M(float[] a, float[] b, int w, int h) { for (var y = 0; y < h; y++) for (var x = 0; x < w; "
            + "x++) a[y * w + x] = b[y * w + x]; }");
    }

    [Fact]
    public void Counting_in_an_element_is_arithmetic()
    {
        Certain("void M(int[,] a, int w, int h) { for (var y = 0; y < h; y++) for (var x = 0; x < w; x++) a[y, x] += 3 * a[y, x]; }");
        Assert.False(
            Assert.Single(
                Shape(
                    "void M(int[,] a, int w, int h) { for (var y = 0; y < h; y++) "
                    + "for (var x = 0; x < w; x++) a[y, x]++; }").Evidence).Certain);
        Silent("int n; void M(int[,] a, int w, int h) { for (var y = 0; y < h; y++) for (var x = 0; x < w; x++) n++; }");
    }

    [Fact]
    public void Pointers_are_arrays()
    {
        Certain("unsafe int M(byte* p, int w, int h) { var s = 0; for (var y = 0; y < h; y++) for (var x = 0; x < w; "
            + "x++) s += p[y * w + x] << 1; return s; }");
        Certain("unsafe int M(byte* p, int w, int h) { var s = 0; for (var y = 0; y < h; y++) for (var x = 0; x < w; "
            + "x++) s += *(p + y * w + x) << 1; return s; }");
        Silent("unsafe int M(byte* p, int w, int h) { var s = 0; for (var y = 0; y < h; y++) for (var x = 0; x < w; x++) s += p[x] << 1; "
            + "return s; }");
    }

    [Fact]
    public void Spans_are_arrays()
    {
        Certain("int M(Span<int> a, Span<int> b) { var s = 0; for (var i = 0; i < a.Length; i++) for (var j = 0; j < b.Length; "
            + "j++) s += a[i] * b[j]; return s; }");
        Silent("int M(Span<int> a, Span<int> b) { var s = 0; for (var i = 0; i < a.Length; i++) for (var j = 0; j < 8; "
            + "j++) s += a[i] * b[j]; return s; }");
    }

    [Fact]
    public void Distances_between_all_pairs_are_a_kernel()
    {
        const string pairs = """
            double M(List<Item> items)
            {
                var best = double.MaxValue;
                for (var i = 0; i < items.Count; i++)
                {
                    for (var j = i + 1; j < items.Count; j++)
                    {
                        var dx = items[i].X - items[j].X;
                        best = Math.Min(best, Math.Sqrt(dx * dx));
                    }
                }
                return best;
            }
            """;
        Assert.Equal("two nested loops over 'items.Count' that compute on elements of both", Certain(pairs));
        Silent(pairs.Replace("items[j]", "items[0]"));
    }

    [Fact]
    public void Edit_distance_is_a_kernel_also_with_two_rows()
    {
        const string distance = """
            int M(string s, string t)
            {
                var previous = new int[t.Length + 1]; var current = new int[t.Length + 1];
                for (var i = 1; i <= s.Length; i++)
                {
                    for (var j = 1; j <= t.Length; j++)
                    {
                        var cost = s[i - 1] == t[j - 1] ? 0 : 1;
                        current[j] = Math.Min(current[j - 1] + 1, previous[j - 1] + cost);
                    }
                    (previous, current) = (current, previous);
                }
                return previous[t.Length];
            }
            """;
        Certain(distance);
        Silent(distance.Replace("Math.Min(current[j - 1] + 1, previous[j - 1] + cost)", "current[j - 1] + 1"));
        Certain(distance.Replace("var cost = s[i - 1] == t[j - 1] ? 0 : 1;", "int cost; if (s[i - 1] == t[j - 1]) cost = 0; "
            + "else cost = 1;"));
    }

    [Fact]
    public void A_table_that_a_recurrence_fills_is_a_kernel()
    {
        const string knapsack = """
            int M(int[] weights, int[] values, int capacity)
            {
                var best = new int[capacity + 1];
                for (var i = 0; i < weights.Length; i++)
                    for (var w = capacity; w >= weights[i]; w--)
                        best[w] = Math.Max(best[w], best[w - weights[i]] + values[i]);
                return best[capacity];
            }
            """;
        Certain(knapsack);
        Silent(knapsack.Replace("w = capacity", "w = 20"));
    }

    [Fact]
    public void Members_of_the_loop_variable_are_walked_once()
    {
        Silent("int M(List<Item> orders) { var s = 0; foreach (var o in orders) foreach (var l in o.Lines) s += l * o.Id; return s; }");
        Silent("int M(List<Item> orders) { var s = 0; foreach (var o in orders) { var lines = o.Lines; "
            + "foreach (var l in lines) s += l * o.Id; } return s; }");
        Silent("int M(List<Item> o) { var s = 0; for (var i = 0; i < o.Count; i++) for (var j = 0; j < o[i].Lines.Length; "
            + "j++) s += o[i].Lines[j] * o[i].Id; return s; }");
        Silent("int M(List<Item> orders) { var s = 0; foreach (var o in orders) foreach (var l in LinesOf(o.Id)) s += l * o.Id; "
            + "return s; } int[] LinesOf(int i) => null;");
        Silent("int M(List<Item> o) { var s = 0; for (var i = 0; i < o.Count; i++) foreach (var l in LinesOf(i)) s += l * o[i].Id; "
            + "return s; } int[] LinesOf(int i) => null;");
        Certain("int M(List<Item> orders, int[] lines) { var s = 0; foreach (var o in orders) foreach (var l in lines) s += l * o.Id; "
            + "return s; }");
    }

    [Fact]
    public void A_list_filled_from_the_loop_variable_is_as_long_as_its_members()
    {
        const string lists =
            "int M(List<Item> orders) { var s = 0; foreach (var o in orders) { var l = new List<int>(); l.AddRange(o.Lines); "
            + "foreach (var x in l) s += x * o.Id; } return s; }";
        Silent(lists);
        Certain("List<int> all; " + lists.Replace("in l)", "in all)"));
    }

    [Fact]
    public void A_window_moves_over_the_whole_once()
    {
        Silent("int M(int[] a, int w) { var s = 0; for (var i = 0; i < a.Length; i++) for (var j = i; j < i + w; j++) s += a[j] * a[i]; "
            + "return s; }");
        Certain("int M(int[] a, int w) { var s = 0; for (var i = 0; i < a.Length; i++) for (var j = i; j < w; j++) s += a[j] * a[i]; "
            + "return s; }");
    }

    [Fact]
    public void A_counter_that_the_outer_loop_does_not_reset_runs_through_once()
    {
        const string merge =
            "int M(int[] a, int[] b) {{ var s = 0; var j = 0; for (var i = 0; i < a.Length; i++) {{ {0} while (j < b.Length) {{ "
            + "s += a[i] * b[j]; j++; }} }} return s; }}";
        Silent(string.Format(null, merge, ""));
        Certain(string.Format(null, merge, "j = 0;"));
        Silent(string.Format(null, merge, "").Replace("while (j < b.Length)", "for (; j < b.Length; j++)"));
        Certain(string.Format(null, merge, "j = 0;").Replace("while (j < b.Length)", "for (; j < b.Length; j++)").Replace("j++; }", "}"));
        Silent("int M(string a) { var s = 0; for (var i = 0; i < a.Length; i++) { for (i = i + 1; i < a.Length; "
            + "i++) s += a[i] - a[i - 1]; } return s; }");
    }

    [Fact]
    public void A_counted_while_loop_is_a_loop_over_input_unless_it_may_end_at_once()
    {
        const string loop =
            "int M(int[] a, int[] b) { var s = 0; foreach (var x in a) { var j = 0; while (j < b.Length) { s += x * b[j]; j++; } } "
            + "return s; }";
        Certain(loop);
        Silent(loop.Replace("j < b.Length", "j < b.Length && b[j] > x"));
        Silent(loop.Replace("j++", "j *= 2"));
        Silent(loop.Replace("j++;", "j++; j = s;"));
    }

    [Fact]
    public void Small_ranges_do_not_count()
    {
        const string nest =
            "static readonly int[] Steps = [-1, 0, 1]; int[] many; int M(int[] a, byte few) { var s = 0; "
            + "foreach (var x in a) RANGE s += x * many[d]; return s; }";
        Certain(nest.Replace("RANGE", "for (var d = 0; d < many.Length; d++)"));
        Silent(nest.Replace("RANGE", "for (var d = 0; d < 4; d++)"));
        Silent(nest.Replace("RANGE", "for (var d = a.Length; d < 4; d++)"));
        Silent(nest.Replace("RANGE", "for (var d = 0; d < few; d++)"));
        Silent(nest.Replace("RANGE", "for (var d = 0; d < Math.Min(a.Length, 10); d++)"));
        Silent(nest.Replace("RANGE", "for (var d = 0; d < Math.Clamp(a.Length, 1, 10); d++)"));
        Silent(nest.Replace("RANGE", "for (var d = 0; d < MathF.Min(a.Length, 10); d++)"));
        Certain("int Min(int a, int b) => a; " + nest.Replace("RANGE", "for (var d = 0; d < Min(a.Length, 10); d++)"));
        Silent(nest.Replace("RANGE", "for (var d = 0; d == a.Length; d++)"));
        Certain(nest.Replace("RANGE", "for (var d = 0; d != a.Length; d++)"));
        Certain(nest.Replace("RANGE", "for (var d = 1; d - 1 < a.Length; d++)"));
        Certain(nest.Replace("RANGE", "foreach (var d in Enumerable.Range(0, a.Length))"));
        Silent(nest.Replace("RANGE", "foreach (var d in Enumerable.Range(0, x))"));
        Silent("static readonly int[] Few = new int[4]; " + nest.Replace("RANGE", "foreach (var d in Few)"));
        Silent("static readonly int[] Few = new int[] { 4, 5 }; " + nest.Replace("RANGE", "foreach (var d in Few)"));
        Silent("static readonly int[] Few = { 4, 5 }; " + nest.Replace("RANGE", "foreach (var d in Few)"));
        Silent(nest.Replace("RANGE", "foreach (var t in Type.EmptyTypes) for (var d = 0; d < 4; d++)"));
        Silent(nest.Replace("RANGE", "for (var d = 0; d < a.Length && d < 10; d++)"));
        Silent(nest.Replace("RANGE", "for (var d = 0; d < Steps.Length; d++)"));
        Silent(nest.Replace("RANGE", "foreach (var d in Steps)"));
        Silent(nest.Replace("RANGE", "foreach (var d in new[] { 1, 2 })"));
        Silent(nest.Replace("RANGE", "foreach (int d in Enum.GetValues(typeof(DayOfWeek)))"));
        Certain(nest.Replace("RANGE", "foreach (var d in many)"));
        Certain(nest.Replace("RANGE", "for (var d = a.Length - 1; d >= 0; d--)"));
        Silent(nest.Replace("RANGE", "for (var d = 5; d >= a.Length; d--)"));
    }

    [Fact]
    public void Three_loops_over_input_are_heavy_even_if_only_counters_are_computed()
    {
        const string loops =
            "long M(int n, int m, int k) { long s = 0; for (var a = 1; a < n; a++) for (var b = a; b < m; b++) for (var c = b; c < k; "
            + "c++) if (a * a + b * b == c * c) s++; return s; }";
        Assert.Equal("three nested loops over 'n', 'm' and 'k'", Certain(loops));
        Silent(loops.Replace("a * a + b * b == c * c", "a == b || b == c"));
        Silent(loops.Replace("c < k", "c < 5"));
    }

    [Fact]
    public void Three_loops_that_only_compute_an_index_compare()
    {
        const string search =
            "int M(int[] t, int n, int m, int k) { for (var a = 0; a < n; a++) for (var b = 0; b < m; b++) for (var c = 0; c < k; "
            + "c++) if (t[a * n + c] == 3) return a; return 0; }";
        Silent(search);
        Certain(search.Replace("t[a * n + c] == 3", "t[a] == a * n + c"));
    }

    [Fact]
    public void Three_loops_whose_middle_walks_members_are_two()
    {
        Silent("int M(List<Item> a, List<Item> b) { var s = 0; "
            + "foreach (var x in a) foreach (var y in x.Items) foreach (var z in b) s += z.Id; return s; }");
        Certain("int M(List<Item> a, List<Item> c, List<Item> b) { var s = 0; "
            + "foreach (var x in a) foreach (var y in c) foreach (var z in b) s += z.Id; return s; }");
    }

    [Fact]
    public void A_matrix_product_is_reported_once()
    {
        Assert.Equal(
            "three nested loops over 'n'",
            Certain("void M(double[,] a, double[,] b, double[,] c, int n) { for (var i = 0; i < n; i++) for (var j = 0; j < n; "
                + "j++) for (var k = 0; k < n; k++) c[i, j] += a[i, k] * b[k, j]; }"));
    }

    [Fact]
    public void Joining_strings_or_adding_times_is_no_arithmetic()
    {
        const string nest = "T M(T[] a, T[] b) { var s = default(T); foreach (var x in a) foreach (var y in b) s = x + y + y; return s; }";
        Certain(nest.Replace("T", "double"));
        Certain(nest.Replace("T", "decimal"));
        Silent(nest.Replace("T", "string"));
        Silent(nest.Replace("T", "TimeSpan"));
    }

    [Fact]
    public void Operators_that_somebody_wrote_are_no_certain_arithmetic()
    {
        const string nest =
            "struct V { public static V operator *(V a, V b) => a; } void M(V[] a, V[] b) { foreach (var x in a) foreach (var y in b) { "
            + "var z = x * y; } }";
        Assert.False(Assert.Single(Shape(nest).Evidence).Certain);
        Certain("void M(double[] a, double[] b) { foreach (var x in a) foreach (var y in b) { var z = x * y; } }");
        Certain("void M(System.Numerics.Vector2[] a, System.Numerics.Vector2[] b) { foreach (var x in a) foreach (var y in b) { "
            + "var z = x * y; } }");
    }

    [Fact]
    public void Adding_up_a_table_is_light_and_uncertain()
    {
        const string table =
            "int M(int[,] a, int w, int h) { var s = 0; for (var y = 0; y < h; y++) for (var x = 0; x < w; x++) s = COMBINE; return s; }";
        Certain(table.Replace("COMBINE", "s + a[y, x] * 3"));
        Certain(table.Replace("COMBINE", "Math.Max(s, a[y, x] + 1)"));
        Certain(table.Replace("COMBINE", "(int)Math.Sqrt(a[y, x])"));
        Assert.False(Assert.Single(Shape(table.Replace("COMBINE", "s + a[y, x]")).Evidence).Certain);
        Assert.False(Assert.Single(Shape(table.Replace("COMBINE", "s - a[y, x]")).Evidence).Certain);
        Assert.False(Assert.Single(Shape(table.Replace("COMBINE", "Math.Max(s, a[y, x])")).Evidence).Certain);
        Assert.False(Assert.Single(Shape(table.Replace("COMBINE", "Math.Min(s, a[y, x])")).Evidence).Certain);
        Assert.False(Assert.Single(Shape(table.Replace("COMBINE", "Math.Abs(a[y, x])")).Evidence).Certain);
    }

    [Theory]
    [InlineData("Sum(y => x.X * y.X)", true)]
    [InlineData("Count(y => x.X * y.X > 3)", true)]
    [InlineData("Any(y => x.X * y.X > 3) ? 1 : 0", false)]
    [InlineData("All(y => x.X * y.X > 3) ? 1 : 0", false)]
    [InlineData("First(y => x.X * y.X > 3).Id", false)]
    [InlineData("LastOrDefault(y => x.X * y.X > 3).Id", false)]
    [InlineData("SingleOrDefault(y => x.X * y.X > 3).Id", false)]
    public void A_search_by_linq_is_a_look_up(string call, bool isKernel) =>
        Assert.Equal(isKernel,
            Shape($"double M(List<Item> a) {{ var s = 0.0; foreach (var x in a) s += a.{call}; return s; }}").Evidence.Any(e => e.Certain));

    [Fact]
    public void Masking_flags_is_comparing()
    {
        Silent("int M(int[] a, int[] b) { var n = 0; foreach (var x in a) foreach (var y in b) if ((x & y) != 0) n++; return n; }");
        Certain("int M(int[] a, int[] b) { var n = 0; foreach (var x in a) foreach (var y in b) if ((x ^ y) != 0) n++; return n; }");
    }

    [Fact]
    public void A_lambda_that_linq_runs_for_each_element_is_a_loop()
    {
        Certain("double M(List<Item> a) { var s = 0.0; foreach (var x in a) s += a.Sum(y => x.X * y.X); return s; }");
        Certain("double M(List<Item> a) => a.Sum(x => a.Sum(y => Math.Sqrt(x.X * y.X)));");
        Silent("double M(List<Item> a) { var s = 0.0; foreach (var x in a) s += a.Sum(y => y.X); return s; }");
        Silent("double M(List<Item> a) { var s = 0.0; foreach (var x in a) s += x.Items.Sum(y => x.X * y.X); return s; }");
        Silent("bool M(List<Item> a) { foreach (var x in a) if (a.Any(y => y.Id == x.Id)) return true; return false; }");
        Silent("List<Func<double>> M(List<Item> a, List<Item> b) { var s = new List<Func<double>>(); foreach (var x in a) s.Add(() => { "
            + "var t = 0.0; foreach (var y in b) t += x.X * y.X; return t; }); return s; }");
    }

    [Fact]
    public void A_row_that_ends_with_a_checkpoint_gives_turns()
    {
        const string rows =
            "async Task M(double[,] a, int w, int h) { for (var y = 0; y < h; y++) { for (var x = 0; x < w; x++) a[y, x] *= 2; "
            + "await Task.Yield(); } }";
        Assert.True(Assert.Single(Shape(rows).Evidence).HasCheckpoint);
        Certain(rows.Replace("await Task.Yield();", "") );
        Assert.True(
            Assert.Single(
                Shape(rows.Replace("await Task.Yield();", "await using var z = (IAsyncDisposable)null;")).Evidence).HasCheckpoint);
    }

    [Fact]
    public void A_row_of_a_computation_with_a_checkpoint_for_each_row_gives_turns()
    {
        const string product = "async Task M(double[,] a, double[,] b, double[,] c, int n, int m, int k) { for (var i = 0; i < n; i++) { "
            + "await Task.Yield(); for (var j = 0; j < m; j++) for (var x = 0; x < k; x++) c[i, j] += a[i, x] * b[x, j]; } }";
        Assert.True(Assert.Single(Shape(product).Evidence).HasCheckpoint);
        Certain(product.Replace("await Task.Yield();", ""));
        // Each round is a computation of its own.
        Certain(product.Replace("c[i, j] += a[i, x] * b[x, j]", "c[x, j] += a[j, x] * b[x, j]"));
    }

    [Fact]
    public void An_asynchronous_stream_gives_turns() =>
        Assert.True(
            Assert.Single(
                Shape("async Task<int> M(IAsyncEnumerable<int> a, int[] b) { var s = 0; "
                    + "await foreach (var x in a) foreach (var y in b) s += x * y; return s; }").Evidence).HasCheckpoint);

    [Fact]
    public void Long_ranges_are_cut_in_the_message() =>
        Assert.Equal(
            "two nested loops over 'a' and 'b.Where(v => v > 1).Where(v => v > 2).Wh…' that compute on elements of both",
            Certain("int M(int[] a, int[] b) { var s = 0; "
                + "foreach (var x in a) foreach (var y in b.Where(v => v > 1).Where(v => v > 2).Where(v => v > 3)) s += x * y; "
                + "return s; }"));
}
