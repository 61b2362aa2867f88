using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4005CpuBoundWorkInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

/// <summary>Two nested loops over input with a call between them: the elements meet in the callee.</summary>
public sealed class QNT4005CpuBoundWorkInCoroutineTestsJoined
{
    private const string Body =
        """
        public sealed class Star
        {
            public double X, Y, Pull;
            public double To(Star other) => Math.Sqrt((X - other.X) * (X - other.X) + (Y - other.Y) * (Y - other.Y));
            public void Add(Star[] others) { foreach (var other in others) Pull += (other.X - X) * other.Pull; }
            public void Keep(Star[] others) { foreach (var other in others) Pull += other.X * other.Pull; }
        }

        public class C
        {
        private readonly double[,] _m = Read();
        private readonly Star[] _stars = Stars();
        private double _total;
        static double[,] Read() => new double[3, int.Parse(Environment.MachineName)];
        static Star[] Stars() => new Star[int.Parse(Environment.MachineName)];
        static double Distance(Star p, Star q) => Math.Sqrt((p.X - q.X) * (p.X - q.X) + (p.Y - q.Y) * (p.Y - q.Y));
        static double Through(Star p, Star q) => Distance(q, p);
        static double Gap(Star p, Star q) => p.X - q.X;
        static double Sizes(Star p, Star q) => p.X * p.Y + q.X * q.Y > 3 ? 1 : 0;
        void Row(int y) { for (var x = 0; x < _m.GetLength(1); x++) _m[y, x] = _m[y, x] * 2 + 1; }
        void Two(int y) => Row(y);
        void First(int y) { for (var x = 0; x < _m.GetLength(1); x++) _m[0, x] = _m[0, x] * 2 + y; }
        void Until(int y) { for (var x = 0; x < _m.GetLength(1); x++) { _m[y, x] = _m[y, x] * 2 + 1; if (_m[y, x] > 3) return; } }

        """;

    [Theory]
    [InlineData("for (var y = 0; y < _m.GetLength(0); y++) [|Row(y)|];")]
    [InlineData("for (var y = 0; y < _m.GetLength(0); y++) [|Two(y)|];")]
    [InlineData("foreach (var p in _stars) foreach (var q in _stars) _total += [|Distance(p, q)|];")]
    [InlineData("for (var i = 0; i < _stars.Length; i++) for (var j = 0; j < i; j++) _total += [|Through(_stars[i], _stars[j])|];")]
    [InlineData("foreach (var p in _stars) foreach (var q in _stars) _total += [|p.To(q)|];")]
    [InlineData("foreach (var p in _stars) [|p.Add(_stars)|];")]
    [InlineData("foreach (var p in _stars) foreach (var q in _stars) if (p != q) { var d = [|Distance(p, q)|]; _total += d; }")]
    public Task Elements_that_meet_in_the_callee_make_a_kernel(string statements) =>
        Flags(Body + $"public async Task M() {{ await Task.Yield(); {statements} }} }}",
            "two nested loops over input that compute on elements of both");

    [Theory]
    // The rows are few.
    [InlineData("for (var y = 0; y < 10; y++) Row(y);")]
    // Each round asks for the same.
    [InlineData("foreach (var p in _stars) Row(0);")]
    // The row only adds to what is computed for the first.
    [InlineData("for (var y = 0; y < _m.GetLength(0); y++) First(y);")]
    [InlineData("for (var y = 0; y < _m.GetLength(0); y++) Until(y);")]
    [InlineData("for (var y = 0; y < _m.GetLength(0); y++) { Row(y); await Task.Yield(); }")]
    [InlineData("foreach (var p in _stars) foreach (var q in _stars) _total += Distance(p, p);")]
    [InlineData("foreach (var p in _stars) _total += Distance(p, p);")]
    [InlineData("foreach (var p in _stars) { foreach (var q in _stars) _total += Distance(p, q); await Task.Yield(); }")]
    [InlineData("foreach (var p in _stars) foreach (var q in _stars) if (Gap(p, q) > 3) return;")]
    [InlineData("foreach (var p in _stars) foreach (var q in _stars) _total += Sizes(p, q);")]
    [InlineData("foreach (var p in _stars) p.Keep(_stars);")]
    public Task Elements_that_do_not_meet_are_allowed(string statements) =>
        Allows(Body + $"public async Task M() {{ await Task.Yield(); {statements} }} }}");

