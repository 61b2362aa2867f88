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

var isWrong = args is ["gil", ..];
var arguments = isWrong ? args[1..] : args;
var path = arguments.Length > 0 ? arguments[0] : "picture.pgm";
var height = arguments.Length > 1 ? int.Parse(arguments[1]) : 800;
var started = Stopwatch.GetTimestamp();
Row[] rows;
string by;
if (isWrong)
{
    var threads = Environment.ProcessorCount;
    (rows, by) = (GilPicture.Of(height, threads), $"{threads} threads under one lock");
}
else
{
    await using var pool = new ProcessPool();
    (rows, by) = (await PooledPicture.Of(height, pool, new Percent(height)), $"{pool.WorkerProcessIds.Count} workers");
    Console.Error.WriteLine();
}

Picture.Save(path, rows);
var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
Console.WriteLine($"{rows[0].Steps.Length} x {height} in {seconds:0.00} s by {by}");
Console.WriteLine($"sum {rows.Sum(static row => row.Steps.Sum(static step => (long)step))}");
