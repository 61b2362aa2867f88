using Mandelbrot;
using Quintet.Multiprocessing;
using Quintet.Tests.Runtime.Goroutines;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>samples/Mandelbrot: the wrong program is found, the moved one is not, and both render the same.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task Both_programs_render_the_same()
    {
        const int height = 24;
        Row[] expected = [.. Enumerable.Range(0, height).Select(y => Picture.Render(new Line(y, height * 4 / 3, height)))];
        Assert.Contains(expected, row => row.Steps.Contains((ushort)1000) && row.Steps.Contains((ushort)1));
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 2 });
        AssertSame(expected, GilPicture.Of(height, threads: 3));
        AssertSame(expected, await PooledPicture.Of(height, pool));
    }

    [Theory]
    [InlineData(nameof(GilPicture), 1)]
    [InlineData(nameof(PooledPicture), 0)]
    [InlineData(nameof(Picture), 0)]
    public void The_analyzers_find_what_is_marked_and_nothing_else(string program, int marks)
    {
        string[] all = [nameof(GilPicture), nameof(PooledPicture), nameof(Picture), nameof(Line), nameof(Row)];
        Assert.Equal(marks, Findings.MarkedIn(program).Length);
        Assert.Equal(Findings.MarkedIn(program), Findings.Of(program, [.. all.Where(other => other != program)]));
    }

    private static void AssertSame(Row[] expected, Row[] rows)
    {
        Assert.Equal(expected.Select(row => row.Y), rows.Select(row => row.Y));
        Assert.Equal(expected.SelectMany(row => row.Steps), rows.SelectMany(row => row.Steps));
    }
}