    [Fact]
    public Task What_is_walked_for_each_element_is_its_own() => Allows(
        """
        public sealed class Order { public double Total, Rate; public List<double> Lines = new(); }
        public class C
        {
        static void Add(Order order) { foreach (var line in order.Lines) order.Total += line * order.Rate; }
        public async Task M(List<Order> orders) { await Task.Yield(); foreach (var order in orders) Add(order); }
        }
        """);

    private static string Picture(int width, int height, string point) =>
        $$"""
        static int Rounds(int x, int y)
        {
            double a = 0, b = 0; var n = 0;
            while (n < 1000 && a * a + b * b < 4) { (a, b) = (a * a - b * b + x * 0.01, 2 * a * b + y * 0.01); n++; }
            return n;
        }
        public async Task M(int[] pixels)
        {
            await Task.Yield();
            for (var y = 0; y < {{height}}; y++) for (var x = 0; x < {{width}}; x++) pixels[y * {{width}} + x] = {{point}};
        }
        """;

    // A helper's loops are as long as the caller says; of three of them two are left when one is short.
    [Theory]
    [InlineData("w, h", true)]
    [InlineData("2000, 2000", true)]
    [InlineData("16, 16", false)]
    [InlineData("w, 16", false)]
    [InlineData("16, h", false)]
    public async Task Sides_that_a_caller_makes_short_are_no_kernel(string sides, bool isHeavy)
    {
        var call = $"Invert(b, {sides})";
        var body = "static void Invert(float[] b, int w, int h) "
            + "{ for (var y = 0; y < h; y++) for (var x = 0; x < w; x++) b[y * w + x] = b[y * w + x] * 0.5f + 1; } "
            + "public async Task M(float[] b, int w, int h) { await Task.Yield(); {0}; }";
        if (isHeavy) await Flags(body.Replace("{0}", $"[|{call}|]"));
        else await Allows(body.Replace("{0}", call));
    }

    // The parameters of the function around it have other values.
    [Fact]
    public Task Sides_of_the_function_around_are_not_given_by_the_call() => Flags(
        "static void Invert(float[] b, int w, int h) { Inner(1, 2, 3); void Inner(int x1, int x2, int x3) "
        + "{ for (var y = 0; y < h; y++) for (var x = 0; x < w; x++) b[y * w + x] = b[y * w + x] * 0.5f + 1; } } "
        + "public async Task M(float[] b, int w, int h) { await Task.Yield(); [|Invert(b, w, h)|]; }");

    [Fact]
    public Task A_third_side_that_is_short_leaves_a_kernel() => Flags(
        "static void Invert(float[] b, int w, int h, int c) { for (var y = 0; y < h; y++) for (var x = 0; x < w; x++) "
        + "for (var i = 0; i < c; i++) b[(y * w + x) * c + i] = b[(y * w + x) * c + i] * 0.5f + 1; } "
        + "public async Task M(float[] b, int w, int h) { await Task.Yield(); [|Invert(b, w, h, 3)|]; }");

    [Fact]
    public Task A_computation_repeated_for_many_constant_points_is_flagged() =>
        Flags(Picture(1920, 1080, "[|Rounds(x, y)|]"), "2,073,600 iterations around a computation that is repeated");

    [Fact]
    public Task A_computation_repeated_for_a_few_points_is_allowed() => Allows(Picture(20, 10, "Rounds(x, y)"));
}
