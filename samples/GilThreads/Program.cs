using System.Diagnostics;
using Meters;

int[] meters = [.. Enumerable.Range(1, 40)];
foreach (var (name, read) in new (string, Func<Driver, IEnumerable<int>, long>)[] { ("lock", LockedReadings.Of), ("GIL", GilReadings.Of) })
{
    var watch = Stopwatch.StartNew();
    Console.WriteLine($"{name,-5} total {read(new Driver(), meters)} in {watch.ElapsedMilliseconds} ms");
}
