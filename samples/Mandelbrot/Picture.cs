using Quintet.Multiprocessing;

namespace Mandelbrot;

/// <summary>The set on a grid of points.</summary>
public static class Picture
{
    private const int MostSteps = 1000;

    /// <summary>Runs in a worker: nothing but its argument goes in, nothing but its result comes out.</summary>
    [ProcessFunction]
    public static Row Render(Line line)
    {
        var steps = new ushort[line.Width];
        for (var x = 0; x < line.Width; x++)
        {
            var (re, im) = (-2.2 + 3.2 * x / line.Width, -1.2 + 2.4 * line.Y / line.Height);
            var (a, b) = (0.0, 0.0);
            var step = 0;
            for (; step < MostSteps && a * a + b * b <= 4; step++) (a, b) = (a * a - b * b + re, 2 * a * b + im);
            steps[x] = (ushort)step;
        }
        return new Row(line.Y, steps);
    }

    public static void Save(string path, IReadOnlyList<Row> rows)
    {
        using var file = File.Create(path);
        file.Write(System.Text.Encoding.ASCII.GetBytes($"P5 {rows[0].Steps.Length} {rows.Count} 255\n"));
        foreach (var row in rows) file.Write(Array.ConvertAll(row.Steps, static step => (byte)(step == MostSteps ? 0 : 255 - step % 255)));
    }
}
