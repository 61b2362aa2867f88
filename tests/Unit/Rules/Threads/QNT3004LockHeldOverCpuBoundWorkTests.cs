using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Threads.QNT3004LockHeldOverCpuBoundWork>;

namespace Quintet.Tests.Rules.Threads;

public sealed class QNT3004LockHeldOverCpuBoundWorkTests
{
    [Fact]
    public Task A_key_derived_under_a_lock_that_a_reader_takes_is_flagged() => Flags(
        """
        class Keys
        {
            readonly object gate = new(); byte[] key = new byte[0];
            public void Derive(string password, byte[] salt)
            {
                lock (gate) { key = [|System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(password, salt, 600000,
                    System.Security.Cryptography.HashAlgorithmName.SHA256, 32)|]; }
            }
            public int Length() { lock (gate) return key.Length; }
        }
        """,
        "heavy by nature");

    [Fact]
    public Task A_key_derived_outside_is_allowed() => Allows(
        """
        class Keys
        {
            readonly object gate = new(); byte[] key = new byte[0];
            public void Derive(string password, byte[] salt)
            {
                var derived = System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(password, salt, 600000,
                    System.Security.Cryptography.HashAlgorithmName.SHA256, 32);
                lock (gate) { key = derived; }
            }
            public int Length() { lock (gate) return key.Length; }
        }
        """);

    [Fact]
    public Task A_small_loop_under_the_lock_is_allowed() => Allows(
        """
        class Keys
        {
            readonly object gate = new(); int sum;
            public void Add() { lock (gate) { for (var i = 0; i < 1000; i++) sum += i; } }
            public int Sum() { lock (gate) return sum; }
        }
        """);

    [Fact]
    public Task Ten_million_rounds_under_the_lock_are_flagged() => Flags(
        """
        class Keys
        {
            readonly object gate = new(); int sum;
            public void Add() { lock (gate) { [|for (var i = 0; i < 10_000_000; i++) sum += i;|] } }
            public int Sum() { lock (gate) return sum; }
        }
        """,
        "10,000,000");

    private static string Keys(string members) => "class Keys { readonly object gate = new(); long sum; bool done; "
        + members + " public long Sum() { lock (gate) return sum; } }";

    [Theory]
    // Reached through calls, and counted there.
    [InlineData("public void Add() { lock (gate) { sum = [|Work()|]; } } long Work() { var s = 0L; for (var i = 0; i < 10_000_000; i++) "
        + "s += i; return s; }", "public void Add() { lock (gate) { sum = Work(); } } long Work() { var s = 0L; for (var i = 0; i < "
        + "10_000; i++) s += i; return s; }")]
    [InlineData("public void Add(int n) { lock (gate) { sum = [|Fib(n)|]; } } long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);",
        "public void Add(int n) { lock (gate) { sum = Fib(n); } } long Fib(int n) => n < 2 ? n : Fib(n - 1) + 1;")]
    // A computation that happens once makes nobody wait for long.
    [InlineData("public void Add() { lock (gate) { if (done) return; [|for (var i = 0; i < 10_000_000; i++) sum += i;|] } }",
        "public void Add() { lock (gate) { if (done) return; done = true; for (var i = 0; i < 10_000_000; i++) sum += i; } }")]
    // Who takes it again reports for himself, construction makes nobody wait.
    [InlineData("public void Again() { lock (gate) { Add(); } } public void Add() { lock (gate) { [|for (var i = 0; i < 10_000_000; "
        + "i++) sum += i;|] } }", "public Keys() { lock (gate) { for (var i = 0; i < 10_000_000; i++) sum += i; } }")]
    // Size alone is not certain.
    [InlineData("public void Add(int[] n) { lock (gate) { [|for (var i = 0; i < n.Length; i++) for (var k = 0; k < n.Length; k++) sum "
        + "+= n[i] * n[k];|] } }", "public void Add(int[][] n) { lock (gate) { foreach (var m in n) { Array.Sort(m); sum += m[0]; } } }")]
    public async Task Only_certain_work_counts(string with, string without)
    {
        await Flags(Keys(with));
        await Allows(Keys(without));
    }

    [Fact]
    public Task Work_that_everybody_does_is_allowed() => Allows(
        "class Keys { readonly object gate = new(); long sum; public void Add() { lock (gate) { for (var i = 0; i < 10_000_000; i++) "
            + "sum += i; } } public void Take() { lock (gate) { for (var i = 0; i < 10_000_000; i++) sum -= i; } } }");

    [Fact]
    public Task Work_that_a_coroutine_waits_for_is_flagged() => Flags(
        "class Keys { readonly object gate = new(); long sum; public void Add() { lock (gate) { [|for (var i = 0; i < 10_000_000; i++) "
            + "sum += i;|] } } public async Task TouchAsync() { await Task.Yield(); lock (gate) { } } }", "TouchAsync");

    private static string Vault(string members) =>
        $$"""
        class Vault
        {
            readonly object gate = new(); readonly Stream stream = Stream.Null; int n; readonly Dictionary<int, object> known = new();
            {{members.Replace("Key", "System.Security.Cryptography.RSA.Create(4096)")}}
        }
        """;

    [Theory]
    // The device that is locked is not what takes the time, nor is it a load.
    [InlineData("public void Make() { lock (stream) { n++; [|Key|]; } } "
        + "public async Task<int> M() { await Task.Yield(); lock (stream) return n; }")]
    [InlineData("public object Make(int k) { lock (gate) { if (!known.TryGetValue(k, out var v)) known.Add(k, v = [|Key|]); return v; } } "
        + "public int Count() { lock (gate) return known.Count; }")]
    [InlineData("public void Make() { lock (gate) { if (n < 0) { [|Key|]; } n++; } } public int Count() { lock (gate) return n; }")]
    public Task A_key_made_under_a_lock_is_flagged(string members) => Flags(Vault(members));

    [Fact]
    public Task A_key_on_a_path_that_throws_is_allowed() => Allows(Vault(
        "public void Make() { lock (gate) { if (n < 0) { Key; throw new Exception(); } n++; } } "
            + "public int Count() { lock (gate) return n; }"));

    // A lock that another member takes, and with one fact changed: it is given up before the work.
    [Theory]
    [InlineData("using (Write()) { WORK n = s; }", true)]
    [InlineData("Take(); try { WORK n = s; } finally { Give(); }", true)]
    [InlineData("using (Write()) { n = 1; } WORK", false)]
    [InlineData("WORK Take(); try { n = s; } finally { Give(); }", false)]
    public Task A_lock_that_another_member_takes_is_held_over_it(string body, bool flagged)
    {
        const string Loop = "for (var i = 0; i < 10_000_000; i++) s += i * i;";
        var members =
            $$"""
            class Store
            {
                readonly struct W(ReaderWriterLockSlim rw) : IDisposable { public void Dispose() => rw.ExitWriteLock(); }
                readonly ReaderWriterLockSlim rw = new(); long n;
                W Write() { rw.EnterWriteLock(); return new W(rw); }
                void Take() => rw.EnterWriteLock();
                void Give() => rw.ExitWriteLock();
                void Compute() { var s = 0L; {{body.Replace("WORK", flagged ? $"[|{Loop}|]" : Loop, StringComparison.Ordinal)}} }
                async Task<long> CountAsync() { await Task.Yield(); using (Write()) return n; }
            }
            """;
        return flagged ? Flags(members) : Allows(members);
    }
}
