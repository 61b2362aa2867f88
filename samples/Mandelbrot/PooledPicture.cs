using Quintet.Multiprocessing;

namespace Mandelbrot;

/// <summary>The moved program: worker processes, which share nothing and have a core each. A line goes there, a row comes back.</summary>
public static class PooledPicture
{
    public static Task<Row[]> Of(int height, ProcessPool pool, IProgress<int>? progress = null)
    {
        var lines = Enumerable.Range(0, height).Select(y => new Line(y, height * 4 / 3, height));
        return pool.MapAsync(Picture.Render, lines.ToArray(), progress: progress);
    }
}
