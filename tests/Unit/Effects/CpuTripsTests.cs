using static Quintet.Tests.Effects.CpuSnippet;

namespace Quintet.Tests.Effects;

public sealed class CpuTripsTests
{
    [Fact]
    public void Ten_million_rounds_are_heavy_and_one_fewer_are_not()
    {
        Assert.Equal("a loop of 10,000,000 iterations",
            Certain("int M() { var n = 0; for (var i = 0; i < 10_000_000; i++) n ^= i; return n; }"));
        Silent("int M() { var n = 0; for (var i = 0; i < 9_999_999; i++) n ^= i; return n; }");
    }

    [Fact]
    public void A_limit_is_inclusive_where_the_operator_is()
    {
        Certain("int M() { var n = 0; for (var i = 1; i <= 10_000_000; i++) n ^= i; return n; }");
        Silent("int M() { var n = 0; for (var i = 1; i < 10_000_000; i++) n ^= i; return n; }");
    }

    [Fact]
    public void The_limit_may_stand_on_the_left()
    {
        Certain("int M() { var n = 0; for (var i = 0; 10_000_000 > i; i++) n ^= i; return n; }");
        Silent("int M() { var n = 0; for (var i = 0; 10_000 > i; i++) n ^= i; return n; }");
    }

    [Fact]
    public void The_step_may_stand_in_the_condition()
    {
        Certain("int M() { var n = 0; for (var i = 10_000_000; i-- > 0;) n ^= i; return n; }");
        Silent("int M() { var n = 0; for (var i = 9_999_999; i-- > 0;) n ^= i; return n; }");
    }

    [Fact]
    public void A_loop_with_an_empty_body_is_not_work()
    {
        Certain("int n; void M() { for (var i = 0; i < 50_000_000; i++) { n++; } }");
        Silent("int n; void M() { for (var i = 0; i < 50_000_000; i++) { } }");
    }

    [Fact]
    public void A_number_that_says_when_to_give_up_is_no_count()
    {
        Certain("int M(int n) { for (var i = 0; i < 50_000_000 && i < n; i++) n ^= i; return n; }");
        Silent("bool Is(int i) => i < 3; int M(int n) { for (var i = 0; i < 50_000_000 && Is(i); i++) n ^= i; return n; }");
    }

    [Fact]
    public void Larger_steps_make_fewer_rounds()
    {
        Certain("int M() { var n = 0; for (var i = 0; i < 20_000_000; i += 2) n ^= i; return n; }");
        Silent("int M() { var n = 0; for (var i = 0; i < 20_000_000; i += 3) n ^= i; return n; }");
    }

    [Fact]
    public void Doubling_soon_reaches_any_limit()
    {
        Certain("int M() { var n = 0; for (var i = 1; i < 1_000_000_000; i += 2) n ^= i; return n; }");
        Silent("int M() { var n = 0; for (var i = 1; i < 1_000_000_000; i *= 2) n ^= i; return n; }");
    }

    [Fact]
    public void Counts_of_nested_loops_multiply()
    {
        Assert.Equal(
            "nested loops of 100,000,000 iterations",
            Certain("int M() { var n = 0; for (var i = 0; i < 10_000; i++) for (var j = 0; j < 10_000; j++) n ^= j; return n; }"));
        Silent("int M() { var n = 0; for (var i = 0; i < 10_000; i++) n ^= i; for (var j = 0; j < 10_000; j++) n ^= j; return n; }");
    }

    [Fact]
    public void A_triangle_is_half_a_square()
    {
        Certain("int M() { var n = 0; for (var i = 0; i < 5_000; i++) for (var j = i; j < 5_000; j++) n ^= j; return n; }");
        Silent("int M() { var n = 0; for (var i = 0; i < 4_000; i++) for (var j = i; j < 4_000; j++) n ^= j; return n; }");
    }

