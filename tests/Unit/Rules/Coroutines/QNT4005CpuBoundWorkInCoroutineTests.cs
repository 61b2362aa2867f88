using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4005CpuBoundWorkInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

public sealed partial class QNT4005CpuBoundWorkInCoroutineTests
{
    private const string Hash =
        """
        static byte[] Hash(string p) =>
            System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(p, new byte[16], 600_000,
                System.Security.Cryptography.HashAlgorithmName.SHA256, 32);

        """;

    [Fact]
    public Task A_key_derivation_in_a_coroutine_is_flagged() => Flags(
        """
        async Task<byte[]> M(string p)
        {
            await Task.Yield();
            return [|System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(p, new byte[16], 600_000,
                System.Security.Cryptography.HashAlgorithmName.SHA256, 32)|];
        }
        """, "Rfc2898DeriveBytes.Pbkdf2 is heavy by nature", "a process pool");

    [Fact]
    public Task The_same_call_in_synchronous_code_is_allowed() => Allows(Hash + "public byte[] M(string p) => Hash(p);");

    [Fact]
    public Task A_heavy_call_that_is_reached_is_flagged() =>
        Flags(Hash + "public async Task<byte[]> M(string p) { await Task.Yield(); return [|Hash(p)|]; }", "M → Hash");

    [Fact]
    public Task A_heavy_call_on_the_pool_is_allowed() =>
        Allows(Hash + "public async Task<byte[]> M(string p) => await Task.Run(() => Hash(p));");

    [Fact]
    public Task A_constant_loop_of_many_rounds_is_flagged() => Flags(
        "public async Task<long> M() { await Task.Yield(); long n = 0; [|for (var i = 0; i < 100_000_000; i++) n += i;|] return n; }");

    private static string Moved(string statements) =>
        "Task SwitchToThreadPool() => Task.CompletedTask; Task SwitchToMainThreadAsync() => Task.CompletedTask; "
        + "public async Task<long> M() { long n = 0; " + statements + " return n; }";

    [Fact]
    public Task A_coroutine_that_has_moved_itself_to_the_pool_computes_where_it_may() =>
        Allows(Moved("await SwitchToThreadPool(); for (var i = 0; i < 100_000_000; i++) n += i;"));

    [Theory]
    [InlineData("[|for (var i = 0; i < 100_000_000; i++) n += i;|] await SwitchToThreadPool();")]
    [InlineData("await SwitchToThreadPool(); await SwitchToMainThreadAsync(); [|for (var i = 0; i < 100_000_000; i++) n += i;|]")]
    public Task A_coroutine_that_has_not_moved_yet_or_has_come_back_is_flagged(string statements) => Flags(Moved(statements));

    [Fact]
    public Task A_constant_loop_of_few_rounds_is_allowed() => Allows(
        "public async Task<long> M() { await Task.Yield(); long n = 0; for (var i = 0; i < 1_000; i++) n += i; return n; }");

    [Fact]
    public Task A_loop_with_a_checkpoint_is_allowed() => Allows(
        "public async Task<long> M() { long n = 0; for (var i = 0; i < 100_000_000; i++) { n += i; "
        + "if (i % 1000 == 0) await Task.Yield(); } return n; }");

    [Fact]
    public Task Branching_recursion_is_flagged() => Flags(
        "public async Task<long> M(int n) { await Task.Yield(); return [|Fib(n)|]; } "
        + "static long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);");

    [Fact]
    public Task Recursion_that_does_not_branch_is_allowed() => Allows(
        "public async Task<long> M(int n) { await Task.Yield(); return Sum(n); } static long Sum(int n) => n < 2 ? n : n + Sum(n - 1);");

    [Fact]
    public Task A_look_up_nest_is_allowed() => Allows(
        """
        public async Task<int> M(List<string> a, List<string> b)
        {
            await Task.Yield();
            var n = 0;
            foreach (var x in a) foreach (var y in b) if (x == y) n++;
            return n;
        }
        """);

