using static Quintet.Tests.Effects.CpuSnippet;

namespace Quintet.Tests.Effects;

/// <summary>Loops over pixels: the picture may be a photograph or a letter.</summary>
public sealed class CpuPictureTests
{
    [Theory]
    [InlineData("m.Height", "m.Width", false)]
    [InlineData("h", "w", false)]
    [InlineData("m.Height", "m.Depth", true)]
    [InlineData("m.Height", "m.Palette.Length", true)]
    public void How_large_a_picture_is_cannot_be_seen(string rows, string columns, bool certain)
    {
        const string sum = "class Image { public int Width, Height, Depth; public int[] Palette; public int this[int x, int y] => 0; } "
            + "int M(Image m) { var s = 0; var h = m.Height; var w = m.Width; for (var y = 0; y < ROWS; y++) "
            + "for (var x = 0; x < COLUMNS; x++) s += 3 * m[x, y]; return s + h + w; }";
        var shape = Shape(sum.Replace("ROWS", rows).Replace("COLUMNS", columns));
        Assert.Equal(certain, Assert.Single(shape.Evidence).Certain);
    }

    [Fact]
    public void A_third_loop_inside_makes_a_picture_heavy() =>
        Certain("class Image { public int Width, Height; public int this[int x, int y] => 0; } "
            + "int M(Image m, int[] k) { var s = 0; for (var y = 0; y < m.Height; y++) for (var x = 0; x < m.Width; x++) "
            + "for (var i = 0; i < k.Length; i++) s += k[i] * m[x, y]; return s; }");
}
