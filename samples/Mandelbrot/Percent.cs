namespace Mandelbrot;

/// <summary>Writes the progress on one line.</summary>
internal sealed class Percent(int all) : IProgress<int>
{
    public void Report(int value) => Console.Error.Write($"\r{100 * value / all,3} %");
}