    [Fact]
    public Task A_member_declared_CpuBound_is_flagged() => Flags(
        """
        class CpuBoundAttribute : Attribute { }
        class Model { [CpuBound] public void Train() { } }
        class C { public async Task M(Model m) { await Task.Yield(); [|m.Train()|]; } }
        """, "declared [CpuBound]");

    [Fact]
    public Task The_same_member_without_the_attribute_is_allowed() => Allows(
        """
        class Model { public void Train() { } }
        class C { public async Task M(Model m) { await Task.Yield(); m.Train(); } }
        """);

    [Fact]
    public Task A_key_in_the_editorconfig_declares_a_member_heavy() => With(".editorconfig", "quintet.cpu_bound = M:Model.Train").Flags(
        """
        class Model { public void Train() { } }
        class C { public async Task M(Model m) { await Task.Yield(); [|m.Train()|]; } }
        """);

    [Fact]
    public Task A_coroutine_of_a_request_may_not_where_the_program_starts() => Flags(
        "using Microsoft.AspNetCore.Builder;\nclass Program { " + Hash + "static void Main() => WebApplication.Create()"
        + ".MapGet(\"/\", async (string p) => { await Task.Yield(); return [|Hash(p)|]; }); }");

    [Fact]
    public Task Start_up_code_may_compute() => Allows(Hash + "static async Task Main() { await Task.Yield(); Hash(\"a\"); }");

    [Fact]
    public Task A_coroutine_that_only_the_pool_awaits_is_possible_at_most() => Allows(
        """
        public Task Start() => Task.Run(async () => await Export("a"));
        async Task Export(string file) { await Task.Yield(); System.Security.Cryptography.RSA.Create(4096); }
        """);

    [Fact]
    public Task A_coroutine_that_runs_beside_others_of_its_kind_is_possible_at_most() => Allows(
        """
        public Task Start(string[] files) => Parallel.ForEachAsync(files, async (file, stop) => await Export(file));
        async Task Export(string file) { await Task.Yield(); System.Security.Cryptography.RSA.Create(4096); }
        """);

    // A dual-mode method computes at once only for those who asked for it.
    [Theory]
    [InlineData("async", true)]
    [InlineData("strong", false)]
    public Task The_synchronous_branch_of_a_dual_mode_method_is_allowed(string mode, bool allowed)
    {
        var work = allowed ? "System.Security.Cryptography.RSA.Create(4096)" : "[|System.Security.Cryptography.RSA.Create(4096)|]";
        var code = $"async Task Make(bool {mode}) {{ if ({mode}) await Task.Delay(1); else {work}; }}";
        return allowed ? Allows(code) : Flags(code);
    }

    [Fact]
    public Task A_coroutine_that_another_awaits_is_flagged() => Flags(
        """
        public async Task Start() => await Export("a");
        async Task Export(string file) { await Task.Yield(); [|System.Security.Cryptography.RSA.Create(4096)|]; }
        """);

    [Fact]
    public Task Loops_multiply_through_a_call() => Flags(
        """
        int[] _all; double _sum;
        public async Task M(int[] a) { await Task.Yield(); for (var i = 0; i < a.Length; i++)
            for (var k = 0; k < a.Length; k++) [|Add(k)|]; }
        void Add(int k) { for (var j = 0; j < _all.Length; j++) _sum += _all[j] * k; }
        """);

    [Fact]
    public Task Loops_do_not_multiply_through_a_call_that_happens_once() => Allows(
        """
        int[] _all; double _sum; object _ready;
        public async Task M(int[] a) { await Task.Yield(); for (var i = 0; i < a.Length; i++)
            for (var k = 0; k < a.Length; k++) if (_ready == null) Add(k); }
        void Add(int k) { for (var j = 0; j < _all.Length; j++) _sum += _all[j] * k; _ready = this; }
        """);

    [Fact]
    public Task A_query_over_many_numbers_that_is_counted_is_flagged() => Flags(
        "public async Task<int> M() { await Task.Yield(); return [|Enumerable.Range(1, int.MaxValue).Select(i => i % 7)|].Count(); }");

