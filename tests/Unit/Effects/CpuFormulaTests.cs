using static Quintet.Tests.Effects.CpuSnippet;

namespace Quintet.Tests.Effects;

// Kernels whose arithmetic stands in a method of its own, or is that of any number.
public sealed class CpuFormulaTests
{
    private static string Sum(string added, string helper) =>
        "int M(int[] a, int[] b) { var s = 0; for (var i = 0; i < a.Length; i++) for (var j = 0; j < b.Length; j++) s += " + added
        + "; return s; } " + helper;

    [Fact]
    public void A_method_that_is_one_formula_computes()
    {
        Certain(Sum("Mix(a[i], b[j])", "static int Mix(int x, int y) => x * 31 + y;"));
        Certain(Sum("Mix(a[i], b[j])", "static int Mix(int x, int y) { return x ^ y; }"));
        Silent(Sum("Mix(a[i], b[0])", "static int Mix(int x, int y) => x * 31 + y;"));
        Silent(Sum("Mix(a[i], b[j])", "static int Mix(int x, int y) => System.Environment.TickCount;"));
        Silent(Sum("Mix(a[i], b[j]) ? 1 : 0", "static bool Mix(int x, int y) => x == y;"));
    }

    private static string Generic(string constraint, string product) =>
        "T M<T>(T[] a, T[] b) where T : " + constraint + " { T s = default; for (var i = 0; i < a.Length; i++) "
        + "for (var j = 0; j < b.Length; j++) s = " + product + "; return s; }";

    [Fact]
    public void Arithmetic_of_any_number_is_arithmetic()
    {
        Certain(Generic("System.Numerics.INumber<T>", "s + a[i] * b[j]"));
        Silent(Generic("System.Numerics.INumber<T>", "s + a[i]"));
        Silent(Generic("System.IComparable<T>", "a[i].CompareTo(b[j]) > 0 ? a[i] : s"));
    }
}
