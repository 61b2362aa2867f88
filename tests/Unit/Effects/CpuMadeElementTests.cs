using static Quintet.Tests.Effects.CpuSnippet;

namespace Quintet.Tests.Effects;

/// <summary>Kernels that make another element for each one that they read.</summary>
public sealed class CpuMadeElementTests
{
    [Theory]
    [InlineData("255 - b[y * w + x]", true)]
    [InlineData("(byte)(b[y * w + x] + 1)", true)]
    [InlineData("b[y * w + x]", false)]
    [InlineData("255 - b[x]", false)]
    [InlineData("255 - r[y * w + x]", true)]
    [InlineData("y - x", false)]
    public void Making_another_element_for_each_is_a_kernel(string made, bool isKernel) => Assert.Equal(isKernel, Shape(
        $"void M(int[] r, int[] b, int w, int h) {{ for (var y = 0; y < h; y++) for (var x = 0; x < w; x++) r[y * w + x] = {made}; }}")
        .Evidence.Any(static e => e.Certain));

    [Theory]
    [InlineData("int[] r", "r[y] = r[y] + t[y, x]")]
    [InlineData("int[] r", "r[y] = 2 - t[y, x]")]
    [InlineData("Dictionary<int, int> r", "r[t[y, x]] = r.Count + t[y, x]")]
    public void Adding_up_its_rows_is_light(string into, string step) => Assert.DoesNotContain(
        Shape($"void M({into}, int[,] t, int w, int h) {{ for (var y = 0; y < h; y++) for (var x = 0; x < w; x++) {step}; }}").Evidence,
        static e => e.Certain);
}
