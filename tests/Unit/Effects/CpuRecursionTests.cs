using static Quintet.Tests.Effects.CpuSnippet;

namespace Quintet.Tests.Effects;

public sealed class CpuRecursionTests
{
    [Fact]
    public void Two_calls_on_one_path_branch_and_one_call_on_each_of_two_paths_does_not()
    {
        Assert.Equal("recursion that branches twice for each 'n'", Certain("int M(int n) => n < 2 ? n : M(n - 1) + M(n - 2);"));
        Silent("int M(int n) => n < 2 ? n : M(n - 1) + 2;");
        Silent("int M(int n) => n % 2 == 0 ? M(n - 1) : M(n - 2);");
        Silent("int M(int n) { if (n % 2 == 0) return M(n - 1); return M(n - 2); }");
        Silent("int M(int n) { if (n % 2 == 0) return M(n - 1); else if (n > 5) return M(n - 3); else return M(n - 2); }");
        Certain("int M(int n) { var s = 0; if (n % 2 == 0) s = M(n - 1); return s + M(n - 2); }");
        Certain("int M(int n) { if (n < 0) throw new ArgumentException(); if (n < 2) return n; var a = M(n - 1); var b = M(n - 2); "
            + "return a + b; }");
    }

    [Fact]
    public void A_path_that_throws_or_a_lambda_that_returns_is_another_path()
    {
        Silent("int M(int n) { if (n < 0) { var x = M(n - 1); throw new Exception(); } return M(n - 2); }");
        Certain("int M(int n) { if (n < 0) { var x = M(n - 1); } return M(n - 2); }");
        Certain("int M(int n) { Func<int> f = () => { return 1; }; return n < 2 ? f() : M(n - 1) + M(n - 2); }");
        Certain("int M(int n) { int F() { return 1; } return n < 2 ? F() : M(n - 1) + M(n - 2); }");
        Silent("int M(int n) { int F() => M(n - 1) + M(n - 2); return n < 2 ? 1 : F(); }");
    }

    [Fact]
    public void Choices_of_a_switch_are_paths()
    {
        Silent("int M(int n) => n switch { < 0 => 0, 1 => M(n - 1), _ => M(n - 2) };");
        Certain("int M(int n) => n switch { < 0 => 0, 1 => M(n - 1), _ => M(n - 2) + M(n - 3) };");
        Silent("int M(int n) { var s = 0; switch (n) { case < 0: break; case 1: s = M(n - 1); break; default: s = M(n - 2); break; } "
            + "return s; }");
        Certain("int M(int n) { var s = 0; switch (n) { case < 0: break; case 1: s = M(n - 1); break; default: s = M(n - 2); break; } "
            + "return s + M(n - 1); }");
    }

    [Fact]
    public void A_call_in_a_loop_branches_unless_it_leaves_the_loop()
    {
        Assert.Equal("recursion in a loop for each 'i'",
            Certain("void M(int[] a, int i) { for (var j = i; j < a.Length; j++) { a[j]++; M(a, i + 1); a[j]--; } }"));
        Silent("int M(int[] a, int i) { for (var j = i; j < a.Length; j++) { if (a[j] > 3) return M(a, i + 1); } return 0; }");
        Silent("int M(int[] a, int i) { var s = 0; foreach (var x in a) { s = M(a, i + 1); return s; } return s; }");
        Certain("int M(int[] a, int i) { var s = 0; foreach (var x in a) { s = M(a, i + 1); if (s > 0) return s; } return s; }");
        Certain("int M(int[] a, int i) { var s = 0; foreach (var x in a) { if (x > 0) { s += M(a, i + 1); continue; } s++; } return s; }");
    }

