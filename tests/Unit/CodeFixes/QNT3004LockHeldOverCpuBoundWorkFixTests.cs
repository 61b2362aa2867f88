using Quintet.CodeFixes.Threads;
using Xunit;

namespace Quintet.Tests.CodeFixes;

public sealed class QNT3004LockHeldOverCpuBoundWorkFixTests
{
    private const string Fields =
        "readonly object _gate = new(); byte[] _key = new byte[0]; long _sum; readonly int _rounds = 600_000; "
        + "readonly List<long> _sums = new();\n";

    private static readonly QNT3004LockHeldOverCpuBoundWorkFix Fix = new();

    private static Task Becomes(string members, string expected, string? title = null) =>
        FixAssert.BecomesAsync(Fix, Fields + members, Fields + expected, title);

    private static Task NotOffered(string members) => FixAssert.NotOfferedAsync(Fix, Fields + members);

    [Fact]
    public Task A_key_is_derived_before_the_lock() => Becomes(
        """
        public void Derive(string password, byte[] salt)
        {
            lock (_gate)
            {
                // a new key
                _key = [|System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(password, salt, _rounds, default, 32)|];
            }
        }
        """,
        """
        public void Derive(string password, byte[] salt)
        {
            var key = System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(password, salt, _rounds, default, 32);
            lock (_gate)
            {
                // a new key
                _key = key;
            }
        }
        """,
        "Run 'Rfc2898DeriveBytes.Pbkdf2' before the lock (two threads can then run it at once; who takes the lock last wins)");

    [Fact]
    public Task A_loop_that_counts_in_a_local_leaves() => Becomes(
        """
        public void Count()
        {
            lock (_gate)
            {
                var sum = 0L;
                [|for (var i = 0; i < 10_000_000; i++)
                {
                    // squares
                    sum += i * (long)i;
                }|]

                _sum = sum;
            }
        }
        """,
        """
        public void Count()
        {
            var sum = 0L;
            for (var i = 0; i < 10_000_000; i++)
            {
                // squares
                sum += i * (long)i;
            }
            lock (_gate)
            {
                _sum = sum;
            }
        }
        """,
        "Run the loop before the lock (two threads can then run it at once; who takes the lock last wins)");

    [Fact]
    public Task A_computation_of_our_own_leaves_and_what_is_made_of_it_too() => Becomes(
        "public void Add(int n) { lock (_gate) { _sums.Add([|Fibonacci(n)|] * 2); } } "
        + "static long Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);",
        "public void Add(int n) { var value = Fibonacci(n) * 2; lock (_gate) { _sums.Add(value); } } "
        + "static long Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);");

    [Fact]
    public Task What_it_makes_for_itself_it_may_change() => Becomes(
        "public void Add(int n) { lock (_gate) { _sum += [|Sieve(n)|]; } } static long Sieve(int n) { var marks = new bool[n]; "
        + "for (var i = 2; i < n; i++) for (var k = i * 2; k < n; k += i) marks[k] = true; return marks.Length; }",
        "public void Add(int n) { var sum = Sieve(n); lock (_gate) { _sum += sum; } } static long Sieve(int n) { "
        + "var marks = new bool[n]; for (var i = 2; i < n; i++) for (var k = i * 2; k < n; k += i) marks[k] = true; "
        + "return marks.Length; }");

    [Fact]
    public Task What_only_computes_finds_nothing_half_written() => Becomes(
        "public void Add(int n) { lock (_gate) { _sums.Add([|Work(n)|]); } } static long Work(int n) => n * 3L; "
        + "void Save() { lock (_gate) File.WriteAllText(\"sums\", \"\" + _sums.Count); }",
        "public void Add(int n) { var work = Work(n); lock (_gate) { _sums.Add(work); } } static long Work(int n) => n * 3L; "
        + "void Save() { lock (_gate) File.WriteAllText(\"sums\", \"\" + _sums.Count); }");

    [Theory]
    // Reads what the lock keeps others from writing meanwhile.
    [InlineData("public void Add(int n) { lock (_gate) { _sums.Add([|Work(n)|]); } } "
        + "static long Work(int n) => File.ReadAllText(\"sums\").Length * n; "
        + "void Save() { lock (_gate) File.WriteAllText(\"sums\", \"\" + _sums.Count); }")]
    [InlineData("public void Count() { lock (_gate) { [|for (var i = 0; i < 10_000_000; i++) _sum += i;|] _sums.Add(1); } }")]
    [InlineData("public void Count() { lock (_gate) { var sum = _sum; [|for (var i = 0; i < 10_000_000; i++) sum += i;|] _sum = sum; } }")]
    [InlineData("public void Count(int[] marks) { lock (_gate) { [|for (var i = 0; i < 10_000_000; i++) marks[0] = i;|] _sum = 1; } }")]
    [InlineData("public void Count() { lock (_gate) { [|for (var i = 0; i < 10_000_000; i++) if (i == 5) return;|] _sum = 1; } }")]
    [InlineData("public void Sort(long[] values) { lock (_gate) { [|Array.Sort(values)|]; _sum = 1; } }")]
    [InlineData("public void Add(int n) { lock (_gate) { _sum += [|Work(n)|]; } } long Work(int n) => n + _sum;")]
    [InlineData("public void Add(int n) { lock (_gate) { _sum += [|Work(n)|]; } } static long s_all; "
        + "static long Work(int n) => s_all += n;")]
    [InlineData("public void Add(long[] values) { lock (_gate) { _sums.AddRange(values); _sum += [|Work(values)|]; } } "
        + "static long Work(long[] values) => values.Sum();")]
    [InlineData("class Order { public long Total; } void Add(Order order) { lock (_gate) { _sum += [|Work(order)|]; } } "
        + "static long Work(Order order) => order.Total * 3;")]
    [InlineData("public void Add(int n) { lock (_gate) { _sum += [|Work(n)|]; } } event Action? Done; long Work(int n) { Done?.Invoke(); "
        + "return n; }")]
    // A change comes before it.
    [InlineData("public void Derive(string password, byte[] salt) { lock (_gate) { _sum++; "
        + "var key = [|System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(password, salt, _rounds, default, 32)|]; _key = key; } }")]
    public Task What_touches_state_stays(string members) => NotOffered(members);
}