    [Fact]
    public Task A_query_over_many_numbers_that_is_only_handed_on_is_allowed() => Allows(
        "public async Task<IEnumerable<int>> M() { await Task.Yield(); return Enumerable.Range(1, int.MaxValue).Select(i => i % 7); }");

    [Fact]
    public Task Loops_do_not_multiply_through_a_call_behind_which_they_are_left() => Allows(
        """
        int[] _all; double _sum;
        public async Task M(int[] a) { await Task.Yield(); for (var i = 0; i < a.Length; i++)
            for (var k = 0; k < a.Length; k++) if (a[i] == k) { Add(k); return; } }
        void Add(int k) { for (var j = 0; j < _all.Length; j++) _sum += _all[j] * k; }
        """);

    [Fact]
    public Task Loops_two_calls_away_are_possible_at_most() => Allows(
        """
        int[] _all; double _sum;
        public async Task M(int[] a)
        {
            await Task.Yield();
            for (var i = 0; i < a.Length; i++)
                for (var k = 0; k < a.Length; k++) Next(k);
        }
        void Next(int k) => Add(k);
        void Add(int k) { for (var j = 0; j < _all.Length; j++) _sum += _all[j] * k; }
        """);

    private const string Steps =
        """
        static int Steps(double x, double y)
        {
            double a = 0, b = 0;
            var n = 0;
            while (n < 1000 && a * a + b * b <= 4) { (a, b) = (a * a - b * b + x, 2 * a * b + y); n++; }
            return n;
        }
        static int[] Line(int y, int width)
        {
            var line = new int[width];
            for (var x = 0; x < width; x++)
            {
                double a = 0, b = 0;
                var n = 0;
                for (; n < 1000 && a * a + b * b <= 4; n++) (a, b) = (a * a - b * b + 3.2 * x / width, 2 * a * b + y);
                line[x] = n;
            }
            return line;
        }

        """;

    private static string Grid(string call) => Steps +
        "public async Task<int> M(int height, int width) { await Task.Yield(); var sum = 0; for (var y = 0; y < height; y++) "
        + call + " return sum; }";

    [Theory]
    [InlineData("for (var x = 0; x < width; x++) sum += [|Steps(x * 3.2 / width, y)|];")]
    [InlineData("for (var x = 0; x < width; x++) { var re = x * 3.2 / width; var im = 2.4 * y; sum += [|Steps(re, im)|]; }")]
    [InlineData("for (var x = 0; x < width; x++) { var (re, im) = (x * 3.2 / width, 2.4 * y); sum += [|Steps(re, im)|]; }")]
    [InlineData("sum += [|Line(y, width)|].Length;")]
    public Task A_computation_that_is_repeated_behind_a_call_for_each_point_of_a_grid_is_flagged(string call) => Flags(Grid(call));

    [Theory]
    [InlineData("for (var x = 0; x < width; x++) sum += Steps(x * 3.2 / width, 0.1);")]
    [InlineData("for (var x = 0; x < 3; x++) sum += Steps(x * 3.2 / width, y);")]
    [InlineData("sum += Steps(0.5, y);")]
    [InlineData("sum += Line(7, width).Length;")]
    public Task A_computation_that_is_repeated_for_each_point_of_a_line_is_allowed(string call) => Allows(Grid(call));

    [Theory]
    [InlineData("while (n < 1000 && a * a + b * b <= 4)", "while (n < 8)")]
    [InlineData("(a * a - b * b + x, 2 * a * b + y)", "(a * a - b * b + 0.3, 2 * a * b + 0.1)")]
    [InlineData("a * a + b * b <= 4) { (a, b) = (a * a - b * b + x, 2 * a * b + y)", "a + b <= 4) { (a, b) = (a + x, b + y)")]
    public Task What_is_short_or_light_behind_a_call_for_each_point_of_a_grid_is_allowed(string what, string becomes) =>
        Allows(Grid("for (var x = 0; x < width; x++) sum += Steps(x * 3.2 / width, y);").Replace(what, becomes));