    [Fact]
    public void Ackermann_permutations_queens_and_hanoi_are_found()
    {
        Certain("int M(int m, int n) => m == 0 ? n + 1 : n == 0 ? M(m - 1, 1) : M(m - 1, M(m, n - 1));");
        Certain("void M(int[] a, int l) { for (var i = l; i < a.Length; i++) { (a[l], a[i]) = (a[i], a[l]); M(a, l + 1); "
            + "(a[l], a[i]) = (a[i], a[l]); } }");
        Certain("bool M(int[] b, int row) { if (row == b.Length) return true; for (var c = 0; c < b.Length; c++) { b[row] = c; "
            + "if (Safe(b, row) && M(b, row + 1)) return true; } return false; } bool Safe(int[] b, int r) => true;");
        Certain("void M(int n, string a, string b, string c) { if (n == 0) return; M(n - 1, a, c, b); M(n - 1, c, b, a); }");
        Certain("int M(int[] w, int[] v, int c, int n) { if (n == 0) return 0; if (w[n - 1] > c) return M(w, v, c, n - 1); "
            + "return Math.Max(v[n - 1] + M(w, v, c - w[n - 1], n - 1), M(w, v, c, n - 1)); }");
    }

    [Fact]
    public void A_walk_over_a_tree_ends_with_the_tree_also_when_it_counts_the_depth()
    {
        Silent("int M(Node n) => n == null ? 0 : 1 + M(n.Left) + M(n.Right);");
        Silent("int M(Node n, int d) => n == null ? d : M(n.Left, d + 1) + M(n.Right, d + 1);");
        Silent("int M(Node n, int d) { var s = d; foreach (var c in n.Children) s += M(c, d + 1); return s; }");
        Certain("int M(Node n, int d) => d == 0 ? d : M(n, d - 1) + M(n, d - 1);");
        Certain("Node root; int M(Node n, int d) => d == 0 ? d : M(root, d - 1) + M(root, d - 1);");
        Certain("int M(Program p, int d) => d == 0 ? d : M(this, d - 1) + M(this, d - 1);");
        Certain("int M(Node n, int d) => d == 0 ? d : M(null, d - 1) + M(null, d - 1);");
    }

    [Fact]
    public void A_walk_that_calls_itself_on_its_children_is_structural() =>
        Silent("class T { T l, r; int M(int d) => (l == null ? d : l.M(d + 1)) + (r == null ? d : r.M(d + 1)); } ");

    [Theory]
    [InlineData("rest.Remove(i, 1)", true)]
    [InlineData("rest.Substring(0, i) + rest.Substring(i + 1)", true)]
    [InlineData("rest[..i] + rest[(i + 1)..]", true)]
    [InlineData("rest.Remove(i)", false)]
    [InlineData("rest.Remove(0, 1)", false)]
    [InlineData("rest.Remove(i, 2)", false)]
    [InlineData("_text.Remove(i, 1)", false)]
    [InlineData("rest.Substring(0, i) + rest.Substring(i + 2)", false)]
    [InlineData("rest.Substring(0, i) + _text.Substring(i + 1)", false)]
    [InlineData("rest.Substring(i + 1)", false)]
    public void A_text_without_one_of_its_letters_has_one_turn_less(string less, bool found)
    {
        var direct = "string _text; void M(string head, string rest) { for (var i = 0; i < rest.Length; i++) "
            + "M(head + rest[i], " + less + "); }";
        var kept = "string _text; void M(string head, string rest) { for (var i = 0; i < rest.Length; i++) { var left = " + less
            + "; M(head + rest[i], left); } }";
        Assert.Equal(found, Shape(direct).Evidence.Any(static e => e.Certain));
        Assert.Equal(found, Shape(kept).Evidence.Any(static e => e.Certain));
        Silent("string _text; void M(string head, string rest) { if (rest != \"\") M(head + rest[0], " + AtFirst(less) + "); }");
    }

    [Theory]
    [InlineData("M(head, rest.Remove(i, 1), done);", true)]
    [InlineData("M(head, rest.Remove(i, 1), true);", false)]
    [InlineData("rest = M(head, rest.Remove(i, 1), done);", false)]
    public void Not_where_something_else_says_how_deep_it_goes(string call, bool found) => Assert.Equal(found, Shape(
        "string M(string head, string rest, bool done) { for (var i = 0; i < rest.Length; i++) { " + call + " } return rest; }")
        .Evidence.Any(static e => e.Certain));

