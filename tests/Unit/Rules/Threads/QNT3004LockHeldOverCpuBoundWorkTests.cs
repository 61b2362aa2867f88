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
}