    [Fact]
    public Task Reading_the_digits_of_each_cell_is_no_repeated_computation() => Allows(
        """
        static double Number(string text)
        {
            var (value, at) = (0.0, 0);
            while (at < text.Length && char.IsDigit(text[at])) value = value * 10 + (text[at++] - '0');
            return value;
        }
        public async Task<double> M(string[,] cells, int height, int width)
        {
            await Task.Yield();
            var last = 0.0;
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++) last = Number(cells[y, x]);
            return last;
        }
        """);

    private const string Crypto = "System.Security.Cryptography.";

    [Theory]
    [InlineData("p, s")]
    [InlineData("p, s, 5000")]
    public Task A_key_of_few_rounds_is_allowed(string arguments) => Allows(
        $"async Task<byte[]> M(string p, byte[] s) {{ await Task.Yield(); var k = new {Crypto}Rfc2898DeriveBytes({arguments}); "
        + "return k.GetBytes(32); }");

    [Theory]
    [InlineData("p, s, 100000")]
    [InlineData("p, s, s.Length")]
    public Task A_key_of_many_or_unknown_rounds_is_flagged(string arguments) => Flags(
        $"async Task<byte[]> M(string p, byte[] s) {{ await Task.Yield(); var k = new {Crypto}Rfc2898DeriveBytes({arguments}); "
        + "return [|k.GetBytes(32)|]; }");

    private static string Picture(string work) =>
        "namespace SkiaSharp { public class SKBitmap { public static SKBitmap Decode(string path) => throw null; } } "
        + $"class Menu {{ SkiaSharp.SKBitmap _icon, _photo; async Task M(string path) {{ await Task.Yield(); {work} }} }}";

    [Theory]
    [InlineData("_icon = SkiaSharp.SKBitmap.Decode(path);")]
    [InlineData("var trayIcon = SkiaSharp.SKBitmap.Decode(path);")]
    public Task A_picture_that_is_called_an_icon_is_allowed(string work) => Allows(Picture(work));

    [Theory]
    [InlineData("_photo = [|SkiaSharp.SKBitmap.Decode(path)|];")]
    [InlineData("var iconic = [|SkiaSharp.SKBitmap.Decode(path)|];")]
    public Task A_picture_of_unknown_size_is_flagged(string work) => Flags(Picture(work));

    [Theory]
    [InlineData("4", false)]
    [InlineData("12", true)]
    [InlineData("n", true)]
    public async Task A_password_hash_of_few_rounds_is_light(string factor, bool isHeavy)
    {
        const string Type = "namespace BCrypt.Net { public static class BCrypt "
            + "{ public static string HashPassword(string key, int workFactor) => key; } }\n"
            + "class C { public async Task M(int n) { await Task.Yield(); {0}; } }";
        var call = $"BCrypt.Net.BCrypt.HashPassword(\"a\", {factor})";
        if (isHeavy) await Flags(Type.Replace("{0}", "[|" + call + "|]"));
        else await Allows(Type.Replace("{0}", call));
    }

    [Theory]
    [InlineData("for (var i = 0; i < n; i++) [|Fib(i)|];", "for (var i = 0; i < n; i++) Fib(5);")]
    [InlineData("var i = 0; while (i < n) { [|Fib(i)|]; ++i; }", "var i = 5; while (n-- > 0) Fib(i);")]
    public async Task A_counter_is_no_constant(string counted, string constant)
    {
        await Flags(Fib + "public async Task M(int n) { await Task.Yield(); " + counted + " }");
        await Allows(Fib + "public async Task M(int n) { await Task.Yield(); " + constant + " }");
    }

    private const string Fib = "static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); static int Go(int n) => Fib(n); ";

    [Theory]
    [InlineData("Fib(5)")]
    [InlineData("Go(24)")]
    public Task Recursion_that_is_given_a_small_number_is_allowed(string call) =>
        Allows(Fib + "async Task<int> M() { await Task.Yield(); return " + call + "; }");

    [Theory]
    [InlineData("Fib(25)")]
    [InlineData("Go(40)")]
    [InlineData("Fib(n)")]
    [InlineData("Fib(n + 5)")]
    public Task Recursion_that_is_given_a_large_or_unknown_number_is_flagged(string call) =>
        Flags(Fib + "async Task<int> M(int n) { await Task.Yield(); return [|" + call + "|]; }");

