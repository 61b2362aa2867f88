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
    private const string Point =
        """
        int M(double x, double y)
        {
            double a = 0, b = 0;
            var n = 0;
            while (n < 1000 && a * a + b * b <= 4) { (a, b) = (a * a - b * b + x, 2 * a * b + y); n++; }
            return n;
        }
        """;

    [Theory]
    [InlineData("while (n < 1000 && a * a + b * b <= 4)", "while (n < 1000 && a * a + b * b <= 4)")]
    [InlineData("while (n < 1000 && a * a + b * b <= 4)", "while (n < 1000)")]
    [InlineData("while (n < 1000 && a * a + b * b <= 4)", "while (a * a + b * b <= 4)")]
    [InlineData("while (n < 1000 && a * a + b * b <= 4) {", "while (true) { if (a * a + b * b > 4) break;")]
    [InlineData("while (n < 1000 && a * a + b * b <= 4) {", "for (; ; ) { if (n > 1000) return n;")]
    public void A_computation_that_is_repeated_for_what_was_given_counts_for_the_callers_loops(string what, string becomes) =>
        Assert.True(Shape(Point.Replace(what, becomes)).Deepest.Iterates);

    [Theory]
    [InlineData("while (n < 1000 && a * a + b * b <= 4)", "while (n < 10 && n >= 0)")]
    [InlineData("while (n < 1000 && a * a + b * b <= 4) {", "while (true) { if (n > 10) break;")]
    [InlineData("(a * a - b * b + x, 2 * a * b + y)", "(a * a - b * b + 0.3, 2 * a * b + 0.1)")]
    [InlineData("a * a + b * b <= 4) { (a, b) = (a * a - b * b + x, 2 * a * b + y)", "a + b <= 4) { (a, b) = (a + x, b + y)")]
    public void A_computation_of_few_rounds_of_nothing_given_or_without_a_product_does_not(string what, string becomes) =>
        Assert.False(Shape(Point.Replace(what, becomes)).Deepest.Iterates);

    private const string Picture =
        "void M(double[] px, int w, int h, int most) { for (var y = 0; y < h; y++) for (var x = 0; x < w; x++) { "
        + "double a = 0, b = 0; var i = 0; for (; LIMIT; i++) { var t = a * a - b * b + x; b = 2 * a * b + y; a = t; } "
        + "px[y * w + x] = i; } }";

    // Who draws it asks for the most rounds; what is computed decides how many they are.
    [Fact]
    public void A_limit_that_is_given_is_one_beside_what_is_computed()
    {
        Certain(Picture.Replace("LIMIT", "i < most && a * a + b * b < 4"));
        Certain(Picture.Replace("LIMIT", "i < 1000 && a * a + b * b < 4"));
        Silent(Picture.Replace("LIMIT", "i < 3"));
    }
}
