// Renders the Mandelbrot set in worker processes and writes it as picture.pgm (or the path given).
// There is no "if this is a worker" in here: workers never run this file's statements. The line below proves it by standing there once.
using System.Diagnostics;
using Mandelbrot;
using Quintet.Multiprocessing;

Console.WriteLine($"main {Environment.ProcessId}");
if (args is ["shared"])
{
    await SharedTour.RunAsync();
    return;
}

var path = args.Length > 0 ? args[0] : "picture.pgm";
var height = args.Length > 1 ? int.Parse(args[1]) : 800;
var width = height * 4 / 3;
var started = Stopwatch.GetTimestamp();

await using var pool = new ProcessPool();
var lines = Enumerable.Range(0, height).Select(y => new Line(y, width, height)).ToArray();
var rows = await pool.MapAsync(Picture.Render, lines, progress: new Percent(height));
Picture.Save(path, rows);

Console.Error.WriteLine();
var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
Console.WriteLine($"{width} x {height} in {seconds:0.00} s by {pool.WorkerProcessIds.Count} workers");
Console.WriteLine($"sum {rows.Sum(static row => row.Steps.Sum(static step => (long)step))}");