    [Fact]
    public void Nor_where_a_number_is_counted_beside_it() =>
        Silent("bool M(string w, int k) { for (var i = 0; i < w.Length; i++) if (M(w.Remove(i, 1), k - 1)) return true; return false; }");

    [Theory]
    [InlineData("M(cs, left - cs[i], i) + M(cs, left, i + 1)", true)]
    [InlineData("M(cs, left, i + 1) + M(cs, left - cs[i], i)", true)]
    [InlineData("M(cs, left - cs[i], i)", false)]
    [InlineData("M(cs, left - cs[i], i) + M(cs, left - cs[0], i)", false)]
    [InlineData("M(cs[1..], left - cs[i], i) + M(cs, left, i + 1)", false)]
    [InlineData("M(cs, left / 2 - cs[i], i) + M(cs, left, i + 1)", false)]
    public void What_is_taken_away_is_a_step_beside_one_that_is_counted(string calls, bool found) => Assert.Equal(found,
        Shape("int M(int[] cs, int left, int i) { if (left == 0) return 1; if (left < 0 || i == cs.Length) return 0; "
            + "return " + calls + "; }")
            .Evidence.Any(static e => e.Certain));

    private static string AtFirst(string less) => System.Text.RegularExpressions.Regex.Replace(less, @"\bi\b", "rest.IndexOf('a')");

    [Fact]
    public void A_text_or_pointer_that_moves_on_is_data()
    {
        Silent("bool M(string s, int n) => n == 0 || M(s.Substring(1), n - 1) || M(s.Substring(2), n - 2);");
        Silent("unsafe bool M(char* s, int n) => n == 0 || M(s + 1, n - 1) || M(s + 2, n - 2);");
        Certain("unsafe bool M(char* s, int n) => n == 0 || M(s, n - 1) || M(s, n - 2);");
        Silent("int M(string d, string[] s, int n) { var t = 0; foreach (var x in s) t += M(x, s, n + 1); return t; }");
        Certain("int M(string d, string[] s, int n) { var t = 0; foreach (var x in s) t += M(d, s, n + 1); return t; }");
        Silent("int M(List<Item> a, int id, int n) { var t = n; foreach (var x in a) if (x.Id == id) t += M(a, x.Id, n + 1); return t; }");
        Certain("int M(List<Item> a, int id, int n) { var t = n; foreach (var x in a) if (x.Id == id) t += M(a, id, n + 1); return t; }");
    }

    [Fact]
    public void An_iterator_is_paced_by_its_consumer()
    {
        Silent("IEnumerable<int> M(int n) { foreach (var x in M(n - 1)) yield return x; foreach (var x in M(n - 2)) yield return x; }");
        Certain("IEnumerable<int> M(int n) => M(n - 1).Concat(M(n - 2));");
    }

    [Fact]
    public void Halving_is_not_exponential()
    {
        Silent("void M(int[] a, int lo, int hi) { if (lo >= hi) return; var mid = (lo + hi) / 2; M(a, lo, mid); M(a, mid + 1, hi); }");
        Silent("void M(int[] a, int lo, int hi) { if (lo >= hi) return; var p = Split(a); M(a, lo, p - 1); M(a, p + 1, hi); } "
            + "int Split(int[] a) => 0;");
        Silent("int M(int n, int d) => n < 2 ? n : M(n / 2, d + 1) + M(n / 2, d + 1);");
        Silent("int M(int n, int d) { if (n < 2) return n; var half = n >> 1; return M(half, d + 1) + M(n - half, d + 1); }");
        Silent("int M(int n, int d) => n < 2 ? n : M(n >> 1, d + 1) + M(n >> 1, d + 1);");
        Certain("int M(int n, int d) { if (n < 2) return n; var k = n * 3; return M(k, d + 1) + M(k, d + 1); }");
        Certain("int M(int n, int d) => n < 2 ? n : M(n * 2, d - 1) + M(n * 2, d - 1);");
    }

