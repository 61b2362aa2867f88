using static Quintet.Tests.Effects.CpuSnippet;

namespace Quintet.Tests.Effects;

/// <summary>What is computed from the counters of two loops, in numbers that are no index, and again and again.</summary>
public sealed class CpuIterationTests
{
    [Fact]
    public void A_computation_that_is_repeated_for_each_point_is_a_kernel()
    {
        const string points = """
            int[] M(int width, int height)
            {
                var all = new int[width * height];
                for (var y = 0; y < height; y++)
                    for (var x = 0; x < width; x++)
                    {
                        double re = 3.2 * x / width, im = 2.4 * y / height, a = 0, b = 0;
                        var n = 0;
                        while (n < 1000 && a + b <= 4) { (a, b) = (a * a + re, b * b + im); n++; }
                        all[y * width + x] = n;
                    }
                return all;
            }
            """;
        Assert.Equal("two nested loops over 'height' and 'width' that compute on elements of both", Certain(points));
        Certain(points.Replace("while (n < 1000 && a + b <= 4)", "for (; n < 1000; )").Replace("n++; }", "n += 1; }"));
        Silent(points.Replace("2.4 * y / height", "2.4 * x / width"));
        Silent(points.Replace("(a * a + re, b * b + im)", "(a + re, b + im)"));
        Silent(points.Replace("while (n < 1000 && a + b <= 4)", "for (var k = 0; k < 8; k++)"));
    }
}