    // A body that says where it ends before it calls itself is the same recursion.
    [Theory]
    [InlineData("Deep(24)", false)]
    [InlineData("Deep(25)", true)]
    [InlineData("Rise(0, n)", true)]
    public Task Recursion_is_as_deep_as_its_first_call_says(string call, bool isHeavy) => (isHeavy ? Flags : (Func<string, Task>)Allows)(
        "static int Deep(int n) { if (n < 2) return n; return Deep(n - 1) + Deep(n - 2); } "
        + "static int Rise(int k, int n) { if (k == n) return 1; return Rise(k + 1, n) + Rise(k + 2, n); } "
        + "async Task<int> M(int n) { await Task.Yield(); return " + (isHeavy ? $"[|{call}|]" : call) + "; }");

    private static string Given(string call) =>
        "static long Sum(int n) { long t = 0; for (var i = 0; i < n; i++) t += i % 7; return t; } "
        + "static long Odd(int n) { long t = 0; for (var i = 1; i <= n; i += 2) t += i % 7; return t; } "
        + "static long Down(int n) { long t = 0; while (n-- > 0) t += n % 7; return t; } "
        + "static long Grid(int n) { long t = 0; for (var i = 0; i < n; i++) for (var j = 0; j < n; j++) t += i ^ j; return t; } "
        + "static long Rows(int n) { long t = 0; for (var i = 0; i < n; i++) for (var j = 0; j < 1000; j++) t += i ^ j; return t; } "
        + "static long Range(int n) => Enumerable.Range(0, n).Sum(i => (long)i % 7); "
        + "static long Go(int n = 10_000_000) => Sum(n); "
        + "static bool Find(int n) { for (var i = 0; i < n; i++) if (i * i == 49) return true; return false; } "
        + "static long Changed(int n) { n = Math.Min(n, 5); long t = 0; for (var i = 0; i < n; i++) t += i % 7; return t; } "
        + "async Task M(int n) { await Task.Yield(); " + call + " }";

    // RULES: counts go through calls.
    [Theory]
    [InlineData("[|Sum(10_000_000)|];")]
    [InlineData("[|Odd(20_000_000)|];")]
    [InlineData("[|Down(10_000_000)|];")]
    [InlineData("[|Grid(3_163)|];")]
    [InlineData("[|Rows(10_000)|];")]
    [InlineData("[|Range(10_000_000)|];")]
    [InlineData("[|Go()|];")]
    [InlineData("[|Go(10_000_000)|];")]
    [InlineData("var many = 10_000_000; [|Sum(many)|];")]
    [InlineData("for (var r = 0; r < 4_000; r++) [|Sum(4_000)|];")]
    [InlineData("for (var r = 0; r < 100; r++) [|Grid(320)|];")]
    public Task Loops_that_are_given_many_rounds_are_flagged(string call) => Flags(Given(call));

    // Each with one fact changed: a round less, a number that nobody sees, a loop that may end or is given less.
    [Theory]
    [InlineData("Sum(9_999_999);")]
    [InlineData("Sum(n);")]
    [InlineData("Odd(19_999_998);")]
    [InlineData("Down(9_999_999);")]
    [InlineData("Grid(3_162);")]
    [InlineData("Rows(9_999);")]
    [InlineData("Range(9_999_999);")]
    [InlineData("Go(9_999_999);")]
    [InlineData("var many = 10_000_000; many = n; Sum(many);")]
    [InlineData("var many = 10_000_000; many -= 5; Sum(many);")]
    [InlineData("Find(10_000_000);")]
    [InlineData("Changed(10_000_000);")]
    [InlineData("for (var r = 0; r < 4_000; r++) Sum(2_400);")]
    [InlineData("for (var r = 0; r < 100; r++) Grid(310);")]
    [InlineData("for (var r = 0; r < 4_000; r++) { Sum(4_000); await Task.Delay(1); }")]
    public Task Loops_that_are_given_few_rounds_are_allowed(string call) => Allows(Given(call));
}
