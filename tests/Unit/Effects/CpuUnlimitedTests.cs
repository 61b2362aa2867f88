using static Quintet.Tests.Effects.CpuSnippet;

namespace Quintet.Tests.Effects;

public sealed class CpuUnlimitedTests
{
    [Theory]
    [InlineData("while (true) { n++; }", true)]
    [InlineData("for (;;) { n++; }", true)]
    [InlineData("for (; true;) { n++; }", true)]
    [InlineData("do { n++; } while (true);", true)]
    [InlineData("while (stop) { n++; }", false)]
    [InlineData("while (true) { if (stop) break; }", false)]
    [InlineData("while (true) { switch (n) { case 1: break; } }", true)]
    [InlineData("while (true) { while (stop) { n++; break; } }", true)]
    [InlineData("while (true) { if (stop) return; }", false)]
    [InlineData("while (true) { while (n > 3) { if (stop) return; } }", false)]
    [InlineData("while (true) { if (stop) goto end; } end: n++;", false)]
    [InlineData("while (true) { if (stop) throw new Exception(); }", false)]
    [InlineData("while (true) { n = stop ? 1 : throw new Exception(); }", false)]
    [InlineData("while (true) { token.ThrowIfCancellationRequested(); }", false)]
    [InlineData("while (true) { token.Register(null); }", true)]
    [InlineData("try { while (true) { token.Register(null); } } catch (InvalidOperationException) { n++; }", false)]
    [InlineData("try { while (true) { token.Register(null); } } catch (Exception) { n++; }", true)]
    [InlineData("try { while (true) { token.Register(null); } } finally { n++; }", true)]
    [InlineData("while (true) { try { token.Register(null); } catch (Exception) { n++; } }", true)]
    [InlineData("try { n++; } catch (Exception) { while (true) { token.Register(null); } }", true)]
    [InlineData("while (true) { if (stop) Environment.Exit(1); }", false)]
    [InlineData("while (true) { if (stop) Die(); }", false)]
    [InlineData("while (true) { Action a = () => { return; }; }", true)]
    public void A_loop_never_ends_when_nothing_in_it_leaves(string loop, bool forever)
    {
        var shape = Shape(
            $"int n; bool stop; CancellationToken token; [System.Diagnostics.CodeAnalysis.DoesNotReturn] void Die() => throw new "
                + $"Exception(); void M() {{ {loop} }}");
        Assert.Equal(forever, shape.Evidence.Any(e => e.Forever && e.Certain));
    }

    [Theory]
    [InlineData("while (true) { n++; await Task.Yield(); }", false)]
    [InlineData("while (true) { n++; await Task.CompletedTask; }", true)]
    public void An_await_that_can_suspend_lets_others_run(string loop, bool forever)
    {
        var shape = Shape($"int n; async Task M() {{ {loop} }}");
        Assert.Equal(forever, shape.Evidence.Any(e => e.Forever));
    }

    [Fact]
    public void An_endless_iterator_is_paced_by_its_consumer() =>
        Assert.Empty(Shape("IEnumerable<int> M() { while (true) { yield return 1; } }").Evidence);

    [Theory]
    [InlineData("while (!flag) { }", true)]
    [InlineData("while (!flag) ;", true)]
    [InlineData("do { } while (!flag);", true)]
    [InlineData("while (!flag) Thread.SpinWait(10);", true)]
    [InlineData("while (!flag) { spin.SpinOnce(); }", false)]
    [InlineData("while (!flag) Thread.Yield();", false)]
    [InlineData("while (!Volatile.Read(ref flag)) { }", true)]
    [InlineData("while (!task.IsCompleted) { }", true)]
    [InlineData("while (!flag) { count++; }", false)]
    [InlineData("while (!flag) Thread.Sleep(10);", false)]
    [InlineData("while (queue.TryDequeue(out _)) ;", false)]
    [InlineData("while (count++ < 10) ;", false)]
    [InlineData("while ((count = count - 1) > 0) ;", false)]
    [InlineData("while (Interlocked.CompareExchange(ref count, 1, 0) != 0) { }", false)]
    public void A_loop_that_only_looks_again_spins(string loop, bool spins)
    {
        var shape = Shape($"bool flag; int count; SpinWait spin; Task task; Queue<int> queue; void M() {{ {loop} }}");
        Assert.Equal(spins, shape.Evidence.Any(e => e.Certain && !e.Forever));
    }

    [Fact]
    public void The_condition_of_a_spin_is_shown() =>
        Assert.Equal("a loop that spins while '!_ready'", Certain("bool _ready; void M() { while (!_ready) { } }"));

    [Theory]
    [InlineData("while (!flag) { spin.SpinOnce(); }")]
    [InlineData("while (!flag) Thread.Yield();")]
    public void A_spin_that_gives_way_is_uncertain(string loop) =>
        Assert.False(Assert.Single(Shape($"bool flag; SpinWait spin; void M() {{ {loop} }}").Evidence).Certain);

    [Fact]
    public void Contending_for_a_swap_is_uncertain() =>
        Assert.False(
            Assert.Single(
                Shape(
                    "int _lock; void M() { while (Interlocked.CompareExchange(ref _lock, 1, 0) != 0) "
                    + "Thread.SpinWait(1); }").Evidence).Certain);

    [Fact]
    public void A_counter_that_goes_through_a_hash_until_the_hash_fits_is_a_search()
    {
        const string search = """
            int M(byte[] data)
            {
                var nonce = 0;
                while (true)
                {
                    var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Convert.ToHexString(data)}{nonce}"));
                    if (hash[0] == 0) return nonce;
                    nonce++;
                }
            }
            """;
        Assert.Equal("a loop that searches by hashing", Certain(search));
        Silent(search.Replace("{nonce}", ""));
        Silent(search.Replace("nonce++;", ""));
        Silent(search.Replace("SHA256.HashData", ""));
        Certain(search.Replace("while (true)", "for (;;)"));
    }

    [Fact]
    public void A_counter_may_reach_the_hash_through_a_buffer()
    {
        const string search =
            "int M(byte[] block) { var nonce = 0; byte[] hash; do { nonce++; FILL hash = SHA256.HashData(block); } while (hash[0] != 0); "
            + "return nonce; }";
        Silent(search.Replace("FILL", ""));
        Certain(search.Replace("FILL", "var buffer = new byte[4]; BitConverter.TryWriteBytes(buffer, nonce);")
            .Replace("HashData(block)", "HashData(buffer)"));
        Certain(search.Replace("FILL", "var buffer = new byte[4]; buffer[0] = (byte)nonce;")
            .Replace("HashData(block)", "HashData(buffer)"));
        Silent(search.Replace("FILL", "var buffer = new byte[4]; buffer[0] = block[0];").Replace("HashData(block)", "HashData(buffer)"));
    }

    [Fact]
    public void Hashing_a_buffer_part_by_part_is_no_search()
    {
        Silent("void M(byte[] b, List<byte[]> h) { var o = 0; while (o < b.Length) { h.Add(SHA256.HashData(b.AsSpan(o, 16))); "
            + "o += 16; } }");
        Certain("void M(byte[] b, List<byte[]> h) { var o = 0; while (h[0][0] != 0) { h.Add(SHA256.HashData(b.AsSpan(o, 16))); "
            + "o += 16; } }");
        Silent("void M(byte[] b, List<byte[]> h) { for (var i = 0; i < b.Length; i++) h.Add(SHA256.HashData(BitConverter.GetBytes(i))); }");
    }
}
