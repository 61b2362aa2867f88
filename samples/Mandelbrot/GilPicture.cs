using Quintet.GilThreads;

namespace Mandelbrot;

/// <summary>
/// The wrong program, as it is written in Python for the second core that a machine has: threads, which share one lock. They take turns,
/// and the picture takes as long as with one of them.
/// </summary>
public static class GilPicture
{
    public static Row[] Of(int height, int threads)
    {
        using var gil = new GlobalInterpreterLock();
        var rows = new Row[height];
        void RenderFrom(int first, int end)
        {
            for (var y = first; y < end; y++) rows[y] = Picture.Render(new Line(y, height * 4 / 3, height));
        }

        GilThread[] started = [.. Enumerable.Range(0, threads).Select(n =>
            gil.StartThread(() => RenderFrom(height * n / threads, height * (n + 1) / threads)))]; // wrong: QNT3012
        foreach (var thread in started) thread.Join();
        return rows;
    }
}