    [Fact]
    public void Results_that_are_kept_are_computed_once()
    {
        Silent("Dictionary<int, int> k; int M(int n) { if (k.TryGetValue(n, out var v)) return v; return k[n] = M(n - 1) + M(n - 2); }");
        Silent("Dictionary<int, int> k; int M(int n) { if (k.ContainsKey(n)) return k[n]; v = M(n - 1) + M(n - 2); k[n] = v; "
            + "return v; } int v;");
        Silent("int[] k; int M(int n) { if (k[n] != 0) return k[n]; return k[n] = M(n - 1) + M(n - 2); }");
        Silent("int[] k; int M(int n) { var kept = k[n]; if (kept != 0) return kept; return k[n] = M(n - 1) + M(n - 2); }");
        Silent("int?[] k; int M(int n) => k[n] ?? (k[n] = M(n - 1) + M(n - 2)).Value;");
        Silent("void M(int[,] g, int x, int y) { if (g[x, y] != 0) return; g[x, y] = 1; M(g, x + 1, y); M(g, x - 1, y); M(g, x, y + 1); }");
        Silent("void M(int[][] g, int x, int y) { if (g[x][y] != 0) return; g[x][y] = 1; M(g, x + 1, y); M(g, x - 1, y); }");
        Silent("HashSet<(int, int)> seen; void M(int x, int y) { if (!seen.Add((x, y))) return; M(x + 1, y); M(x - 1, y); }");
        Silent("HashSet<int> seen; void M(int x, int y) { if (seen.Contains(x)) return; M(x + 1, y); M(x - 1, y); }");
        Certain("HashSet<int> seen; void M(int x, int y) { if (seen.Contains(0)) return; M(x + 1, y); M(x - 1, y); }");
        Silent("Dictionary<int, int> k; void M(int x, int y) { if (!k.TryAdd(x, y)) return; M(x + 1, y); M(x - 1, y); }");
        Silent("System.Collections.Concurrent.ConcurrentDictionary<int, int> k; "
            + "int M(int n) => n < 2 ? n : k.GetOrAdd(n, M(n - 1) + M(n - 2));");
        Certain("int[] k; int M(int n) { if (k[0] != 0) return k[n]; return k[0] = M(n - 1) + M(n - 2); }");
        Certain("int[] k; int M(int n) { if (k[n] == 0) return 0; return M(n - 1) + M(n - 2); }");
        Certain("int[] k; int M(int n) { if (n < 2) return 0; return k[n] = M(n - 1) + M(n - 2); }");
        Certain("HashSet<int> seen; void M(int x, int y) { seen.Add(x); M(x + 1, y); M(x - 1, y); }".Replace("seen.Add(x)",
            "seen.Remove(x)"));
    }

    [Fact]
    public void Only_calls_of_the_method_itself_count()
    {
        Silent("int M(int n) => n < 2 ? n : F(n - 1) + F(n - 2); int F(int n) => n;");
        Silent("int M(int n) => n < 2 ? n : M((long)n - 1) + M((long)n - 2); int M(long n) => 0;");
        Silent("int M(int n) { Func<int> a = () => M(n - 1); Func<int> b = () => M(n - 2); return a() + b(); }");
        Silent("int M(int n, Program other) => n < 2 ? n : other.M(n - 1, other) + other.M(n - 2, other);");
    }

    [Fact]
    public void An_argument_that_does_not_step_is_no_recursion_over_a_number()
    {
        Silent("int M(int n) => n < 2 ? n : M(n) + M(n);");
        Silent("int k; int M(int n) => n < 2 ? n : M(k - 1) + M(k - 2);");
        Silent("int M(int n, int k) => n < 2 ? n : M(n * 2, k) + M(n * 3, k);");
    }
}