    [Fact]
    public void Constants_locals_and_read_only_fields_are_limits()
    {
        Certain("const int Many = 50_000_000; int M() { var n = 0; for (var i = 0; i < Many; i++) n ^= i; return n; }");
        Certain("int M() { var many = 50_000_000; var n = 0; for (var i = 0; i < many; i++) n ^= i; return n; }");
        Certain("static readonly int Many = 50_000_000; int M() { var n = 0; for (var i = 0; i < Many; i++) n ^= i; return n; }");
        Certain("static readonly int Many = 5_000 * 10_000; int M() { var n = 0; for (var i = 0; i < Many; i++) n ^= i; return n; }");
        Certain("const int Side = 5_000; int M() { var n = 0; for (var i = 0; i < Side * Side; i++) n ^= i; return n; }");
    }

    [Fact]
    public void A_variable_that_is_written_again_is_no_limit()
    {
        Silent("int M(int w) { var many = 50_000_000; many = w; var n = 0; for (var i = 0; i < many; i++) n ^= i; return n; }");
        Silent("readonly int Many = 50_000_000; Program(int w) { Many = w; } int M() { var n = 0; for (var i = 0; i < Many; i++) n ^= i; "
            + "return n; }");
        Silent("readonly int Many = 50_000_000; Program(int w) { this.Many = w; } int M() { var n = 0; for (var i = 0; i < Many; "
            + "i++) n ^= i; return n; }");
        Certain("readonly int Many = 50_000_000, Few; Program(int w) { this.Few = w; } int M() { var n = 0; for (var i = 0; i < Many; "
            + "i++) n ^= i; return n; }");
        Silent("static int Many = 50_000_000; int M() { var n = 0; for (var i = 0; i < Many; i++) n ^= i; return n; }");
    }

    [Fact]
    public void Counting_down_counts()
    {
        Certain("int M() { var n = 50_000_000; var s = 0; while (n > 0) { s ^= n; n--; } return s; }");
        Certain("int M() { var n = 50_000_000; var s = 0; while (n-- > 0) { s ^= n; } return s; }");
        Certain("int M() { var s = 0; for (var n = 50_000_000; n > 0; n--) { s ^= n; } return s; }");
        Silent("int M() { var n = 50_000_000; var s = 0; while (n > 0) { s ^= n; n /= 2; } return s; }");
        Silent("int M(int w) { var n = 50_000_000; if (w > 0) n = w; var s = 0; while (n > 0) { s ^= n; n--; } return s; }");
    }

    [Fact]
    public void A_range_of_constant_length_counts()
    {
        Certain("int M() { var n = 0; foreach (var i in Enumerable.Range(0, 20_000_000)) n ^= i; return n; }");
        Certain("int M() { var n = 0; foreach (var i in Enumerable.Repeat(1, 20_000_000)) n ^= i; return n; }");
        Silent("int[] Range(int a, int b) => null; int M() { var n = 0; foreach (var i in Range(0, 20_000_000)) n ^= i; return n; }");
        Silent("int M() { var n = 0; foreach (var i in Enumerable.Range(20_000_000, 10)) n ^= i; return n; }");
        Silent("int M(int w) { var n = 0; foreach (var i in Enumerable.Range(0, w)) n ^= i; return n; }");
    }

    [Fact]
    public void A_lambda_that_runs_for_each_element_of_a_long_range_counts()
    {
        Certain("double M() => Enumerable.Range(0, 20_000_000).Sum(i => Math.Sqrt(i));");
        Silent("double M() => Enumerable.Range(0, 20_000).Sum(i => Math.Sqrt(i));");
        Certain("double M() => Enumerable.Range(0, 20_000_000).Sum(Half); double Half(int i) => i / 2.0;");
        Silent("double M() => Enumerable.Range(0, 20_000).Sum(Half); double Half(int i) => i / 2.0;");
        Silent("IEnumerable<double> M() => Enumerable.Range(0, 20_000_000).Select(Half); double Half(int i) => i / 2.0;");
    }

    [Fact]
    public void A_loop_that_may_end_early_is_a_search_and_uncertain()
    {
        const string search =
            "string M(Func<string, bool> taken) {{ for (var i = 0; i < int.MaxValue; i++) {{ if (!taken(\"a\" + i)) {0} }} return null; }}";
        Assert.False(Assert.Single(Shape(string.Format(null, search, "return \"a\" + i;")).Evidence).Certain);
        Assert.False(Assert.Single(Shape(string.Format(null, search, "break;")).Evidence).Certain);
        Certain(string.Format(null, search, "Console.WriteLine(i);"));
    }

    [Fact]
    public void A_break_that_belongs_to_a_switch_does_not_end_the_loop()
    {
        Certain("int M() { var n = 0; for (var i = 0; i < 50_000_000; i++) switch (i & 3) { case 0: n++; break; default: n--; break; } "
            + "return n; }");
        Silent("int M() { var n = 0; for (var i = 0; i < 50_000_000; i++) { n++; if (n > 3) break; } return n; }");
    }

    [Fact]
    public void Arrays_of_constant_size_have_constant_length()
    {
        Certain("int M() { var a = new int[20_000_000]; for (var i = 0; i < a.Length; i++) a[i] = i * i; return a[7]; }");
        Silent("int M(int w) { var a = new int[20_000_000]; a = new int[w]; for (var i = 0; i < a.Length; i++) a[i] = i * i; "
            + "return a[7]; }");
    }

    [Fact]
    public void An_await_that_can_suspend_is_a_checkpoint()
    {
        var loop = "async Task<int> M() {{ var n = 0; for (var i = 0; i < 50_000_000; i++) {{ n ^= i; {0} }} return n; }}";
        Assert.True(Assert.Single(Shape(string.Format(null, loop, "await Task.Yield();")).Evidence).HasCheckpoint);
        Assert.True(Assert.Single(Shape(string.Format(null, loop, "await Task.Delay(1).ConfigureAwait(false);")).Evidence).HasCheckpoint);
        Certain(string.Format(null, loop, "await Task.CompletedTask;"));
        Certain(string.Format(null, loop, "await Task.CompletedTask.ConfigureAwait(false);"));
        Certain(string.Format(null, loop, "await Task.FromResult(1);"));
        Certain(string.Format(null, loop, "await new ValueTask<int>(1);"));
        Certain(string.Format(null, loop, "await default(ValueTask);"));
    }

    [Fact]
    public void An_await_in_a_lambda_gives_nobody_a_turn() =>
        Certain("void M() { for (var i = 0; i < 50_000_000; i++) { Func<Task> f = async () => await Task.Yield(); } }");

    [Fact]
    public void A_heavy_nest_inside_a_loop_with_a_checkpoint_is_heavy()
    {
        var nest = "async Task<int> M() { var n = 0; for (var k = 0; k < 100; k++) { await Task.Yield(); for (var i = 0; i < 20_000_000; "
            + "i++) n ^= i; } return n; }";
        Assert.Equal("a loop of 20,000,000 iterations", Certain(nest));
        Silent(nest.Replace("20_000_000", "200_000"));
    }

    [Fact]
    public void What_an_iterator_yields_its_consumer_paces()
    {
        Silent("IEnumerable<int> M() { for (var i = 0; i < 50_000_000; i++) yield return i; }");
        Certain("IEnumerable<int> M() { var n = 0; for (var i = 0; i < 50_000_000; i++) n ^= i; yield return n; }");
    }

    [Fact]
    public void A_lambda_has_a_shape_of_its_own()
    {
        const string body = "Task M() => Task.Run(() => { var n = 0; for (var i = 0; i < 50_000_000; i++) n ^= i; return n; });";
        Silent(body);
        Assert.True(Assert.Single(LambdaShape(body).Evidence).Certain);
    }

    [Fact]
    public void A_local_function_has_a_shape_of_its_own()
    {
        const string body = "void M() { int F() { var n = 0; for (var i = 0; i < 50_000_000; i++) n ^= i; return n; } F(); }";
        Silent(body);
        Assert.True(Assert.Single(LocalFunctionShape(body).Evidence).Certain);
        Assert.Single(LocalFunctionShape("void M() { int F(int n) => F(n - 1) + F(n - 2); F(3); }").Evidence);
    }
}
